"""Vectors in few bytes: two or four bits a number, and lengths that keep products right on average."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors
from khabar.errors import LibraryError

# The steps that lose least of normally distributed numbers, in deviations, for numbers above zero; those
# below are their mirror (Max 1960, Lloyd 1982).
_ABOVE = {
    2: (0.4528, 1.510),
    4: (0.1284, 0.3881, 0.6568, 0.9424, 1.2562, 1.618, 2.069, 2.733),
}
SENTENCE_BITS, LEAD_BITS = 2, 2
FORMER_LEAD_BITS = 4
_SCALE_BYTES = 2


def pack_rows(vectors: Vectors, bits: int = SENTENCE_BITS) -> bytes:
    """The lengths of all rows, then their steps.

    Shapes: float32[n, dim]; the numbers of a row fill whole bytes. A row comes back so long that its product
    with what it was is its old square: products of rows are right on average, with a deviation of .027 for
    sentences at two bits (docs/decisions/library.md).
    """
    steps_a_byte = 8 // bits
    if vectors.shape[1] % steps_a_byte:
        raise AssertionError(f"vectors of {vectors.shape[1]} numbers do not fill whole bytes")
    levels = _levels(bits)
    edges = (levels[1:] + levels[:-1]) / 2
    deviation = vectors.std(axis=1, keepdims=True)
    spread = np.divide(vectors, deviation, out=np.zeros_like(vectors), where=deviation > 0)
    steps = np.searchsorted(edges, spread).astype(np.uint8)
    shifts = np.arange(0, 8, bits, dtype=np.uint8)
    together = steps.reshape(len(vectors), vectors.shape[1] // steps_a_byte, steps_a_byte)
    packed = np.bitwise_or.reduce(together << shifts, axis=2)
    products = (levels[steps] * vectors).sum(axis=1)
    squares = (vectors * vectors).sum(axis=1)
    scales = np.divide(squares, products, out=np.zeros_like(squares), where=products > 0)
    return bytes(scales.astype("<f2").tobytes() + packed.tobytes())


def unpack_rows(packed: bytes, dim: int, bits: int = SENTENCE_BITS) -> Vectors:
    """The rows that were packed. Shapes: float32[n, dim]. Errors: LibraryError where bytes are missing."""
    row_bytes = _SCALE_BYTES + dim * bits // 8
    rows, rest = divmod(len(packed), row_bytes)
    if rest:
        raise LibraryError(f"kept vectors are damaged: {len(packed)} bytes are no rows of {row_bytes}.")
    scales = np.frombuffer(packed, "<f2", rows).astype(np.float32)
    steps = np.frombuffer(packed, np.uint8, offset=_SCALE_BYTES * rows)
    return _unpacked(scales, steps.reshape(rows, dim * bits // 8), bits)


def pack_lead(vector: Vectors) -> bytes:
    """One vector. Shapes: float32[dim]."""
    return pack_rows(vector[None, :], LEAD_BITS)


def unpack_leads(packed: list[bytes], bits: int = LEAD_BITS) -> Vectors:
    """The vectors that `pack_lead` packed. Shapes: float32[n, dim]. Errors: LibraryError."""
    if len({len(one) for one in packed}) > 1:
        raise LibraryError("kept vectors are of several lengths. `khabar reindex --anew` makes them again.")
    rows = np.frombuffer(b"".join(packed), np.uint8).reshape(len(packed), -1)
    scales = rows[:, :_SCALE_BYTES].copy().view("<f2")[:, 0].astype(np.float32)
    return _unpacked(scales, rows[:, _SCALE_BYTES:], bits)


def _unpacked(scales: Vectors, steps: NDArray[np.uint8], bits: int) -> Vectors:
    dim = steps.shape[1] * 8 // bits
    unpacked: Vectors = _table(bits)[steps].reshape(len(scales), dim) * scales[:, None]
    return unpacked


@cache
def _levels(bits: int) -> NDArray[np.float32]:
    above = np.array(_ABOVE[bits], np.float32)
    return np.concatenate([-above[::-1], above])


@cache
def _table(bits: int) -> NDArray[np.float32]:
    """The numbers that every byte holds."""
    every = np.arange(256, dtype=np.uint8)[:, None] >> np.arange(0, 8, bits, dtype=np.uint8)
    table: NDArray[np.float32] = _levels(bits)[every & (2**bits - 1)]
    return table
