"""Files and archives constructed for the tests of reading."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.read import Limits, read_sources

ARABIC = "أعلن وزير الزراعة، سالم الحمداني، أن الحكومة ستدعم مزارعي القمح."
PERSIAN = "وزیر راه روز سه‌شنبه گفت که پل تازه تا پایان پاییز آماده می‌شود."
PAGE = f"<html><head><title>خبر</title></head><body><p>{ARABIC}</p></body></html>"


def read(*sources: str | Path, **limits: int) -> list[Outcome[Page]]:
    return list(read_sources(sources, Limits(**limits)))


def pages(*sources: str | Path, **limits: int) -> list[Page]:
    """The pages; a test that calls this expects nothing to be dropped."""
    outcomes = read(*sources, **limits)
    assert [one for one in outcomes if isinstance(one, Dropped)] == []
    return [one.item for one in outcomes if isinstance(one, Kept)]


def said(page: Page) -> dict[str, str]:
    """The first claim of each field, with its words."""
    return {claim.field.value: claim.text for claim in reversed(page.claims)}


def zipped(files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def tarred(files: Mapping[str, bytes], packing: str = "") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=f"w:{packing}") as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def record(
    content: bytes,
    number: int = 1,
    headers: str = "Content-Type: text/html; charset=utf-8",
    status: str = "200 OK",
    kind: str = "response",
) -> bytes:
    """One record of a web archive with an HTTP answer in it."""
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + content
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-03-0{number % 10}T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:record-{number}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(records: list[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))
