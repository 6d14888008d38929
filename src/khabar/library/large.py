"""Nearest neighbours among more articles than one product over all is quick for."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from khabar.encode.types import Vectors
from khabar.errors import LibraryError
from khabar.library.store import Store

EXACT_MOST = 100_000  # up to here one product over all leads takes some 10 ms
_LINKS, _EFFORT, _SEARCH_EFFORT = 16, 100, 128


class LargeIndex:
    """A navigable graph (Malkov and Yashunin 2016) in a file beside the library; made anew where it is
    missing, damaged, or of another library."""

    def __init__(self, store: Store) -> None:
        self.file = Path(store.where + ".near")
        self.of = store.rows("SELECT value FROM meta WHERE name = 'library'")[0][0]
        self._index: Any = None

    def catch_up(self, vectors: Vectors) -> None:
        """Takes in the rows that it lacks. Shapes: float32[n, dim], the same first rows as last time."""
        index = self._index or self._open(vectors)
        held = index.get_current_count()
        if held < len(vectors):
            index.resize_index(len(vectors) + len(vectors) // 2)
            index.add_items(vectors[held:], range(held, len(vectors)))
            self._save(index, len(vectors))
        self._index = index

    def near(self, vector: Vectors, most: int) -> list[tuple[int, float]]:
        """The nearest rows and their cosines, the nearest first."""
        self._index.set_ef(max(_SEARCH_EFFORT, 2 * most))
        rows, distances = self._index.knn_query(vector, k=most)
        return [(int(row), 1 - float(far)) for row, far in zip(rows[0], distances[0], strict=True)]

    def _open(self, vectors: Vectors) -> Any:
        try:
            import hnswlib  # type: ignore[import-untyped]  # noqa: PLC0415  (only large libraries need it)
        except ImportError as error:
            raise LibraryError(
                f"More than {EXACT_MOST:,} articles need hnswlib. Install it: pip install 'khabar[large]'."
            ) from error
        index = hnswlib.Index(space="ip", dim=vectors.shape[1])
        stamp = self.file.with_suffix(self.file.suffix + ".of")
        with suppress(OSError, RuntimeError, ValueError):
            library, _, count = stamp.read_text(encoding="utf-8").partition(" ")
            if library == self.of and int(count) <= len(vectors):
                index.load_index(str(self.file), max_elements=len(vectors))
                if index.get_current_count() == int(count):
                    return index
        index = hnswlib.Index(space="ip", dim=vectors.shape[1])
        index.init_index(max_elements=len(vectors), M=_LINKS, ef_construction=_EFFORT)
        return index

    def _save(self, index: Any, count: int) -> None:
        """For the next process; where it cannot be written it is made anew there."""
        with suppress(OSError, RuntimeError):
            fresh = self.file.with_suffix(self.file.suffix + ".new")
            index.save_index(str(fresh))
            fresh.replace(self.file)
            self.file.with_suffix(self.file.suffix + ".of").write_text(f"{self.of} {count}", encoding="utf-8")
