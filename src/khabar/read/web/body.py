"""The body of an answer: read up to a limit, unpacked up to the same limit."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from khabar.read.web.failure import Failure

_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}  # how zlib is told which wrapping to expect
_STEP_BYTES = 65_536


async def read_body(chunks: AsyncIterable[bytes], limit_bytes: int) -> bytes:
    """The bytes as they were sent. Errors: Failure when they are more than the limit."""
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > limit_bytes:
            raise Failure(too_large(limit_bytes))
    return bytes(data)


async def read_start(chunks: AsyncIterable[bytes], limit_bytes: int) -> bytes:
    """The first bytes, up to the limit."""
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) >= limit_bytes:
            break
    return bytes(data[:limit_bytes])


def unpack(data: bytes, encoding: str, limit_bytes: int) -> bytes:
    """The body without its content encoding. Errors: Failure when it is unknown, broken or a bomb."""
    names = [name for name in encoding.lower().replace(",", " ").split() if name != "identity"]
    if len(names) > 1 or (names and names[0] not in _PACKED):
        raise Failure(f"it is packed as {encoding!r}, which was not asked for and cannot be read")
    return _inflate(data, _PACKED[names[0]], limit_bytes) if names and data else data


def gunzip(data: bytes, limit_bytes: int) -> bytes:
    """The contents of a gzip file. Errors: Failure."""
    return _inflate(data, _PACKED["gzip"], limit_bytes)


def _inflate(data: bytes, wrapping: int, limit_bytes: int) -> bytes:
    if wrapping == _PACKED["deflate"] and (data[0] & 15) != 8:
        wrapping = -15  # many servers send deflate without its wrapping
    found, rest = bytearray(), data
    try:
        while rest:
            reader = zlib.decompressobj(wrapping)
            rest = _read_member(reader, rest, found, limit_bytes)
            if not reader.eof:
                raise Failure("its packed body is cut off", 0.0)
    except zlib.error as error:
        if not found:
            raise Failure("its body is said to be packed and is not") from error
    return bytes(found)  # what stands behind a whole member and is none is left, as browsers do


def _read_member(reader: zlib._Decompress, data: bytes, found: bytearray, limit_bytes: int) -> bytes:
    while not reader.eof:
        piece = reader.decompress(data, _STEP_BYTES)
        found += piece
        data = reader.unconsumed_tail
        if len(found) > limit_bytes:
            raise Failure(too_large(limit_bytes, " unpacked"))
        if not piece and not data:
            break
    return reader.unused_data


def too_large(limit_bytes: int, how: str = "") -> str:
    """The reason for dropping a body over the limit."""
    return f"too large: more than {limit_bytes:,} bytes{how} (largest_fetch_mb sets the limit)"
