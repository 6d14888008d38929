"""The nearest reports of some among many that come in blocks: exact, and no more is held than a block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors

_AT_ONCE = 512  # reports whose likeness to a block is held

Codes = NDArray[np.uint64]
Days = NDArray[np.int64]


class Nearest:
    """For each of some reports the `most` nearest that were shown, within so many days.

    What has no day (0) is near to every day. Shapes: `vectors` float32[n, dim], unit length; `codes`
    uint64[n], which tell the reports apart; `days` int64[n].
    """

    def __init__(self, vectors: Vectors, codes: Codes, days: Days, most: int, within_days: int) -> None:
        self._vectors, self._codes, self._days, self._within = vectors, codes, days, within_days
        self._cosines = np.full((len(codes), most), -1.0, np.float32)
        self._others = np.repeat(codes[:, None], most, axis=1)

    def look(self, vectors: Vectors, codes: Codes, days: Days) -> None:
        """Shows a block of reports, those that ask may be among them. Shapes as above."""
        for start in range(0, len(self._codes), _AT_ONCE):
            rows = slice(start, start + _AT_ONCE)
            likeness = self._vectors[rows] @ vectors.T
            likeness[~self._may_meet(rows, codes, days)] = -1.0
            cosines = np.concatenate([self._cosines[rows], likeness], axis=1)
            most = self._cosines.shape[1]
            best = np.argpartition(cosines, cosines.shape[1] - most, axis=1)[:, -most:]
            self._cosines[rows] = np.take_along_axis(cosines, best, axis=1)
            seen = best - most
            others = np.take_along_axis(self._others[rows], np.minimum(best, most - 1), axis=1)
            self._others[rows] = np.where(seen >= 0, codes[np.maximum(seen, 0)], others)

    def pairs(self, least: float) -> Codes:
        """Pairs at least so near, each once, the lower code first. Shapes: uint64[m, 2]."""
        own = np.repeat(self._codes, self._others.shape[1])
        near = self._cosines.ravel() >= least
        pairs = np.stack([own[near], self._others.ravel()[near]], axis=1)
        return np.unique(np.sort(pairs, axis=1), axis=0)

    def _may_meet(self, rows: slice, codes: Codes, days: Days) -> NDArray[np.bool_]:
        own = self._days[rows, None]
        near = (np.abs(own - days) <= self._within) | (own == 0) | (days == 0)
        result: NDArray[np.bool_] = near & (self._codes[rows, None] != codes)
        return result
