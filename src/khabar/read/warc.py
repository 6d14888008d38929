"""Web archives (WARC), a record at a time: the memory needed is that of the largest page.

fastwarc finds the records; their HTTP is taken apart here. Its own decoding of packed content ended the whole
archive without a word after the first packed record (FastWARC 2.0.1; docs/decisions/sources.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Outcome
from khabar.model.page import Page
from khabar.read.faults import PACKING_FAULTS, Unreadable, reason_of
from khabar.read.found import Found, Reading, stream_of
from khabar.read.http import Answer, charset_of, media_of, parse_answer
from khabar.read.limits import too_large

_READ = (
    "text/",
    "application/xhtml+xml",
    "application/pdf",
    "application/rss",
    "application/atom",
    "application/xml",
)
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
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    any_record = WarcRecordType.any_type
    records = iter(
        ArchiveIterator(found.stream, record_types=any_record, parse_http=False, auto_decode="none")
    )
    count = 0
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            count += 1
            yield from _read_record(found, reading, record)
        except PACKING_FAULTS as error:
            yield _torn(found, count, reason_of(error))
            return
    if not count:
        yield found.drop("this archive holds no record: it is empty, cut or no WARC")
    elif found.stream.peek(1):
        yield _torn(found, count, "what follows is no record")


def _torn(found: Found, count: int, reason: str) -> Outcome[Page]:
    return found.drop(
        f"this archive is cut or broken after {count:,} records ({reason}); what follows is lost"
    )


def _read_record(found: Found, reading: Reading, record: Any) -> Iterator[Outcome[Page]]:
    headers = {name.lower(): value for name, value in record.headers.items()}
    kind = headers.get("warc-type", "")
    if "content-length" not in headers or not kind:
        raise EOFError("a record's head is not whole")
    if kind == "revisit":
        yield _page_of(found, record, headers).drop(
            "a revisit: the page was as in an earlier capture, which is named by digest only"
        )
    elif kind in _LOOKED_AT:
        yield from _read_content(_page_of(found, record, headers), reading, record, headers)


def _page_of(found: Found, record: Any, headers: dict[str, str]) -> Found:
    """Where a record stands: its path, the address and the moment of its capture."""
    name = headers.get("warc-record-id", "").strip("<>").removeprefix("urn:uuid:") or str(record.stream_pos)
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


def _read_content(
    page: Found, reading: Reading, record: Any, headers: dict[str, str]
) -> Iterator[Outcome[Page]]:
    media = headers.get("content-type", "")
    is_http = media_of(media) == "application/http"
    if not is_http and not _is_read(media_of(media)):
        yield page.drop(f"not a report: {media_of(media) or 'of no declared kind'}")
        return
    length = int(record.content_length)
    if length > reading.item_bytes:
        yield page.drop(too_large(length, reading.item_bytes))
        return
    data = _read_exactly(record.reader, length)
    if len(data) < length:
        raise EOFError(f"a record of {length:,} bytes ends after {len(data):,}")
    try:
        yield from _read_answer(page, reading, data) if is_http else _hand_on(page, reading, data, media)
    except Unreadable as error:
        yield page.drop(error.reason)


def _read_exactly(reader: Any, length: int) -> bytes:
    data: bytes = reader.read(length)
    while len(data) < length and (more := reader.read(length - len(data))):
        data += more
    return data


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
