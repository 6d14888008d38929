"""Searching the constructed piles does not come out worse than it did."""

from __future__ import annotations

from evaluations.floors import digest_of, find_fallen, read_floors
from evaluations.search.figures import FLOORS, METRICS, queries_gate
from evaluations.search.measure import fuse_ranks, measure_queries, read_queries

from khabar.encode.types import Encoder


def test_search_holds_its_floors_and_beats_either_half(passes: Encoder) -> None:
    gate, row = queries_gate(), read_floors(FLOORS)["queries"]
    table = measure_queries(passes)
    assert find_fallen(row, table["both"], digest_of(gate.files)) == []
    for metric in METRICS:
        assert table["both"][metric] > max(table["words"][metric], table["meaning"][metric])


def test_there_are_a_hundred_queries_in_three_languages() -> None:
    queries = read_queries()
    assert len({one.query for one in queries}) == 100
    assert {one.language for one in queries} == {"ar", "en", "fa"}
    assert all(one.events for one in queries)


def test_ranks_are_fused_by_what_both_lists_hold_first() -> None:
    assert fuse_ranks([1, 2, 3], [2, 4])[0] == 2
