from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from khabar.model.outcome import Dropped, Kept
from read.places import ARABIC, PAGE, packed, pages, read, record, said, zipped

BODY = PAGE.encode()


@pytest.mark.parametrize("pack", [b"".join, packed, lambda records: gzip.compress(b"".join(records))])
def test_each_answer_is_a_page_with_its_address_and_moment(tmp_path: Path, pack: object) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(pack([record(BODY, 1), record(BODY, 2)]))  # type: ignore[operator]
    found = pages(tmp_path / "crawl.warc.gz")
    assert [page.text for page in found] == [PAGE, PAGE]
    assert [page.address for page in found] == ["https://news.example/1", "https://news.example/2"]
    assert found[0].captured == "2024-03-01T10:00:00Z"
    assert found[0].path == f"{tmp_path / 'crawl.warc.gz'}#record-1"


def test_packed_and_chunked_contents_are_all_read(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n5;x=y\r\nwords\r\n0\r\n\r\n" % (len(BODY), BODY)
    raw = zlib.compressobj(wbits=-15)
    records = [
        record(gzip.compress(BODY), 1, "Content-Type: text/html\r\nContent-Encoding: gzip"),
        record(zlib.compress(BODY), 2, "Content-Type: text/html\r\nContent-Encoding: deflate"),
        record(raw.compress(BODY) + raw.flush(), 3, "Content-Type: text/html\r\nContent-Encoding: deflate"),
        record(brotli.compress(BODY), 4, "Content-Type: text/html\r\nContent-Encoding: br"),
        record(chunked, 5, "Content-Type: text/html\r\nTransfer-Encoding: chunked"),
        record(BODY, 6, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    assert [page.text for page in pages(tmp_path / "a.warc")] == [PAGE] * 4 + [PAGE + "words", PAGE]


def test_the_charset_of_the_header_is_used(tmp_path: Path) -> None:
    body = f"<p>{ARABIC}</p>".encode("cp1256")
    (tmp_path / "a.warc").write_bytes(record(body, headers="Content-Type: text/html; charset=windows-1256"))
    [page] = pages(tmp_path / "a.warc")
    assert (page.text, page.charset, page.charset_from) == (f"<p>{ARABIC}</p>", "cp1256", "declared")


def test_headers_are_claims(tmp_path: Path) -> None:
    headers = (
        "Content-Type: text/html\r\nLast-Modified: Tue, 27 Feb 2024 08:00:00 GMT\r\nContent-Language: ar"
    )
    (tmp_path / "a.warc").write_bytes(record(BODY, headers=headers))
    claims = said(pages(tmp_path / "a.warc")[0])
    assert claims["modified"] == "Tue, 27 Feb 2024 08:00:00 GMT"
    assert claims["language"] == "ar"
    assert claims["address"] == "https://news.example/1"


def test_what_is_no_report_is_dropped_with_its_reason_and_requests_are_no_items(tmp_path: Path) -> None:
    records = [
        record(b"GET /", 1, kind="request"),
        record(b"\x89PNG", 2, "Content-Type: image/png"),
        record(b"", 3, "Content-Type: text/html"),
        record(b"gone", 4, status="404 Not Found"),
        record(b"", 5, "Location: https://news.example/1", status="301 Moved"),
        record(BODY, 6, kind="revisit"),
        record(BODY, 7),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    outcomes = read(tmp_path / "a.warc")
    told = [one.reason for one in outcomes if isinstance(one, Dropped)]
    assert [
        part in reason
        for part, reason in zip(("image/png", "empty", "404", "moved to", "revisit"), told, strict=True)
    ]
    assert isinstance(outcomes[-1], Kept)


@pytest.mark.parametrize("pack", [b"".join, packed])
def test_of_an_archive_cut_anywhere_all_before_is_kept_and_the_rest_is_one_drop(
    tmp_path: Path, pack: object
) -> None:
    records = [record(BODY, number) for number in (1, 2, 3)]
    whole = pack(records)  # type: ignore[operator]
    ends = [len(pack(records[:count])) for count in (1, 2, 3)]  # type: ignore[operator]
    for cut in range(20, len(whole), 37):
        if cut in ends:
            continue
        (tmp_path / "cut.warc").write_bytes(whole[:cut])
        outcomes = read(tmp_path / "cut.warc")
        complete = sum(end <= cut for end in ends)
        # The bytes that end a record may be missing without a loss.
        kept = [one for one in outcomes if isinstance(one, Kept)]
        assert complete <= len(kept) <= complete + 1
        lost = [one for one in outcomes if isinstance(one, Dropped)]
        assert len(lost) == 1 or (len(kept) == complete + 1 and not lost), cut


def test_bytes_broken_in_the_middle_cost_only_what_follows(tmp_path: Path) -> None:
    data = bytearray(packed([record(BODY, number) for number in (1, 2, 3)]))
    middle = len(data) // 2
    data[middle : middle + 30] = b"x" * 30
    (tmp_path / "a.warc.gz").write_bytes(data)
    outcomes = read(tmp_path / "a.warc.gz")
    assert isinstance(outcomes[0], Kept)
    assert isinstance(outcomes[-1], Dropped)
    assert "broken after" in outcomes[-1].reason


def test_content_that_unpacks_beyond_the_limit_is_dropped_and_the_next_page_read(tmp_path: Path) -> None:
    bombs = [
        record(gzip.compress(b"a" * 30_000_000), 1, "Content-Type: text/html\r\nContent-Encoding: gzip"),
        record(brotli.compress(b"a" * 30_000_000), 2, "Content-Type: text/html\r\nContent-Encoding: br"),
        record(b"a" * 2_000_000, 3),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join([*bombs, record(BODY, 4)]))
    outcomes = read(tmp_path / "a.warc", item_bytes=1_000_000)
    assert ["too large" in one.reason for one in outcomes if isinstance(one, Dropped)] == [True] * 3
    assert isinstance(outcomes[-1], Kept)


def test_of_a_wacz_only_the_archives_are_read(tmp_path: Path) -> None:
    files = {
        "datapackage.json": b'{"profile": "data-package"}',
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://news.example/1"}',
        "archive/data.warc.gz": packed([record(BODY)]),
    }
    (tmp_path / "a.wacz").write_bytes(zipped(files))
    [page] = pages(tmp_path / "a.wacz")
    assert page.path.endswith("a.wacz!archive/data.warc.gz#record-1")
    assert page.address == "https://news.example/1"


def test_plain_text_of_a_crawl_is_read(tmp_path: Path) -> None:
    text = ARABIC.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://news.example/1\r\n"
        "WARC-Date: 2024-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
    )
    (tmp_path / "a.warc.wet").write_bytes(head.encode() + text + b"\r\n\r\n")
    assert pages(tmp_path / "a.warc.wet")[0].text == ARABIC
