"""The nearest reports are the same in however many blocks they are shown, and stand near in days."""

from __future__ import annotations

import numpy as np
import pytest

from khabar.batch.neighbours import Codes, Days, Nearest
from khabar.encode.types import Vectors

ALIKE = 0.25
WITHIN = 45
DAY = 738_000


def drawn(events: int, size: int) -> Vectors:
    """Vectors, so many to an event."""
    chance = np.random.default_rng(3)
    centres = np.repeat(chance.standard_normal((events, 64), np.float32), size, axis=0)
    vectors = centres + 0.4 * chance.standard_normal(centres.shape, np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def pairs_of(vectors: Vectors, asking: list[int], most: int, days: Days, blocks: int = 1) -> list[list[int]]:
    codes: Codes = np.arange(len(vectors), dtype=np.uint64)
    near = Nearest(vectors[asking], codes[asking], days[asking], most, WITHIN)
    for rows in np.array_split(np.arange(len(vectors)), blocks):
        near.look(vectors[rows], codes[rows], days[rows])
    return near.pairs(ALIKE).tolist()


def one_day(count: int) -> Days:
    return np.full(count, DAY)


def test_reports_of_one_event_are_pairs_and_only_those_that_ask() -> None:
    vectors = drawn(20, 3)
    assert pairs_of(vectors, [0, 31], 2, one_day(60)) == [[0, 1], [0, 2], [30, 31], [31, 32]]


@pytest.mark.parametrize("blocks", [2, 7, 600])
def test_blocks_of_any_size_give_the_same(blocks: int) -> None:
    vectors, asking = drawn(200, 3), list(range(0, 600, 7))
    whole = pairs_of(vectors, asking, 10, one_day(600))
    assert len(whole) > len(asking)
    assert pairs_of(vectors, asking, 10, one_day(600), blocks) == whole


def test_who_is_far_in_days_is_no_neighbour_and_who_has_no_day_is_near_to_all() -> None:
    days = np.array([DAY, DAY + WITHIN, DAY + WITHIN + 1, 0])
    assert pairs_of(drawn(1, 4), [0, 1, 2, 3], 3, days) == [[0, 1], [0, 3], [1, 2], [1, 3], [2, 3]]


def test_one_report_has_no_neighbour() -> None:
    assert pairs_of(drawn(1, 1), [0], 60, one_day(1)) == []
