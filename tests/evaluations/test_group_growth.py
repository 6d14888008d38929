"""Stories hardly hang on the order of arrival, and passages are placed as well as they were."""

from __future__ import annotations

import pytest
from evaluations.group import arrival, passages
from evaluations.group.figures import ARRIVAL_FLOOR, PASSAGES_FLOORS
from evaluations.group.measure import HERE, read_pile

from khabar.encode.types import Encoder


def test_two_orders_of_arrival_give_nearly_the_same_stories(passes: Encoder) -> None:
    found = arrival.measure(read_pile(HERE / "pile_b", passes), orders=3)
    assert min(found["between_least"], found["at_once_least"]) >= ARRIVAL_FLOOR


@pytest.mark.parametrize("name", PASSAGES_FLOORS)
def test_passages_are_placed_with_the_stories_that_they_tell_of(name: str, passes: Encoder) -> None:
    found = passages.measure(read_pile(HERE / name, passes), passages.read_told(name))
    precision, recall = PASSAGES_FLOORS[name]
    assert found.right
    assert found.precision >= precision
    assert found.recall >= recall
