"""What a library squeezes its texts and notes with: words that it learnt from its own reports."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zstandard import ZstdCompressionDict, ZstdCompressor, ZstdDecompressor, ZstdError, train_dictionary

from khabar.errors import LibraryError
from khabar.library.squeeze import (
    from_bytes,
    from_json,
    read_facts,
    read_text,
    squeeze_facts,
    squeeze_text,
    to_bytes,
    to_json,
)
from khabar.library.store import Row, Store, count

# Before every value stands which kind of words it was squeezed with, then the number of the dictionary. Kinds
# 1 and 2 are those that khabar ships (squeeze.py).
_WORDS, _NOTES = 3, 4
_MOST_NUMBER = 255
_FIRST_AT, _AGAIN_AT_TIMES = 500, 10  # reports in the library when it learns, and how many times as many next
_SAMPLES, _SAMPLE_BYTES = 2_500, 8_000_000
_LEAST_BYTES, _MOST_BYTES, _SHARE = 16_000, 256_000, 16  # of a dictionary, and what part of the samples it is
_LEVEL = 19


@dataclass(frozen=True)
class Dictionary:
    """One of a library's dictionaries: how many reports there were when it was learnt, and its words."""

    number: int
    reports: int
    words: bytes
    notes: bytes

    @cached_property
    def pressed_words(self) -> ZstdCompressionDict:
        """The words as the compressor takes them."""
        return _prepared(self.words)

    @cached_property
    def pressed_notes(self) -> ZstdCompressionDict:
        """The notes as the compressor takes them."""
        return _prepared(self.notes)


class Learnt:
    """Squeezes values for one library and reads them back. It may be used from many threads."""

    def __init__(self, rows: Callable[..., list[Row]]) -> None:
        self._rows = rows
        self._known: dict[int, Dictionary] = {}
        self._newest: Dictionary | None = None
        self._looked = False
        self._lock = threading.Lock()

    def squeeze_text(self, text: str) -> bytes:
        """The text, every code point of it."""
        newest = self.newest()
        if newest is None or not newest.words:
            return squeeze_text(text)
        return _squeezed(_WORDS, newest.number, newest.pressed_words, to_bytes(text))

    def squeeze_facts(self, facts: Any) -> bytes:
        """Values that JSON takes."""
        newest = self.newest()
        if newest is None or not newest.notes:
            return squeeze_facts(facts)
        return _squeezed(_NOTES, newest.number, newest.pressed_notes, to_json(facts))

    def read_text(self, squeezed: bytes) -> str:
        """The text that was squeezed. Errors: LibraryError."""
        return from_bytes(self._read(squeezed)) if squeezed[:1] == bytes([_WORDS]) else read_text(squeezed)

    def read_facts(self, squeezed: bytes) -> Any:
        """The values that were squeezed. Errors: LibraryError."""
        return from_json(self._read(squeezed)) if squeezed[:1] == bytes([_NOTES]) else read_facts(squeezed)

    def newest(self) -> Dictionary | None:
        """The dictionary that new values are squeezed with, None before the library learnt one."""
        if not self._looked:
            self.look_again()
        return self._newest

    def look_again(self) -> None:
        """Takes the newest that the library holds: another process may have learnt it."""
        found = self._rows(
            "SELECT number, reports, words, notes FROM dictionaries ORDER BY number DESC LIMIT 1"
        )
        self._newest = Dictionary(*found[0]) if found else None
        self._looked = True

    def forget(self) -> None:
        """Reads everything again from now on."""
        with self._lock:
            self._known.clear()
        self._looked = False

    def is_newest(self, squeezed: bytes) -> bool:
        """Whether the value was squeezed with the newest words that there are for it."""
        newest = self.newest()
        return newest is None or squeezed[:2] in (
            bytes([kind, newest.number]) for kind, words in _kinds(newest) if words
        )

    def _read(self, squeezed: bytes) -> bytes:
        try:
            kind, number = squeezed[0], squeezed[1]
            known = self._dictionary(number)
            words = known.pressed_words if kind == _WORDS else known.pressed_notes
            return ZstdDecompressor(dict_data=words).decompress(squeezed[2:])
        except (ZstdError, IndexError) as error:
            raise LibraryError(
                f"something kept is damaged ({error!r}). `khabar check` says where."
            ) from error

    def _dictionary(self, number: int) -> Dictionary:
        with self._lock:
            if number not in self._known:
                sql = "SELECT number, reports, words, notes FROM dictionaries WHERE number = ?"
                found = self._rows(sql, (number,))
                if not found:
                    raise LibraryError(f"dictionary {number} is missing. `khabar check` says what needs it.")
                self._known[number] = Dictionary(*found[0])
            return self._known[number]


def learn_if_due(store: Store, again_at_times: int = _AGAIN_AT_TIMES) -> bool:
    """Whether the library learnt new words, which it does when it has grown enough.

    It is a transaction of its own: no value may be squeezed with words that are not surely kept.
    """
    if not _is_due(store, again_at_times):
        return False
    with store.writing():
        store.learnt.look_again()
        if not _is_due(store, again_at_times):  # another process was quicker
            return False
        _learn(store)
    store.learnt.look_again()
    return True


def _is_due(store: Store, again_at_times: int) -> bool:
    newest = store.learnt.newest()
    if newest is not None and newest.number >= _MOST_NUMBER:
        return False
    due = newest.reports * again_at_times if newest else _FIRST_AT
    return count(store, "SELECT coalesce(max(number), 0) FROM articles") >= due


def _learn(store: Store) -> None:
    reports = count(store, "SELECT max(number) FROM articles")
    every = max(1, reports // _SAMPLES)
    texts, notes = list[bytes](), list[bytes]()
    sql = (
        "SELECT o.body, a.body FROM articles AS a JOIN originals AS o ON o.number = a.original "
        "WHERE a.number % ? = 0 ORDER BY a.number"
    )
    for text, note in store.stream(sql, (every,)):
        texts.append(to_bytes(store.learnt.read_text(text)))
        notes.append(to_json(store.learnt.read_facts(note)))
    store.run(
        "INSERT INTO dictionaries (reports, words, notes) VALUES (?, ?, ?)",
        (reports, _trained(texts), _trained(notes)),
    )


def _trained(samples: Sequence[bytes]) -> bytes:
    """The words that samples have in common; none where they have too little."""
    taken, room = list[bytes | bytearray | memoryview](), _SAMPLE_BYTES
    for sample in samples:
        room -= len(sample)
        if room < 0:
            break
        taken.append(sample)
    size = min(_MOST_BYTES, max(_LEAST_BYTES, sum(map(len, taken)) // _SHARE))
    try:
        return train_dictionary(size, taken).as_bytes()
    except (ZstdError, ValueError):
        return b""


def _kinds(one: Dictionary) -> tuple[tuple[int, bytes], ...]:
    return ((_WORDS, one.words), (_NOTES, one.notes))


def _prepared(words: bytes) -> ZstdCompressionDict:
    prepared = ZstdCompressionDict(words)
    prepared.precompute_compress(level=_LEVEL)
    return prepared


def _squeezed(kind: int, number: int, words: ZstdCompressionDict, data: bytes) -> bytes:
    press = ZstdCompressor(level=_LEVEL, dict_data=words, write_dict_id=False)
    return bytes([kind, number]) + press.compress(data)
