"""How often translations of one text are called different, for `khabar eval`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from evaluations.compare.controls import count_alarms
from evaluations.compare.pairs import alarm_rate, examine, read_pairs, score
from evaluations.registry import ALL, Figure
from khabar.encode.types import Encoder
from khabar.pipeline import open_encoder
from khabar.settings import Settings

HERE = Path(__file__).resolve().parent
CEILING = HERE / "ceilings.json"
FLOORS = HERE / "floors.json"


def measure(shared: Path | None) -> list[Figure]:
    """False differences of meaning, a pair of tellings. The ceiling stands where others have a floor."""
    assert shared is not None
    limits = json.loads(CEILING.read_text("utf-8"))
    alarms = count_alarms(shared / "data/ntrex", open_encoder(Settings()), limits["documents"])
    data = f"{alarms.pairs} pairs of translations, NTREX-128"
    return [
        Figure(
            "controls",
            ALL,
            "false differences a pair",
            data,
            alarms.rate,
            limits["ceiling"],
            higher_is_better=False,
        )
    ]


def measure_pairs(_: Path | None) -> list[Figure]:
    """Recall, precision and false alarms on the constructed pairs by part; recall by kind on the second."""
    encoder = open_encoder(Settings())
    limits = json.loads(FLOORS.read_text("utf-8"))
    return [figure for part, own in limits.items() for figure in _part(part, own, encoder)]


def _part(part: str, limits: Mapping[str, float], encoder: Encoder) -> list[Figure]:
    findings = list(examine(read_pairs(part), encoder))
    scores = score(findings)
    data = f"{len(findings)} {part} pairs"
    kinds = [
        Figure("differences", ALL, f"recall, {kind}", f"{one.expected} {part} pairs", one.recall)
        for kind, one in scores.items()
        if kind != "all" and part == "second"
    ]
    every, alarms = scores["all"], alarm_rate(findings)
    return [
        *kinds,
        Figure("differences", ALL, f"recall, {part}", data, every.recall, limits["recall"]),
        Figure("differences", ALL, f"precision, {part}", data, every.precision, limits["precision"]),
        Figure(
            "differences",
            ALL,
            f"false alarms, {part}",
            data,
            alarms,
            limits["alarms"],
            higher_is_better=False,
        ),
    ]
