"""The nearest reports are the same whether every pair is looked at or a graph is walked."""

from __future__ import annotations

import numpy as np
import pytest

from khabar.batch.neighbours import near_pairs
from khabar.encode.types import Vectors

ALIKE = 0.25
OF_ONE_EVENT = 0.6


def drawn(events: int, size: int) -> Vectors:
    """Vectors, so many to an event."""
    chance = np.random.default_rng(3)
    centres = np.repeat(chance.standard_normal((events, 64), np.float32), size, axis=0)
    vectors = centres + 0.4 * chance.standard_normal(centres.shape, np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_reports_of_one_event_are_pairs_and_only_those_that_ask() -> None:
    vectors = drawn(20, 3)
    pairs = near_pairs(vectors, np.array([0, 31]), most=2, least=ALIKE)
    assert pairs.tolist() == [[0, 1], [0, 2], [30, 31], [31, 32]]


def test_a_graph_finds_what_looking_at_all_finds() -> None:
    pytest.importorskip("usearch", reason="usearch is missing: pip install 'khabar[batch]'")
    vectors, asking = drawn(400, 5), np.arange(0, 2000, 7)
    exact = near_pairs(vectors, asking, 10, OF_ONE_EVENT)
    by_graph = near_pairs(vectors, asking, 10, OF_ONE_EVENT, exact_most=0)
    assert len(exact) > len(asking)
    assert by_graph.tolist() == exact.tolist()


def test_one_report_has_no_neighbour() -> None:
    assert len(near_pairs(drawn(1, 1), np.array([0]), 60, ALIKE)) == 0
