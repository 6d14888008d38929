"""BCubed against figures worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from evaluations.group.bcubed import bcubed


def clusters(*groups: str) -> Mapping[str, int]:
    return {item: number for number, group in enumerate(groups) for item in group}


@pytest.mark.parametrize(
    ("found", "truth", "figures"),
    [
        (clusters("ab", "c"), clusters("c", "ab"), (1, 1, 1)),
        # all in one: a and b have 2 of 3 right, c has 1 of 3
        (clusters("abc"), clusters("ab", "c"), (5 / 9, 1, 5 / 7)),
        # all alone: a and b find half of their cluster, c the whole of its own
        (clusters("a", "b", "c"), clusters("ab", "c"), (1, 2 / 3, 4 / 5)),
        # precision (1 + 1 + 1/2 + 1/2 + 1) / 5; recall (2/3 + 2/3 + 1/3 + 1/2 + 1/2) / 5
        (clusters("ab", "cd", "e"), clusters("abc", "de"), (4 / 5, 8 / 15, 16 / 25)),
        (clusters("a"), clusters("a"), (1, 1, 1)),
        ({}, {}, (1, 1, 1)),
    ],
)
def test_figures_are_those_worked_out_by_hand(
    found: Mapping[str, int],
    truth: Mapping[str, int],
    figures: tuple[float, float, float],
) -> None:
    got = bcubed(found, truth)
    assert (got.precision, got.recall, got.f1) == pytest.approx(figures)


def test_swapping_the_two_swaps_precision_and_recall() -> None:
    one, other = clusters("ab", "cd", "e"), clusters("abc", "de")
    there, back = bcubed(one, other), bcubed(other, one)
    assert (there.precision, there.recall, there.f1) == pytest.approx((back.recall, back.precision, back.f1))


def test_a_lost_item_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="different items: c"):
        bcubed(clusters("ab"), clusters("abc"))
