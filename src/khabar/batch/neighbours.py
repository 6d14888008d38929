"""The nearest reports of some among many: exact where there are few, by a graph of neighbours beyond."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors

EXACT_MOST = 60_000  # beyond, the graph is quicker than the square (docs/decisions/batch.md)
_BLOCK = 512
_LINKS, _EFFORT, _SEARCH_EFFORT = 16, 64, 96

Pairs = NDArray[np.int64]


def near_pairs(
    vectors: Vectors, asking: NDArray[np.int64], most: int, least: float, exact_most: int = EXACT_MOST
) -> Pairs:
    """Pairs of rows of which one asks and the other is among its `most` nearest, at least so near.

    Without usearch all is exact, which takes longer where there are many.

    Shapes: `vectors` float32[n, dim], unit length; out int64[m, 2], each pair once, the lower row first.
    """
    nearest = _by_graph if len(vectors) > exact_most and find_spec("usearch") else _exact
    found = [np.zeros((0, 2), np.int64)]
    for rows, others, cosines in nearest(vectors, asking, min(most + 1, len(vectors))):
        own = np.repeat(rows, others.shape[1])
        wanted = (cosines.ravel() >= least) & (others.ravel() != own)
        pairs = np.stack([own, others.ravel()], axis=1)[wanted]
        found.append(np.sort(pairs, axis=1))
    return np.unique(np.concatenate(found), axis=0)


Nearest = Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Vectors]]


def _exact(vectors: Vectors, asking: NDArray[np.int64], most: int) -> Nearest:
    """Rows that ask, their nearest with themselves among them, and the cosines."""
    for start in range(0, len(asking), _BLOCK):
        rows = asking[start : start + _BLOCK]
        likeness = vectors[rows] @ vectors.T
        best = np.argpartition(-likeness, most - 1, axis=1)[:, :most]
        yield rows, best.astype(np.int64), np.take_along_axis(likeness, best, axis=1)


def _by_graph(vectors: Vectors, asking: NDArray[np.int64], most: int) -> Nearest:
    """The same from a navigable graph, which misses a few. Source: Malkov and Yashunin 2016."""
    # Where usearch is loaded first, onnxruntime crashes as it is imported.
    import onnxruntime  # noqa: F401, PLC0415
    from usearch.compiled import MetricKind, ScalarKind  # noqa: PLC0415
    from usearch.index import Index  # noqa: PLC0415

    index = Index(
        ndim=vectors.shape[1],
        metric=MetricKind.IP,
        dtype=ScalarKind.I8,
        connectivity=_LINKS,
        expansion_add=_EFFORT,
        expansion_search=_SEARCH_EFFORT,
    )
    index.add(np.arange(len(vectors), dtype=np.uint64), vectors, threads=1)
    for start in range(0, len(asking), _BLOCK):
        rows = asking[start : start + _BLOCK]
        others = index.search(vectors[rows], most, threads=1).keys.astype(np.int64)
        # The graph rounds to 8 bits; who is near enough is told by the vectors themselves.
        yield rows, others, np.einsum("ad,abd->ab", vectors[rows], vectors[others])
