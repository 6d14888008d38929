"""A sentence's words and marks, each by its place, as the tagger sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from khabar.encode.types import Vectors, Words
from khabar.model.span import Span

# Combining marks, zero-width joiners, tatweel and modifier letters belong to a word: `\w` alone
# breaks at a shadda. Digits are kept apart from letters ("photo_2020" glued to a word).
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u200c\u200d\u0640"
)
_CONTROLS = "\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*|\d+|[^\w\s{_CONTROLS}{_MARKS}]|_")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a single mark."""

    span: Span
    text: str

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()


def find_tokens(text: str) -> list[Token]:
    """Words, numbers and marks in order; spaces and bidi controls stand between them."""
    return [Token(Span(m.start(), m.end()), m.group()) for m in _TOKEN.finditer(text)]


def token_vectors(tokens: list[Token], words: Words) -> tuple[Vectors, Vectors]:
    """Middle and top vectors per token: the mean of the encoder's words that share letters with it.

    The encoder may cut words otherwise than the tagger; a token that it gave no vector gets zeros.
    Shapes: two float32[n_tokens, dim]
    """
    dim = words.middle.shape[1] if words.middle.ndim == 2 else 0
    middle = np.zeros((len(tokens), dim), np.float32)
    top = np.zeros((len(tokens), dim), np.float32)
    for row, (first, last) in enumerate(_overlaps(tokens, words)):
        if first < last:
            middle[row] = words.middle[first:last].mean(0)
            top[row] = words.top[first:last].mean(0)
    return middle, top


def _overlaps(tokens: list[Token], words: Words) -> list[tuple[int, int]]:
    """For each token the range of the encoder's words that touch it; both lists run in text order."""
    ranges: list[tuple[int, int]] = []
    first = 0
    for token in tokens:
        while first < len(words.spans) and words.spans[first].end <= token.span.start:
            first += 1
        last = first
        while last < len(words.spans) and words.spans[last].start < token.span.end:
            last += 1
        ranges.append((first, last))
    return ranges
