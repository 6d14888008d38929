"""Texts and facts in few bytes: deflate with words that news and our own notes often hold."""

from __future__ import annotations

import json
import zlib
from functools import cache
from importlib.resources import files
from typing import Any

from khabar.errors import LibraryError

# Written before every squeezed value, so that another dictionary may follow and old values stay readable.
_WORDS, _NOTES = 1, 2
_FILES = {_WORDS: "words.1.txt", _NOTES: "notes.1.txt"}
_LEVEL = 9


def squeeze_text(text: str) -> bytes:
    """The text, every code point of it; also such as UTF-8 does not have."""
    return _squeeze(to_bytes(text), _WORDS)


def read_text(squeezed: bytes) -> str:
    """The text that was squeezed. Errors: LibraryError."""
    return from_bytes(_read(squeezed))


def squeeze_facts(facts: Any) -> bytes:
    """Values that JSON takes."""
    return _squeeze(to_json(facts), _NOTES)


def read_facts(squeezed: bytes) -> Any:
    """The values that were squeezed. Errors: LibraryError."""
    return from_json(_read(squeezed))


def to_bytes(text: str) -> bytes:
    """The text as it is squeezed."""
    return text.encode("utf-8", "surrogatepass")


def from_bytes(data: bytes) -> str:
    """The text of these bytes. Errors: LibraryError."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except ValueError as error:
        raise LibraryError(f"a kept text is damaged ({error}). `khabar check` says where.") from error


def to_json(facts: Any) -> bytes:
    """Values as they are squeezed."""
    return to_bytes(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))


def from_json(data: bytes) -> Any:
    """The values of these bytes. Errors: LibraryError."""
    try:
        return json.loads(from_bytes(data))
    except ValueError as error:
        raise LibraryError(f"kept facts are damaged ({error}). `khabar check` says where.") from error


def _squeeze(data: bytes, with_words: int) -> bytes:
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, zdict=_dictionary(with_words))
    return bytes([with_words]) + press.compress(data) + press.flush()


def _read(squeezed: bytes) -> bytes:
    try:
        words = _dictionary(squeezed[0])
        press = zlib.decompressobj(zdict=words)
        return press.decompress(squeezed[1:]) + press.flush()
    except (zlib.error, IndexError, KeyError) as error:
        raise LibraryError(f"something kept is damaged ({error!r}). `khabar check` says where.") from error


@cache
def _dictionary(number: int) -> bytes:
    return files("khabar.library").joinpath("tables", _FILES[number]).read_bytes()
