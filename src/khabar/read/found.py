"""One input as it lies there, before anybody looked into it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from khabar.model.claims import Claim
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page
from khabar.read.fields import FieldMap
from khabar.read.limits import Budget

HEAD_BYTES = 4096
_BUFFER_BYTES = 1 << 16


@dataclass(slots=True)
class Found:
    """A stream with its name and what was said of it where it was found.

    `path` is for the user, `name` the file's own name; `charset` and `media` are what a header declared.
    """

    path: str
    name: str
    stream: io.BufferedReader
    depth: int = 0
    named: bool = False  # the user asked for this very file
    charset: str | None = None
    media: str = ""
    address: str | None = None
    captured: str | None = None
    claims: tuple[Claim, ...] = ()
    seekable: bool = False  # a file on disk: it may be read in any order

    @property
    def suffix(self) -> str:
        """The end of the name, in small letters: ".html"."""
        return PurePosixPath(self.name).suffix.lower()

    def head(self) -> bytes:
        """The first bytes; reading goes on from the start."""
        return self.stream.peek(HEAD_BYTES)[:HEAD_BYTES]

    def drop(self, reason: str) -> Dropped:
        """This input as one that could not be used."""
        return Dropped(self.path, "read", reason)


Each = Callable[[Found], Iterator[Outcome[Page]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds while one source is read: limits, the field map, and how to read what lies inside."""

    budget: Budget
    each: Each
    fields: FieldMap = field(default_factory=FieldMap)

    @property
    def item_bytes(self) -> int:
        """The most that one report may hold."""
        return self.budget.limits.item_bytes


def stream_of(data: bytes | BinaryIO) -> io.BufferedReader:
    """A stream that shows what comes next."""
    raw = io.BytesIO(data) if isinstance(data, bytes) else data
    return _Whole(cast(io.RawIOBase, raw), _BUFFER_BYTES)


class _Whole(io.BufferedReader):
    """A stream that gives all that came before an error, and then the error; Python's own loses that part."""

    _error: Exception | None = None

    def read(self, size: int | None = -1) -> bytes:
        left = sys.maxsize if size is None or size < 0 else size
        parts: list[bytes] = []
        while left and self._error is None:
            try:
                part = self.read1(min(left, _BUFFER_BYTES))
            except Exception as error:  # kept for the next call
                self._error = error
                break
            if not part:
                break
            parts.append(part)
            left -= len(part)
        if not parts and self._error is not None:
            raise self._error
        return b"".join(parts)


class Counted:
    """A stream that knows how much was read of it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Never: it is read once."""
        return False
