"""The mean word vector of each language in background news: what a word has from its language alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from khabar.encode.types import Encoder, Vectors


def load_word_means(encoder: Encoder) -> Callable[[str], Vectors]:
    """The mean top-layer word vector of a language, for this encoder. Shapes: float32[dim].

    A language without background text gets the mean of all that have one; an encoder without background
    gets zeros, so that only the story's own topic is taken out.
    Source: NTREX-128, CC BY-SA 4.0; made by evaluations/encode/make_word_means.py.
    """
    means = _load(encoder.family)
    if not means:
        nothing = np.zeros(encoder.dim, np.float32)
        return lambda language: nothing
    overall: Vectors = np.mean(list(means.values()), axis=0)
    return lambda language: means.get(language, overall)


@cache
def _load(family: str) -> Mapping[str, Vectors]:
    file = files("khabar.encode").joinpath(f"data/word-means-{family or 'none'}.npz")
    if not file.is_file():
        return {}
    with file.open("rb") as opened, np.load(opened) as stored:
        return {language: stored[language].astype(np.float32) for language in stored.files}
