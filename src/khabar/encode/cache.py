"""Sentence vectors kept on disk by what the text says, for several processes at once.

The store only saves time: where it is locked, damaged or cannot be written, vectors are computed again.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np

from khabar.encode.around import EncoderAround
from khabar.encode.digest import text_digest
from khabar.encode.types import Encoded, Encoder, Vectors

T = TypeVar("T")
WAIT_S = 5.0  # for another process to finish writing
PART = 500  # keys in one question; SQLite allows 999 in its oldest builds
ROW_BYTES = 1700  # a vector of 384 numbers with its key and its place in the index
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors ("
    "at INTEGER PRIMARY KEY, encoder TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, "
    "UNIQUE (encoder, text))"
)


class VectorStore:
    """Vectors of one encoder in an SQLite file of at most about `limit_bytes`; the oldest make room."""

    def __init__(self, path: Path, encoder: str, limit_bytes: int) -> None:
        self.path, self.encoder = path, encoder
        self.limit = max(1, limit_bytes // ROW_BYTES)

    def find(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """The vectors that are kept, by key; what is not kept or not whole is left out."""
        return self._attempt(lambda base: dict(self._rows(base, keys)), {})

    def keep(self, vectors: Mapping[bytes, Vectors]) -> None:
        """The vectors are kept for the next time, as far as that works."""
        if vectors:
            self._attempt(lambda base: self._insert(base, vectors), None)

    def _rows(self, base: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, Vectors]]:
        for start in range(0, len(keys), PART):
            part = keys[start : start + PART]
            marks = ",".join("?" * len(part))
            asked = f"SELECT text, vector FROM vectors WHERE encoder = ? AND text IN ({marks})"
            for key, packed in base.execute(asked, (self.encoder, *part)):
                vector = _unpack(packed)
                if vector is not None:
                    yield key, vector

    def _insert(self, base: sqlite3.Connection, vectors: Mapping[bytes, Vectors]) -> None:
        rows = [(self.encoder, key, _pack(vector)) for key, vector in vectors.items()]
        with base:
            base.executemany("INSERT OR REPLACE INTO vectors (encoder, text, vector) VALUES (?, ?, ?)", rows)
            base.execute("DELETE FROM vectors WHERE at <= (SELECT MAX(at) FROM vectors) - ?", (self.limit,))

    def _attempt(self, step: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `step` gives; a damaged file is put away and made anew, any other trouble is passed over."""
        for _ in range(2):
            try:
                with self._open() as base:
                    return step(base)
            except OSError:
                return otherwise
            except sqlite3.Error as error:
                if not _is_damage(error):
                    return otherwise  # locked, full or not writable: nothing is lost but time
                self._put_away()
        return otherwise

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=WAIT_S)) as base:
            base.execute(_SCHEMA)
            yield base

    def _put_away(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError:  # another process holds it open on Windows: it will be tried again next time
            return


class CachedEncoder(EncoderAround):
    """An encoder that asks the store first; what it computes is kept."""

    def __init__(self, encoder: Encoder, store: VectorStore) -> None:
        super().__init__(encoder)
        self.store = store

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        """Sentence and word vectors from one pass, in the order given."""
        made = self.encoder.encode(texts, done)
        self.store.keep({text_digest(text): one.sentence for text, one in zip(texts, made, strict=True)})
        return made

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        """Raw sentence vectors. Shapes: float32[n, dim], unit length, in the order given."""
        keys = [text_digest(text) for text in texts]
        found = self.store.find(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if done is not None:
            done(len(texts) - len(missing))
        made = dict(zip(missing, self.encoder.sentences(list(missing.values()), done), strict=True))
        self.store.keep(made)
        return _stack((found | made)[key] for key in keys) if keys else self.encoder.sentences([])


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is no store of ours: not a database, cut short, or with other tables."""
    other_tables = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return other_tables or not isinstance(error, sqlite3.OperationalError)


def _stack(vectors: Iterable[Vectors]) -> Vectors:
    return np.stack(list(vectors))


def _pack(vector: Vectors) -> bytes:
    data = vector.astype("<f4").tobytes()
    return zlib.crc32(data).to_bytes(4, "little") + data


def _unpack(packed: bytes) -> Vectors | None:
    """The vector, None where the bytes are not what was written."""
    if not isinstance(packed, bytes) or len(packed) < 8 or len(packed) % 4:
        return None
    if zlib.crc32(packed[4:]) != int.from_bytes(packed[:4], "little"):
        return None
    return np.frombuffer(packed, "<f4", offset=4).astype(np.float32)
