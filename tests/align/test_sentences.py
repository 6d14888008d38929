"""Sentences find their translations, and hubs do not draw every sentence to themselves."""

from __future__ import annotations

import numpy as np

from khabar.align.sentences import Side, match_sentences
from khabar.encode.types import Vectors


def unit(rows: list[list[float]]) -> Vectors:
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_each_sentence_finds_its_own_although_one_is_near_to_all() -> None:
    own = unit([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    hub = unit([[1, 1, 1]])
    other = np.concatenate([unit([[1, 0.9, 0.9], [0, 1, 0], [0, 0, 1]]), hub])
    found = match_sentences(
        Side(own, [own[[n]] for n in range(3)]), Side(other, [other[[n]] for n in range(4)])
    )
    assert found.shape == (3, 4)
    assert found.argmax(axis=1).tolist() == [0, 1, 2]


def test_words_decide_between_sentences_that_are_equally_near() -> None:
    a = Side(unit([[1, 0]]), [unit([[1, 0], [0, 1]])])
    b = Side(unit([[1, 0], [1, 0]]), [unit([[1, 0]]), unit([[1, 0], [0, 1]])])
    assert match_sentences(a, b).argmax() == 1


def test_no_sentences_match_nothing() -> None:
    none = Side(np.zeros((0, 2), np.float32), [])
    assert match_sentences(none, Side(unit([[1, 0]]), [unit([[1, 0]])])).shape == (0, 1)


def test_a_sentence_without_words_is_matched_by_its_meaning() -> None:
    empty = np.zeros((0, 2), np.float32)
    a = Side(unit([[1, 0]]), [empty])
    b = Side(unit([[0, 1], [1, 0]]), [empty, empty])
    assert match_sentences(a, b).argmax() == 1
