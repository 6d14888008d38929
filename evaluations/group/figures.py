"""How well reports of one event are brought together, for `khabar eval`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from evaluations.floors import GROUP_FLOORS, digest_of, group_gates, read_floors
from evaluations.group import arrival, mixed, passages
from evaluations.group.measure import HERE, read_pile
from evaluations.registry import ALL, Figure
from khabar.encode.types import Encoder
from khabar.pipeline import open_encoder
from khabar.settings import Settings

METRICS = {"bcubed_f1": "BCubed F1 of stories", "lookalike_auc": "look-alikes told apart (AUC)"}


def measure(_: Path | None) -> list[Figure]:
    """The stories of the constructed piles against their events."""
    encoder = open_encoder(Settings())
    rows = read_floors(GROUP_FLOORS)
    found = []
    for gate in group_gates():
        values, row = gate.measure(encoder), rows[gate.name]
        floors = row["floors"] if row["sha256"] == digest_of(gate.files) else {}
        data = f"{gate.name}, constructed"
        found += [
            Figure("group", ALL, METRICS[name], data, values[name], floors.get(name)) for name in gate.kept
        ]
    return [*found, *_arrival(encoder), *_passages(encoder)]


# Measured: 1.000 between the two orders of ten that agree least. Passages placed: 4 of 7 on pile_p, 3 of 4 on
# pile_c, none wrongly and 1 wrongly.
ARRIVAL_FLOOR = 0.98
PASSAGES_FLOORS = {"pile_c": (0.75, 0.75), "pile_p": (1.0, 0.57)}


def _arrival(encoder: Encoder) -> list[Figure]:
    """How far two orders of arrival agree, in which stories grew by one report at a time."""
    found = arrival.measure(read_pile(HERE / "pile_b", encoder))
    metric, data = "orders of arrival agree (least BCubed F1 of ten)", "pile_b, constructed"
    return [Figure("group", ALL, metric, data, found["between_least"], ARRIVAL_FLOOR)]


def _passages(encoder: Encoder) -> list[Figure]:
    """Passages of reports on several matters: placed rightly of all placed, and of all that tell a story."""
    rows = []
    for name, (precision, recall) in PASSAGES_FLOORS.items():
        found = passages.measure(read_pile(HERE / name, encoder), passages.read_told(name))
        data = f"{name}, constructed"
        rows.append(Figure("group", ALL, "passages placed: precision", data, found.precision, precision))
        rows.append(Figure("group", ALL, "passages placed: recall", data, found.recall, recall))
    return rows


MIXED_FLOOR = 0.9  # measured .920; the target of .95 is not reached (docs/decisions/grouping.md)


def measure_mixed(shared: Path | None) -> list[Figure]:
    """Half documents in two languages among look-alike reports, beside what others would do."""
    if shared is None:
        return []
    beside = find_spec("sklearn") is not None  # the peers need it, khabar does not
    values = mixed.measure(shared, open_encoder(Settings()), with_peers=beside)
    data, metric, found = "ntrex halves and ecbplus", METRICS["bcubed_f1"], values["bcubed_f1"]
    if not beside:
        return [Figure("stories", ALL, metric, data, found, MIXED_FLOOR)]
    return [
        Figure("stories", ALL, metric, data, found, MIXED_FLOOR, peer, values[peer]) for peer in mixed.PEERS
    ]
