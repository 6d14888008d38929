"""Near-duplicates meet in a band, other texts do not; what links lead to is one family."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.batch.bands import BAND_BYTES, BANDS, bands_of, connected, families_of

WORDS = [f"word{number}" for number in range(400)]


def text_of(seed: int, length: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def test_a_copy_with_a_line_less_is_of_the_family_and_another_text_is_not() -> None:
    original = text_of(1)
    texts = [" ".join(original), " ".join(text_of(2)), " ".join(original[:105]), " ".join(text_of(3))]
    bands = np.frombuffer(b"".join(map(bands_of, texts)), np.uint64).reshape(-1, BANDS)
    assert families_of(bands).tolist() == [0, 1, 0, 3]


def test_texts_without_words_are_alone() -> None:
    assert bands_of("…") == bytes(BAND_BYTES)
    assert families_of(np.zeros((3, BANDS), np.uint64)).tolist() == [0, 1, 2]


@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_connected_rows_have_the_least_row_in_common(count: int, drawn: list[tuple[int, int]]) -> None:
    links = [(a % count, b % count) for a, b in drawn]
    known = {row: {row} for row in range(count)}
    for a, b in links:
        together = known[a] | known[b]
        known |= dict.fromkeys(together, together)
    labels = connected(count, np.array(links, np.int64).reshape(-1, 2))
    assert labels.tolist() == [min(known[row]) for row in range(count)]
