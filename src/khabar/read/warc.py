"""Web archives (WARC), a record at a time: the memory needed is that of the largest page.

fastwarc finds the records; gzip and HTTP are taken apart here. Its own decoding of packed contents ended the
whole archive without a word after the first packed record (FastWARC 2.0.1; docs/decisions/sources.md).
"""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Outcome
from khabar.model.page import Page
from khabar.read.faults import PACKING_FAULTS, Unreadable, reason_of
from khabar.read.found import Counted, Found, Reading, stream_of
from khabar.read.http import Answer, charset_of, media_of, parse_answer
from khabar.read.limits import Budget, Unpacked, too_large

_READ = (
    "text/",
    "application/xhtml+xml",
    "application/pdf",
    "application/rss",
    "application/atom",
    "application/xml",
)
_TAIL_BYTES = 16
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NO_REPORTS = ("text/css", "text/javascript", "text/calendar", "text/vcard")
_LOOKED_AT = {"response", "resource", "conversion"}
_HTTP_CLAIMS = (
    ("last-modified", ClaimField.MODIFIED, "http header Last-Modified"),
    ("content-language", ClaimField.LANGUAGE, "http header Content-Language"),
    ("date", ClaimField.CAPTURED, "http header Date"),
)


def read_warc(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """An outcome for each page archived; where the archive is torn, one for all behind that place."""
    stream = _Watched(_plain(found, reading))
    count, end = 0, b""
    try:
        for record in _records(stream):
            count += 1
            taken = _Record(record)
            yield from _read_record(found, reading, taken)
            end = taken.end
    except PACKING_FAULTS as error:
        yield _torn(found, count, reason_of(error))
        return
    except Unreadable as error:
        if error.whole and found.depth:
            raise
        yield _torn(found, count, error.reason)
        return
    if not count:
        yield found.drop("this archive holds no record: it is empty, cut or no WARC")
    elif not stream.tail.endswith((b"\r\n\r\n", b"\n\n", b"\0")) and not (end and stream.tail.endswith(end)):
        yield _torn(found, count, "the head of a record is not whole")


def _plain(found: Found, reading: Reading) -> io.BufferedReader:
    """The archive without its gzip. fastwarc's own ends a cut archive without a word."""
    if not found.head().startswith(b"\x1f\x8b"):
        return found.stream
    packed = Counted(found.stream)
    # An archive may be as large as it likes, for a record at a time is held; only its ratio is watched.
    free = Budget(replace(reading.budget.limits, total_bytes=sys.maxsize))
    file = gzip.GzipFile(fileobj=cast(BinaryIO, packed))
    return stream_of(cast(BinaryIO, Unpacked(file, free, lambda: packed.count)))


class _Watched:
    """The stream that fastwarc reads: it asks for the place, and remembers its end."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._count, self.tail = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._count += len(data)
        self.tail = (self.tail + data[-_TAIL_BYTES:])[-_TAIL_BYTES:]
        return data

    def close(self) -> None:
        """Whoever opened the stream closes it."""

    def tell(self) -> int:
        return self._count

    def seek(self, offset: int, whence: int = 0) -> int:
        if (offset, whence) in ((0, io.SEEK_CUR), (self._count, io.SEEK_SET)):
            return self._count
        raise OSError("an archive is read forwards")


def _records(stream: _Watched) -> Iterator[Any]:
    """The records as fastwarc finds them. Errors: OSError also where it panics, which is no Exception."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    try:
        yield from ArchiveIterator(
            stream,
            record_types=WarcRecordType.any_type,
            parse_http=False,
            auto_decode="none",
            stream_detect=False,
        )
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise OSError("fastwarc cannot go on") from error
        raise


class _Record:
    """One record with its header names in small letters; `end` is the last that was read of its block."""

    def __init__(self, record: Any) -> None:
        self.headers = {name.lower(): value for name, value in record.headers.items()}
        self.length = int(record.content_length)
        self.place = str(record.stream_pos)
        self._reader, self.end = record.reader, b""

    def read(self) -> bytes:
        """The block. Errors: EOFError where the archive ends before it does."""
        data: bytes = self._reader.read(self.length)
        while len(data) < self.length and (more := self._reader.read(self.length - len(data))):
            data += more
        if len(data) < self.length:
            raise EOFError(f"a record of {self.length:,} bytes ends after {len(data):,}")
        self.end = data[-_TAIL_BYTES:]
        return data


def _torn(found: Found, count: int, reason: str) -> Outcome[Page]:
    return found.drop(
        f"this archive is cut or broken after {count:,} records ({reason}); what follows is lost"
    )


def _read_record(found: Found, reading: Reading, record: _Record) -> Iterator[Outcome[Page]]:
    kind = record.headers.get("warc-type", "")
    if "content-length" not in record.headers or not kind:
        raise EOFError("the head of a record is not whole")
    if kind == "revisit":
        yield _page_of(found, record).drop("a revisit: the page was as in an earlier capture")
    elif kind in _LOOKED_AT:
        yield from _read_content(_page_of(found, record), reading, record)


def _page_of(found: Found, record: _Record) -> Found:
    """Where a record stands: its path, the address and the moment of its capture."""
    headers = record.headers
    name = headers.get("warc-record-id", "").strip("<>").removeprefix("urn:uuid:") or record.place
    address = headers.get("warc-target-uri", "").strip("<>") or None
    date = headers.get("warc-date") or None
    said = (
        (ClaimField.ADDRESS, address, "WARC-Target-URI"),
        (ClaimField.CAPTURED, date, "WARC-Date"),
    )
    claims = tuple(Claim(field, words, origin) for field, words, origin in said if words)
    return Found(
        f"{found.path}#{name}", "", stream_of(b""), found.depth + 1,
        address=address, captured=date, claims=(*found.claims, *claims),
    )  # fmt: skip


def _read_content(page: Found, reading: Reading, record: _Record) -> Iterator[Outcome[Page]]:
    media = record.headers.get("content-type", "")
    is_http = media_of(media) == "application/http"
    if not is_http and not _is_read(media_of(media)):
        yield page.drop(f"not a report: {media_of(media) or 'of no declared kind'}")
        return
    if record.length > reading.item_bytes:
        yield page.drop(too_large(record.length, reading.item_bytes))
        return
    data = record.read()
    try:
        yield from _read_answer(page, reading, data) if is_http else _hand_on(page, reading, data, media)
    except Unreadable as error:
        yield page.drop(error.reason)


def _read_answer(page: Found, reading: Reading, data: bytes) -> Iterator[Outcome[Page]]:
    answer = parse_answer(data, reading.item_bytes)
    fault = _fault(answer)
    if fault:
        yield page.drop(fault)
        return
    page.claims += tuple(
        Claim(field, answer.headers[name], origin)
        for name, field, origin in _HTTP_CLAIMS
        if answer.headers.get(name)
    )
    yield from _hand_on(page, reading, answer.content, answer.headers.get("content-type", ""))


def _fault(answer: Answer) -> str:
    if not 200 <= answer.status < 300:
        moved = answer.headers.get("location", "")
        return f"the server answered {answer.status}" + (f", moved to {moved[:200]}" if moved else "")
    if answer.media and not _is_read(answer.media):
        return f"not a report: {answer.media}"
    return "" if answer.content.strip() else "this page is empty"


def _is_read(media: str) -> bool:
    return media == _OFFICE or (media.startswith(_READ) and media not in _NO_REPORTS)


def _hand_on(page: Found, reading: Reading, data: bytes, media: str) -> Iterator[Outcome[Page]]:
    page.stream = stream_of(data)
    page.media, page.charset = media_of(media), charset_of(media)
    yield from reading.each(page)
