"""Vectors in few bytes: two bits a number, and lengths that keep products right on average."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors
from khabar.errors import LibraryError

# The four steps that lose least of normally distributed numbers (Max 1960, Lloyd 1982), in deviations.
_LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510], np.float32)
_EDGE = 0.9816  # between the inner and the outer step
_A_BYTE = 4  # numbers that one byte holds
_STEPS = 127  # of an 8-bit number, on either side of zero


def pack_rows(vectors: Vectors) -> bytes:
    """The rows in a quarter byte a number and two bytes a row.

    Shapes: float32[n, dim], dim a multiple of 4. A row comes back so long that its product with what it was
    is its old square: products of rows are right on average, with a deviation of .027 for sentences
    (docs/decisions/library.md).
    """
    if vectors.shape[1] % _A_BYTE:
        raise AssertionError(f"vectors of {vectors.shape[1]} numbers do not fill whole bytes")
    deviation = vectors.std(axis=1, keepdims=True)
    outer = np.abs(vectors) > _EDGE * deviation
    steps = np.where(vectors < 0, np.where(outer, 0, 1), np.where(outer, 3, 2)).astype(np.uint8)
    shifts = np.arange(0, 2 * _A_BYTE, 2, dtype=np.uint8)
    fours = steps.reshape(len(vectors), vectors.shape[1] // _A_BYTE, _A_BYTE)
    bits = np.bitwise_or.reduce(fours << shifts, axis=2)
    products = (_LEVELS[steps] * vectors).sum(axis=1)
    squares = (vectors * vectors).sum(axis=1)
    scales = np.divide(squares, products, out=np.zeros_like(squares), where=products > 0)
    return bytes(scales.astype("<f2").tobytes() + bits.tobytes())


def unpack_rows(packed: bytes, dim: int) -> Vectors:
    """The rows that were packed. Shapes: float32[n, dim]. Errors: LibraryError where bytes are missing."""
    row_bytes = 2 + dim // _A_BYTE
    rows, rest = divmod(len(packed), row_bytes)
    if rest:
        raise LibraryError(f"kept vectors are damaged: {len(packed)} bytes are no rows of {row_bytes}.")
    scales = np.frombuffer(packed, "<f2", rows).astype(np.float32)
    bits = np.frombuffer(packed, np.uint8, rows * (dim // _A_BYTE), offset=2 * rows)
    unpacked: Vectors = _table()[bits].reshape(rows, dim) * scales[:, None]
    return unpacked


def _table() -> NDArray[np.float32]:
    """The four numbers of every byte."""
    every = np.arange(256, dtype=np.uint8)[:, None] >> np.arange(0, 2 * _A_BYTE, 2, dtype=np.uint8)
    table: NDArray[np.float32] = _LEVELS[every & 3]
    return table


def pack_lead(vector: Vectors) -> bytes:
    """One vector in a byte a number and four for its scale. Shapes: float32[dim]."""
    scale = np.float32(np.abs(vector).max(initial=0.0) / _STEPS)
    steps = np.rint(vector / (scale or 1)).astype(np.int8)
    return bytes(scale.astype("<f4").tobytes() + steps.tobytes())


def unpack_lead(packed: bytes) -> Vectors:
    """The vector that `pack_lead` packed. Shapes: float32[dim]."""
    scale = np.frombuffer(packed, "<f4", 1)
    lead: Vectors = np.frombuffer(packed, np.int8, offset=4).astype(np.float32) * scale
    return lead
