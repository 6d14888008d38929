"""Nearest neighbours among more articles than one product over all is quick for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from khabar.encode.types import Vectors
from khabar.library.store import Store

if TYPE_CHECKING:
    from usearch.index import Index

EXACT_MOST = 100_000  # up to here one product over all leads takes some 10 ms
_LINKS, _EFFORT, _SEARCH_EFFORT = 16, 100, 128  # the last twice as many as grouping asks for
_SAVE_EVERY = 10_000  # rows; fewer are taken in again by the next process


class LargeIndex:
    """A navigable graph (Malkov and Yashunin 2016) in a file beside the library; made anew where it is
    missing, damaged, of other vectors or of another library."""

    def __init__(self, store: Store) -> None:
        self.file = Path(store.where + ".near")
        self.of = store.rows("SELECT value FROM meta WHERE name = 'library'")[0][0]
        self._index: Index | None = None
        self._saved = 0

    def catch_up(self, vectors: Vectors) -> None:
        """Takes in the rows that it lacks. Shapes: float32[n, dim], the same first rows as last time."""
        index = self._index if self._index is not None else self._open(vectors)
        held = len(index)
        if held < len(vectors):
            index.add(np.arange(held, len(vectors), dtype=np.uint64), vectors[held:], threads=1)
        if len(index) >= self._saved + _SAVE_EVERY or not self._saved:
            self._save(index, vectors)
        self._index = index

    def near(self, vector: Vectors, most: int) -> list[tuple[int, float]]:
        """The nearest rows and their cosines, the nearest first."""
        if self._index is None:
            return []
        found = self._index.search(vector, most)
        return [(int(row), 1 - float(far)) for row, far in zip(found.keys, found.distances, strict=True)]

    def _open(self, vectors: Vectors) -> Index:
        # Where usearch is loaded first, onnxruntime crashes as it is imported.
        import onnxruntime  # noqa: F401, PLC0415
        from usearch.compiled import MetricKind, ScalarKind  # noqa: PLC0415
        from usearch.index import Index  # noqa: PLC0415

        with suppress(OSError, RuntimeError, ValueError):
            library, count, last = self._stamp().read_text(encoding="utf-8").split()
            if library == self.of and int(count) <= len(vectors) and last == _mark(vectors[: int(count)]):
                index = Index.restore(str(self.file), expansion_add=_EFFORT, expansion_search=_SEARCH_EFFORT)
                if index is not None and len(index) == int(count) and index.ndim == vectors.shape[1]:
                    self._saved = int(count)
                    return index
        return Index(
            ndim=vectors.shape[1],
            metric=MetricKind.IP,
            dtype=ScalarKind.F16,
            connectivity=_LINKS,
            expansion_add=_EFFORT,
            expansion_search=_SEARCH_EFFORT,
        )

    def _save(self, index: Index, vectors: Vectors) -> None:
        """For the next process; where it cannot be written it is made anew there."""
        with suppress(OSError, RuntimeError):
            fresh = self.file.with_suffix(self.file.suffix + ".new")
            index.save(str(fresh))
            fresh.replace(self.file)
            self._stamp().write_text(
                f"{self.of} {len(index)} {_mark(vectors[: len(index)])}", encoding="utf-8"
            )
        self._saved = len(index)

    def _stamp(self) -> Path:
        return self.file.with_suffix(self.file.suffix + ".of")


def _mark(vectors: Vectors) -> str:
    """What tells whether these rows are the ones that were indexed: `reindex` may have made others."""
    return f"{float(vectors.sum(dtype=np.float64)):.3f}"
