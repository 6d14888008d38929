"""Report vectors in order of arrival, and the nearest of them within days of one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors

_FIRST_ROOM = 256
_BLOCK = 512


@dataclass(slots=True)
class _Room:
    """Space that several versions of an index share; each sees only its own rows, which never change."""

    vectors: Vectors
    days: NDArray[np.int32]
    names: list[str]


@dataclass(frozen=True, slots=True)
class ReportIndex:
    """The vectors of `count` reports. Exact: one product over all, some 10 ms at 100,000 reports.

    Adding gives a new index and leaves the old one as it was; they share what both hold.
    """

    count: int = 0
    _room: _Room = field(
        default_factory=lambda: _Room(np.zeros((0, 0), np.float32), np.zeros(0, np.int32), [])
    )

    def add(self, article: str, vector: Vectors, day: date | None) -> ReportIndex:
        """The index with one more report. Shapes: `vector` float32[dim]."""
        room = self._room
        if len(room.names) != self.count or self.count == len(room.vectors):
            room = self._moved(len(vector))
        room.vectors[self.count] = vector
        room.days[self.count] = day.toordinal() if day else 0
        room.names.append(article)
        return ReportIndex(self.count + 1, room)

    def _moved(self, dim: int) -> _Room:
        """The rows of this index in a room of their own, with space for as many again."""
        size = max(_FIRST_ROOM, 2 * self.count)
        vectors, days = np.zeros((size, dim), np.float32), np.zeros(size, np.int32)
        if self.count:
            vectors[: self.count] = self._room.vectors[: self.count]
            days[: self.count] = self._room.days[: self.count]
        return _Room(vectors, days, self._room.names[: self.count])

    def near(self, vector: Vectors, day: date | None, most: int, within_days: int) -> list[str]:
        """The names of the nearest reports, the nearest first; a day that is unknown is within any days."""
        rows = self._within(day, within_days)
        if not len(rows):
            return []
        likeness = self._room.vectors[rows] @ vector if len(rows) < self.count else self._all() @ vector
        most = min(most, len(rows))
        best = np.argpartition(-likeness, most - 1)[:most]
        best = best[np.lexsort((best, -likeness[best]))]
        return [self._room.names[at] for at in rows[best].tolist()]

    def _all(self) -> Vectors:
        return self._room.vectors[: self.count]

    def _within(self, day: date | None, within_days: int) -> NDArray[np.intp]:
        if day is None:
            return np.arange(self.count)
        days = self._room.days[: self.count]
        return np.flatnonzero((days == 0) | (np.abs(days - day.toordinal()) <= within_days))


def near_pairs(
    vectors: Vectors, most: int, done: Callable[[int], None] | None = None
) -> list[tuple[int, int]]:
    """Pairs of which one is among the `most` nearest of the other, in order.

    Exact, in blocks, so that memory stays bounded. Shapes: `vectors` float32[n, dim], unit length.
    """
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(vectors), _BLOCK):
        likeness = vectors[start : start + _BLOCK] @ vectors.T
        best = np.argpartition(-likeness, min(most, len(vectors) - 1), axis=1)[:, : most + 1]
        for row, others in enumerate(best.tolist(), start):
            pairs.update((min(row, other), max(row, other)) for other in others if other != row)
        if done is not None:
            done(len(likeness))
    return sorted(pairs)
