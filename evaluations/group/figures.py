"""How well reports of one event are brought together, for `khabar eval`."""

from __future__ import annotations

from pathlib import Path

from evaluations.floors import GROUP_FLOORS, digest_of, group_gates, read_floors
from evaluations.registry import ALL, Figure
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
    return found
