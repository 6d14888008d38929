from __future__ import annotations

import io
from pathlib import Path

import pytest

from khabar.model.outcome import Dropped, Kept
from khabar.model.page import PageKind
from khabar.read import read_sources
from read.places import ARABIC, PAGE, PERSIAN, packed, pages, read, record, said, zipped

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour Gazette</title>
<item><title>خبر</title><link>https://news.example/1</link><pubDate>Wed, 08 Mar 2023 10:15:00 +0300</pubDate>
<description>{ARABIC}</description></item>
<item><title>گزارش</title><link>https://news.example/2</link><description>{PERSIAN}</description></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (ARABIC.encode(), PageKind.TEXT),
        (PAGE.encode(), PageKind.HTML),
        (zipped({"a.html": PAGE.encode()}), PageKind.HTML),
        (packed([record(PAGE.encode())]), PageKind.HTML),
    ],
)
def test_standard_input_is_known_by_its_content(data: bytes, kind: PageKind) -> None:
    [outcome] = read_sources(["-"], standard_input=io.BytesIO(data))
    assert isinstance(outcome, Kept)
    assert outcome.item.kind is kind
    assert outcome.item.path.startswith("-")


def test_an_address_is_not_fetched_unless_asked_to() -> None:
    [gone] = read_sources(["https://news.example/1"])
    assert isinstance(gone, Dropped)
    assert "not fetched" in gone.reason


def test_sources_keep_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    outcomes = list(
        read_sources(["https://news.example/1", tmp_path / "a.txt", "-"], standard_input=io.BytesIO(b"two"))
    )
    paths = [one.path if isinstance(one, Dropped) else one.item.path for one in outcomes]
    assert paths == ["https://news.example/1", str(tmp_path / "a.txt"), "-"]


@pytest.mark.parametrize("name", ["feed.rss", "feed.xml", "feed", "wrong.html", "wrong.txt"])
def test_a_saved_feed_gives_a_page_for_each_entry(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RSS, encoding="utf-8")
    first, second = pages(tmp_path / name)
    assert ARABIC in first.text
    assert PERSIAN in second.text
    assert first.path == f"{tmp_path / name}#https://news.example/1"
    assert said(first)["published"] == "Wed, 08 Mar 2023 10:15:00 +0300"


def test_a_page_under_the_name_of_a_text_is_read_as_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<!DOCTYPE html>" + PAGE, encoding="utf-8")
    assert pages(tmp_path / "a.txt")[0].kind is PageKind.HTML


def test_markdown_says_its_title_and_date_and_loses_nothing(tmp_path: Path) -> None:
    text = f"---\ntitle: خبر\ndate: 2024-03-01\n---\n# خبر\n\n{ARABIC}\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    [page] = pages(tmp_path / "a.md")
    assert page.text == text
    assert (said(page)["title"], said(page)["published"]) == ("خبر", "2024-03-01")


def test_parts_of_a_file_in_two_charsets_are_both_read(tmp_path: Path) -> None:
    head, tail = f"<p>{ARABIC}</p>\n" * 3, f"<p>{PERSIAN.replace('ی', 'ي')}</p>\n" * 3
    (tmp_path / "a.html").write_bytes(head.encode() + tail.encode("cp1256"))
    [page] = pages(tmp_path / "a.html")
    assert (page.text, page.charset, page.broken) == (head + tail, "utf-8 and cp1256", 0)


def test_nul_bytes_in_a_text_stay_where_they_are(tmp_path: Path) -> None:
    text = ARABIC * 3 + "\0" + ARABIC * 3
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert pages(tmp_path / "a.txt")[0].text == text


def test_old_office_documents_say_how_to_save_them(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)
    [gone] = read(tmp_path / "a.doc")
    assert ".docx" in gone.reason  # type: ignore[union-attr]
