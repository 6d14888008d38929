"""Differences in constructed pairs are found as often as when last looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluations.compare.pairs import alarm_rate, examine, read_pairs, score

from khabar.encode.types import Encoder

FLOORS = Path(__file__).resolve().parents[2] / "evaluations/compare/floors.json"


@pytest.mark.parametrize("part", json.loads(FLOORS.read_text("utf-8")))
def test_differences_are_found_and_seldom_invented(encoder: Encoder, part: str) -> None:
    limits = json.loads(FLOORS.read_text("utf-8"))[part]
    findings = list(examine(read_pairs(part), encoder))
    every = score(findings)["all"]
    assert every.recall >= limits["recall"]
    assert every.precision >= limits["precision"]
    assert alarm_rate(findings) <= limits["alarms"]
