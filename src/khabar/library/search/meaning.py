"""The sentences nearest to a vector, over the whole library: signs of all are looked through in memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors
from khabar.library.packing import unpack_rows
from khabar.library.search.shelf import Columns, Mask, Rows
from khabar.library.squeeze import read_facts
from khabar.library.store import Store, marks

_AT_ONCE = 5_000
_SCALE_BYTES = 2  # of each row of kept vectors, see packing.py
_IN_CACHE = 32_768  # sentences that are compared while they are in the processor's own memory
_FAR = 0.44  # signs of two sentences that have nothing in common differ by a half
_WORD = 64  # signs that are compared at once
SENTENCES = 1_500  # the nearest by their signs, whose articles are looked at closely
Signs = NDArray[np.uint64]
# The signs of the four numbers that a byte of kept vectors holds: the upper half of the steps is above zero.
_SIGNS = np.array(
    [sum(1 << at for at in range(4) if byte >> (2 * at + 1) & 1) for byte in range(256)], np.uint8
)


class Sentences:
    """One bit for each number of each sentence vector, with the row of its article.

    A million sentences take 50 MB and some 20 ms to look through. They are made from the kept vectors, which
    stay the only ones on disk. Shapes: `signs` uint64[dim / 64, n], `of` int32[n].
    """

    def __init__(self, store: Store, columns: Columns) -> None:
        self.store, self.columns = store, columns
        self.dim = 0
        self.count, self._last = 0, 0
        self._signs: Signs = np.zeros((0, 0), np.uint64)
        self._of: NDArray[np.int32] = np.zeros(0, np.int32)

    def catch_up(self) -> None:
        """Reads the vectors of the articles that `columns` holds and this does not."""
        sql = (
            "SELECT article, facts, sentences FROM profiles WHERE article > ? AND article <= ? "
            "ORDER BY article LIMIT ?"
        )
        while found := self.store.rows(sql, (self._last, self.columns.newest, _AT_ONCE)):
            self.dim = self.dim or int(read_facts(found[0][1])[0])
            rows = self.columns.rows_of([number for number, _, _ in found])
            packed = [_signs(sentences, self.dim) for _, _, sentences in found]
            of = np.repeat(rows.astype(np.int32), [len(one) for one in packed])
            self._take(np.concatenate(packed), of)
            self._last = found[-1][0]

    def _take(self, signs: NDArray[np.uint8], of: NDArray[np.int32]) -> None:
        words = _as_words(signs)
        needed = self.count + len(of)
        if needed > len(self._of):
            room = max(4096, needed + needed // 4)
            grown = np.zeros((words.shape[0], room), np.uint64)
            grown[:, : self.count] = self._signs[:, : self.count].reshape(words.shape[0], self.count)
            self._signs, self._of = grown, np.resize(self._of, room)
        self._signs[:, self.count : needed] = words
        self._of[self.count : needed] = of
        self.count = needed

    def near(self, vector: Vectors, allowed: Mask, most: int = SENTENCES) -> Rows:
        """The rows of the articles that hold the nearest sentences, by their signs. Shapes: float32[dim]."""
        if not self.count or not vector.any():
            return np.zeros(0, np.int64)
        own = _as_words(np.packbits(vector > 0, bitorder="little")[None, :])
        apart = np.zeros(self.count, np.uint16)
        for start in range(0, self.count, _IN_CACHE):
            part = slice(start, min(start + _IN_CACHE, self.count))
            for word, signs in zip(own[:, 0], self._signs[:, part], strict=True):
                apart[part] += np.bitwise_count(signs ^ word)
        if not allowed.all():
            apart[~allowed[self._of[: self.count]]] = np.iinfo(np.uint16).max
        limit = _limit(apart, min(most, self.count), self.dim)
        nearest: Rows = np.unique(self._of[: self.count][apart <= limit]).astype(np.int64)
        return nearest

    def cosines(self, vector: Vectors, numbers: Sequence[int]) -> dict[int, tuple[float, int]]:
        """How near each article's nearest sentence is, and which one it is.

        Shapes: `vector` float32[dim], unit length.
        """
        if not len(numbers) or not self.dim:
            return {}
        sql = f"SELECT article, sentences FROM profiles WHERE article IN ({marks(numbers)})"
        rows = [(number, packed) for number, packed in self.store.rows(sql, list(numbers)) if packed]
        counts = [len(packed) // (_SCALE_BYTES + self.dim // 4) for _, packed in rows]
        scales = [packed[: _SCALE_BYTES * count] for (_, packed), count in zip(rows, counts, strict=True)]
        steps = [packed[_SCALE_BYTES * count :] for (_, packed), count in zip(rows, counts, strict=True)]
        near = unpack_rows(b"".join([*scales, *steps]), self.dim) @ vector
        ends = np.cumsum(counts).tolist()
        found = {}
        for (number, _), count, end in zip(rows, counts, ends, strict=True):
            own = near[end - count : end]
            found[number] = float(own.max()), int(own.argmax())
        return found


def _limit(apart: NDArray[np.uint16], most: int, dim: int) -> int:
    """How many signs may differ so that about `most` sentences remain: whole classes, never a part of one."""
    few = apart[apart < _FAR * dim]  # most sentences have nothing to do with the query
    near = few if len(few) >= most else np.minimum(apart, dim + 1)
    counts = np.bincount(near, minlength=dim + 2)[: dim + 1].cumsum()
    return min(int(np.searchsorted(counts, most)), dim)


def _signs(packed: bytes, dim: int) -> NDArray[np.uint8]:
    """The signs in the kept vectors of an article. Shapes: uint8[n_sentences, dim / 8]."""
    row_bytes = _SCALE_BYTES + dim // 4
    count = len(packed) // row_bytes
    steps = _SIGNS[np.frombuffer(packed, np.uint8, offset=_SCALE_BYTES * count).reshape(count, dim // 4)]
    return (steps[:, 0::2] | steps[:, 1::2] << 4).astype(np.uint8, copy=False)


def _as_words(signs: NDArray[np.uint8]) -> Signs:
    """Shapes: uint8[n, dim / 8] in, uint64[dim / 64, n] out; what is missing to a word is zero."""
    missing = -signs.shape[1] % (_WORD // 8)
    padded = np.pad(signs, ((0, 0), (0, missing))) if missing else signs
    return np.ascontiguousarray(np.ascontiguousarray(padded).view(np.uint64).T)
