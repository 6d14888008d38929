"""The mean word vector of each language in background news: what a word has from its language alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

import numpy as np

from khabar.encode.types import Vectors


def word_mean(language: str) -> Vectors:
    """The mean top-layer vector of the shipped encoder's words. Shapes: float32[dim].

    A language without background text gets the mean of all that have one.
    Source: NTREX-128, CC BY-SA 4.0; made by evaluations/encode/make_word_means.py.
    """
    means = _load()
    return means[language] if language in means else _mean_of_all()


@cache
def _load() -> Mapping[str, Vectors]:
    with as_file(files("khabar.encode").joinpath("data/word_means.npz")) as path, np.load(path) as stored:
        return {language: stored[language].astype(np.float32) for language in stored.files}


@cache
def _mean_of_all() -> Vectors:
    mean: Vectors = np.mean(list(_load().values()), axis=0)
    return mean
