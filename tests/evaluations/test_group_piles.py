"""The grouping piles say the truth about themselves."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

GROUP = Path(__file__).resolve().parents[2] / "evaluations" / "group"
PILES = ("pile_a", "pile_b")


@pytest.fixture(params=PILES)
def pile(request: pytest.FixtureRequest) -> Path:
    return GROUP / str(request.param)


def truth_of(pile: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((pile / "truth.json").read_text(encoding="utf-8"))
    return loaded


def test_every_report_has_a_known_event_and_every_event_a_report(pile: Path) -> None:
    truth = truth_of(pile)
    assert {path.name for path in pile.iterdir()} - {"truth.json"} == set(truth["files"])
    assert {row["event"] for row in truth["files"].values()} == set(truth["events"])


def test_every_report_is_marked_as_constructed_in_its_last_lines(pile: Path) -> None:
    unmarked = [name for name in truth_of(pile)["files"] if "— khabar]" not in _end(pile / name)]
    assert unmarked == []


def test_eight_pairs_of_told_events_and_each_pair_says_what_sets_it_apart(pile: Path) -> None:
    truth = truth_of(pile)
    reports = Counter(row["event"] for row in truth["files"].values())
    told = [pair for pair in truth["lookalikes"] if all(reports[event] >= 2 for event in pair["events"])]
    assert len(told) == 8
    assert all(pair["apart"] for pair in truth["lookalikes"])


def test_only_the_named_copies_are_alike_to_the_letter(pile: Path) -> None:
    truth = truth_of(pile)
    texts: dict[bytes, set[str]] = {}
    for name in truth["files"]:
        texts.setdefault((pile / name).read_bytes(), set()).add(name)
    same = [names for names in texts.values() if len(names) > 1]
    assert same == [set(names) for names in truth.get("copies", [])]


def _end(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip()[-90:]
