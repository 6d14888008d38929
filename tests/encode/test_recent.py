"""Remembered passes are the encoder's own, and forgotten when room runs out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from khabar.encode.recent import RecentPasses
from khabar.encode.types import Encoded, Encoder, Vectors

TEXTS = ["The ferry came in late.", "وصلت العبارة متأخرة.", "کشتی دیر رسید."]


class Counting:
    """The real encoder, with a count of what it was asked to encode."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.asked = encoder, list[str]()
        self.name, self.dim, self.family = encoder.name, encoder.dim, encoder.family

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        self.asked += texts
        return self.encoder.encode(texts, done)

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        self.asked += texts
        return self.encoder.sentences(texts, done)


@pytest.fixture
def counting(encoder: Encoder) -> Counting:
    return Counting(encoder)


def test_a_text_is_encoded_once_and_comes_back_as_the_encoder_made_it(
    counting: Counting, encoder: Encoder
) -> None:
    recent = RecentPasses(counting)  # type: ignore[arg-type]
    recent.encode(TEXTS[:2])
    again = recent.encode([*TEXTS, TEXTS[0]])
    assert counting.asked == TEXTS
    for one, fresh in zip(again, encoder.encode([*TEXTS, TEXTS[0]]), strict=True):
        assert np.array_equal(one.sentence, fresh.sentence)
        assert np.array_equal(one.words.top, fresh.words.top)
        assert one.words.spans == fresh.words.spans
    assert np.array_equal(recent.sentences(TEXTS), encoder.sentences(TEXTS))
    assert counting.asked == TEXTS


def test_what_is_not_remembered_is_asked_for_even_where_there_is_no_room(counting: Counting) -> None:
    recent = RecentPasses(counting, room=1)  # type: ignore[arg-type]
    first, second = recent.encode(TEXTS[:1]), recent.encode(TEXTS[:1])
    assert counting.asked == [TEXTS[0]] * 2
    assert np.array_equal(first[0].sentence, second[0].sentence)
    assert recent.sentences([]).shape == (0, counting.dim)


def test_the_oldest_make_room(counting: Counting) -> None:
    one = counting.encoder.encode(TEXTS[:1])[0]
    recent = RecentPasses(counting, room=3 * (one.words.top.nbytes + one.words.middle.nbytes))  # type: ignore[arg-type]
    for text in TEXTS * 2:
        recent.encode([text])
    recent.encode(TEXTS[-1:])
    assert counting.asked.count(TEXTS[-1]) < 1 + TEXTS.count(TEXTS[-1]) * 2


def test_progress_counts_every_text(counting: Counting) -> None:
    recent, heard = RecentPasses(counting), list[int]()  # type: ignore[arg-type]
    recent.encode(TEXTS[:1])
    recent.encode(TEXTS, heard.append)
    assert sum(heard) == len(TEXTS)
