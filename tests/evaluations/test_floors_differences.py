"""Differences in constructed pairs that nothing was tuned on are found as often as when last looked at."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.compare.pairs import alarm_rate, examine, read_pairs, score

from khabar.encode.types import Encoder

FLOORS = Path(__file__).resolve().parents[2] / "evaluations/compare/floors.json"


def test_held_out_differences_are_found_and_seldom_invented(encoder: Encoder) -> None:
    limits = json.loads(FLOORS.read_text("utf-8"))
    findings = list(examine(read_pairs("held"), encoder))
    every = score(findings)["all"]
    assert every.recall >= limits["recall"]
    assert every.precision >= limits["precision"]
    assert alarm_rate(findings) <= limits["alarms"]
