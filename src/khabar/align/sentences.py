"""Which sentence of one text says what a sentence of another says, whatever their languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from khabar.encode.types import Vectors

# How many neighbours tell how near a sentence lies to everything, and how many are looked at word by word.
_NEIGHBOURS = 10
_LOOKED_AT = 8
# The share of the words' nearness in the score (docs/decisions/alignment.md has the figures).
_WORDS_COUNT = 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one side. Shapes: `sentences` float32[n, dim], centred, unit length; `words` n times
    float32[n_words, dim], less the mean of their language, unit length.
    """

    sentences: Vectors
    words: Sequence[Vectors]


def match_sentences(a: Side, b: Side) -> Vectors:
    """How near each sentence of `a` is to each of `b`; only the order of the values in a row is told.

    Shapes: float32[n_a, n_b]. A sentence that is near to everything is nearer to nothing in particular, so
    what it has with all its neighbours is taken off (Conneau et al. 2018, CSLS); the nearest few are then
    held against each other word by word.
    """
    if not len(a.sentences) or not len(b.sentences):
        return np.zeros((len(a.sentences), len(b.sentences)), np.float32)
    cosines = a.sentences @ b.sentences.T
    scores: Vectors = 2 * cosines - _commonness(cosines)[:, None] - _commonness(cosines.T)[None, :]
    looked_at = np.argsort(-scores, axis=1)[:, :_LOOKED_AT]
    matched = scores - 2 * _WORDS_COUNT
    for row, columns in enumerate(looked_at):
        for column in columns:
            nearness = _nearness_of_words(a.words[row], b.words[column])
            matched[row, column] = scores[row, column] + 2 * _WORDS_COUNT * nearness
    return matched


def _commonness(cosines: Vectors) -> Vectors:
    """The mean nearness of each row to its nearest columns. Shapes: float32[n]."""
    count = min(_NEIGHBOURS, cosines.shape[1])
    nearest: Vectors = np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1)
    return nearest


def _nearness_of_words(a: Vectors, b: Vectors) -> float:
    """The mean nearness of each word to its nearest on the other side, both ways. -1 without words."""
    if not len(a) or not len(b):
        return -1.0
    cosines = a @ b.T
    return float(cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2
