"""Takes out of sentence vectors what tells their language, so that reports in two languages can meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from khabar.encode.types import Encoder, Vectors

# Of the directions in which languages' means differ, this many are taken out. With 20 of 38 retrieval across
# languages is best, also for languages left out of the means (evaluations/encode/retrieval.py).
DIRECTIONS = 20


@dataclass(frozen=True, slots=True)
class Background:
    """What sentences of a language have in common, from text that was translated into all of them.

    Shapes: `means` float32[n_languages, dim]; `overall` float32[dim]; `directions` float32[k, dim], at right
    angles to each other.
    """

    languages: tuple[str, ...]
    means: Vectors
    overall: Vectors
    directions: Vectors

    def mean(self, language: str) -> Vectors:
        """The mean vector of a language; of all languages where it has none. Shapes: float32[dim]."""
        code = language.partition("-")[0]
        return self.means[self.languages.index(code)] if code in self.languages else self.overall

    def centre(self, vectors: Vectors, languages: Sequence[str]) -> Vectors:
        """The vectors without their language's mean and without what tells languages apart.

        Each vector is treated by itself. Shapes: float32[n, dim] in and out; unit length, zero stays zero.
        """
        means = {language: self.mean(language) for language in set(languages)}
        moved = vectors - np.array([means[language] for language in languages]).reshape(vectors.shape)
        moved -= (moved @ self.directions.T) @ self.directions
        moved[~vectors.any(axis=1)] = 0
        return to_unit(moved)


def load_background(encoder: Encoder) -> Background:
    """The background that ships for the encoder's family; one that changes nothing where there is none."""
    return _shipped_background(encoder.family, encoder.dim)


@cache
def _shipped_background(family: str, dim: int) -> Background:
    file = resources.files("khabar.encode").joinpath(f"data/means-{family or 'none'}.npz")
    if not file.is_file():
        return no_background(dim)
    with file.open("rb") as opened, np.load(opened) as stored:
        return background_from_means(tuple(stored["languages"].tolist()), stored["means"].astype(np.float32))


def background_from_means(languages: Sequence[str], means: Vectors) -> Background:
    """A background from one mean vector a language. Shapes: float32[n_languages, dim]."""
    overall = means.mean(axis=0)
    _, _, directions = np.linalg.svd(means - overall, full_matrices=False)
    kept = directions[: min(DIRECTIONS, len(languages) - 1)]
    return Background(tuple(languages), means, overall, kept.astype(np.float32))


def no_background(dim: int) -> Background:
    """A background without languages: centring only sets the length."""
    nothing = np.zeros((0, dim), np.float32)
    return Background((), nothing, np.zeros(dim, np.float32), nothing)


def to_unit(vectors: Vectors) -> Vectors:
    """The vectors at length 1; zero stays zero. Shapes: float32[n, dim]."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit
