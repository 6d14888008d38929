"""An HTTP answer as an archive keeps it: its status, its headers, its content without wrappings."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from khabar.read.faults import Unreadable
from khabar.read.limits import too_large

_STATUS = re.compile(rb"HTTP/[\d.]+\s+(\d{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\n]{0,200}\n")
_LONGEST_HEAD = 100_000
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_MOST_WRAPPINGS = 3
_BLOCK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent; header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media(self) -> str:
        """The kind of content that the server declared: "text/html"."""
        return media_of(self.headers.get("content-type", ""))

    @property
    def charset(self) -> str | None:
        """The charset that the server declared."""
        return charset_of(self.headers.get("content-type", ""))


def media_of(header: str) -> str:
    """The kind of content in a Content-Type header."""
    return header.split(";", maxsplit=1)[0].strip().lower()


def charset_of(header: str) -> str | None:
    """The charset in a Content-Type header."""
    match = _CHARSET.search(header)
    return match[1] if match else None


def parse_answer(data: bytes, limit_bytes: int) -> Answer:
    """The answer in a record. Errors: Unreadable where it is none, or its content is too large or broken."""
    status = _STATUS.match(data)
    end = _HEAD_END.search(data, 0, _LONGEST_HEAD)
    if status is None or end is None:
        raise Unreadable("this record holds no HTTP answer")
    headers: dict[str, str] = {}
    for line in data[status.end() : end.start()].split(b"\n")[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    content = data[end.end() :]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        content = _without_chunks(content)
    return Answer(int(status[1]), headers, unpack(content, headers.get("content-encoding", ""), limit_bytes))


def _without_chunks(data: bytes) -> bytes:
    """The content of chunks; many archives keep the header of chunks that they took out already."""
    parts: list[bytes] = []
    place = 0
    while match := _SIZE.match(data, place):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[match.end() : match.end() + size])
        place = match.end() + size + (2 if data[match.end() + size :][:2] == b"\r\n" else 1)
    return b"".join(parts) if parts and place >= len(data) else data


def unpack(data: bytes, encoding: str, limit_bytes: int) -> bytes:
    """Content without its packing; what is not packed as declared stays as it is. Errors: Unreadable."""
    names = [
        name.strip() for name in encoding.lower().split(",") if name.strip() not in ("", "identity", "none")
    ]
    for name in names[::-1][:_MOST_WRAPPINGS]:
        if name in _WINDOWS:
            data = _inflate(data, name, limit_bytes)
        elif name == "br":
            data = _unpack_brotli(data, limit_bytes)
        elif name in ("zstd", "compress", "x-compress"):
            raise Unreadable(f"its content is packed as {name!r}, which is not read")
    return data


def _inflate(data: bytes, name: str, limit_bytes: int) -> bytes:
    windows = (_WINDOWS[name],) if name != "deflate" else (15, -15)  # many servers send it without its head
    for window in windows:
        try:
            found = zlib.decompressobj(window).decompress(data, limit_bytes + 1)
        except zlib.error:
            continue
        if len(found) > limit_bytes:
            raise Unreadable(too_large(len(found), limit_bytes, more=True))
        return found
    return data


def _unpack_brotli(data: bytes, limit_bytes: int) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped]  # noqa: PLC0415  (few archives need it)
    except ImportError:
        raise Unreadable("its content is packed as 'br'; install brotli to read it") from None
    unpacker = brotli.Decompressor()
    parts, count, given = [], 0, data
    try:
        while True:
            parts.append(unpacker.process(given, output_buffer_limit=_BLOCK_BYTES))
            given, count = b"", count + len(parts[-1])
            if count > limit_bytes:
                raise Unreadable(too_large(count, limit_bytes, more=True))
            if unpacker.is_finished() or (not parts[-1] and unpacker.can_accept_more_data()):
                return b"".join(parts)
    except brotli.error:
        return b"".join(parts) or data
