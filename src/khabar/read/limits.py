"""How much may be read: bytes, entries, depth; and streams that stop where it becomes too much."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from khabar.read.faults import Unreadable

_BLOCK_BYTES = 1 << 16
LARGEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may cost. Source of the ratio: docs/decisions/sources.md."""

    item_bytes: int = LARGEST_BYTES  # one report, unpacked
    total_bytes: int = 20_000_000_000  # all that one source unpacks to, WARC records apart
    entries: int = 1_000_000  # files in one archive, or records in one file
    depth: int = 4  # archives within archives
    ratio: int = 250  # bytes unpacked for each byte packed
    free_bytes: int = 10_000_000  # that much may come of any archive, whatever the ratio


class Budget:
    """What is left for one source: everything unpacked from it is paid here."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.unpacked = 0
        self.entries = 0

    def pay_bytes(self, count: int) -> None:
        """So many bytes more were unpacked. Errors: Unreadable with `whole` when it is too much."""
        self.unpacked += count
        if self.unpacked > self.limits.total_bytes:
            raise Unreadable(f"it unpacks to more than {self.limits.total_bytes:,} bytes", whole=True)

    def pay_entry(self) -> None:
        """One more file of an archive. Errors: Unreadable with `whole` when there are too many."""
        self.entries += 1
        if self.entries > self.limits.entries:
            raise Unreadable(f"it holds more than {self.limits.entries:,} files", whole=True)

    def check_ratio(self, unpacked: int, packed: int) -> None:
        """Errors: Unreadable where so few bytes become so many."""
        limits = self.limits
        if unpacked > limits.free_bytes and unpacked > limits.ratio * max(packed, 1):
            raise Unreadable(
                f"a zip bomb: {packed:,} bytes unpack to more than {unpacked:,} (limit: {limits.ratio}-fold)"
            )


class Piecewise(Protocol):
    """A stream that can give what it has at hand, so that nothing is lost where it breaks."""

    def read1(self, size: int, /) -> bytes:
        """The next bytes, at most so many."""


class Unpacked(io.RawIOBase):
    """What comes out of a packed stream, paid as it comes; `packed` says how much went in so far."""

    def __init__(self, stream: Piecewise, budget: Budget, packed: Callable[[], int]) -> None:
        self._stream, self._budget, self._packed = stream, budget, packed
        self._count = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills the buffer; how many bytes that were. Errors: Unreadable."""
        data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        self._budget.pay_bytes(len(data))
        self._budget.check_ratio(self._count, self._packed())
        return len(data)


def read_all(stream: BinaryIO, limit_bytes: int) -> bytes:
    """The rest of the stream. Errors: Unreadable where it is longer than the limit."""
    parts, count = [], 0
    while block := stream.read(_BLOCK_BYTES):
        parts.append(block)
        count += len(block)
        if count > limit_bytes:
            raise Unreadable(too_large(count, limit_bytes, more=True))
    return b"".join(parts)


def too_large(count: int, limit: int, more: bool = False) -> str:
    """The reason why so many bytes are not read."""
    than = "more than " if more else ""
    shown = limit if more else count
    return f"too large: {than}{shown:,} bytes, the limit is {limit:,} (setting largest_file_mb)"
