"""Who took from whom is told at least as well as when the floors were set."""

from __future__ import annotations

import json

import pytest
from evaluations.trace.cases import Case, read_cases
from evaluations.trace.figures import FLOORS
from evaluations.trace.score import halves, score

from khabar.encode.types import Encoder


def test_the_constructed_stories_keep_their_floors(passes: Encoder) -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))
    for name, told in halves(passes).items():
        found = score(told)
        figures = {**found.f1, "direction": found.direction, "origins": found.origins}
        assert [kind for kind, value in figures.items() if value < floors[name][kind]] == []


def test_there_are_thirty_stories_and_half_are_set_aside() -> None:
    held = [case.held for case in read_cases()]
    assert len(held) >= 30
    assert min(held.count(True), held.count(False)) >= 15


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_the_truth_is_of_the_reports_that_there_are(case: Case) -> None:
    assert sorted("".join("".join(group) for group in case.origins)) == sorted(case.pages)
    assert {letter for tie in case.ties for letter in (tie.taker, tie.origin)} <= set(case.pages)
