"""How often translations of one text are called different, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.compare.controls import count_alarms
from evaluations.compare.pairs import alarm_rate, examine, read_pairs, score
from evaluations.registry import ALL, Figure
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
    """Recall and precision on the constructed pairs that were held out, and their false alarms."""
    limits = json.loads(FLOORS.read_text("utf-8"))
    findings = list(examine(read_pairs("held"), open_encoder(Settings())))
    scores = score(findings)
    figures = [
        Figure("differences", ALL, f"recall, {kind}", f"{one.expected} held-out pairs", one.recall)
        for kind, one in scores.items()
        if kind != "all"
    ]
    every, data = scores["all"], f"{len(findings)} held-out pairs"
    alarms = alarm_rate(findings)
    return [
        *figures,
        Figure("differences", ALL, "recall", data, every.recall, limits["recall"]),
        Figure("differences", ALL, "precision", data, every.precision, limits["precision"]),
        Figure("differences", ALL, "false alarms", data, alarms, limits["alarms"], higher_is_better=False),
    ]
