"""Feeds, sitemaps and lists of feeds, as constructed in feed_cases."""

from __future__ import annotations

import time
from urllib.parse import unquote

import pytest
from feed_cases import (
    AT,
    ATOM,
    BOMB,
    BROKEN,
    FIRST_ENTRIES,
    JSON_FEED,
    OPML,
    RSS_AR,
    RSS_FA,
    SITEMAP,
    SITEMAP_INDEX,
    ZWNJ,
)

from khabar.model.claims import ClaimField
from khabar.read.faults import Unreadable
from khabar.read.web.discover import discover_feeds
from khabar.read.web.feeds import parse_feed
from khabar.read.web.sitemaps import parse_opml


@pytest.mark.parametrize("name", FIRST_ENTRIES)
def test_the_first_entry_says_what_is_written_there(name: str) -> None:
    data, *expected = FIRST_ENTRIES[name]
    entry = parse_feed(data, AT).entries[0]
    section = entry.sections[0] if entry.sections else ""
    assert [entry.title, unquote(entry.address), entry.published, entry.byline, section] == expected


def test_dates_in_other_calendars_stay_as_written() -> None:
    claims = parse_feed(RSS_AR.encode(), AT).entries[0].claims()
    assert [(one.text, one.origin) for one in claims if one.field is ClaimField.PUBLISHED] == [
        ("الأربعاء، 17 ذو القعدة 1441 هـ - 14:30", "feed entry published")
    ]


def test_an_entry_claims_outlet_language_and_description_too() -> None:
    said = {claim.field: claim.text for claim in parse_feed(RSS_AR.encode(), AT).entries[0].claims()}
    assert said[ClaimField.OUTLET] == "وكالة الساحل"
    assert said[ClaimField.LANGUAGE] == "ar"
    assert said[ClaimField.DESCRIPTION] == "وصلت السفينة صباحاً."


def test_what_an_entry_does_not_say_is_not_claimed() -> None:
    entry = parse_feed(RSS_FA.encode(), AT).entries[0]
    fields = {claim.field for claim in entry.claims()}
    assert ClaimField.MODIFIED not in fields
    assert ClaimField.BYLINE not in fields
    assert entry.description == f"کشتی{ZWNJ}ها رسیدند."


@pytest.mark.parametrize(
    ("data", "content", "modified"),
    [
        (RSS_AR, "<p>وصلت السفينة «نور» صباح الأربعاء.</p><p>وقال القبطان إن الرحلة هادئة.</p>", ""),
        (ATOM, "<p>High water came.</p>", "2026-03-10T09:00:00Z"),
        (JSON_FEED, "<p>Seeds were sown.</p>", "2026-03-11T08:00:00+02:00"),
    ],
)
def test_the_report_that_a_feed_carries_is_kept_with_its_markup(
    data: str, content: str, modified: str
) -> None:
    entry = parse_feed(data.encode(), AT).entries[0]
    assert content in entry.content
    assert entry.modified == modified


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    feed = parse_feed(BROKEN.encode(), AT)
    assert feed.title == "Torn & Sons"
    assert [entry.title for entry in feed.entries] == ["Rain & hail at 5 < 6 o'clock", "Second"]


@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_entities_are_not_spelled_out_and_no_file_is_opened(root: str) -> None:
    start = time.monotonic()
    data = BOMB
    if root == "urlset":
        head = BOMB.partition("<rss")[0].replace("DOCTYPE rss", "DOCTYPE urlset")
        data = head + "<urlset><url><loc>https://news.example/&h;&x;</loc></url></urlset>"
    feed = parse_feed(data.encode(), AT)
    assert time.monotonic() - start < 5
    assert len(repr(feed)) < 2000
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123
        assert file.read().strip() not in repr(feed)


def test_a_sitemap_index_gives_its_parts_newest_first() -> None:
    more = "<sitemap><loc>/s2.xml</loc><lastmod>2026-03-12</lastmod></sitemap></sitemapindex>"
    index = SITEMAP_INDEX.replace("</sitemapindex>", more)
    assert parse_feed(index.encode(), AT).parts == (
        "https://news.example/s2.xml",
        "https://news.example/s1.xml.gz",
    )


def test_a_sitemap_names_outlet_and_language() -> None:
    entry = parse_feed(SITEMAP.encode(), AT).entries[0]
    assert (entry.outlet, entry.language, entry.modified) == ("پگاه بندر", "fa", "2026-03-11")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"<html><p>no feed</p>", b"{", b"{}", b"[1]", b"/etc/hostname"]
)
def test_what_is_no_feed_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable):
        parse_feed(data, AT)


def test_a_gzip_bomb_is_refused() -> None:
    import gzip

    with pytest.raises(Unreadable, match="too large"):
        parse_feed(gzip.compress(b"<urlset>" + b" " * 30_000_000), AT)


def test_an_opml_list_gives_its_feeds_with_their_folder() -> None:
    assert [(one.address, one.title, one.folder) for one in parse_opml(OPML.encode())] == [
        ("https://news.example/ar.xml", "وكالة الساحل", "Arabic"),
        ("https://news.example/en.atom", "Times", ""),
    ]


def test_a_page_names_its_feeds() -> None:
    html = """<head><base href="/fa/"><link rel="alternate" type="application/rss+xml" href="rss">
    <link rel="alternate" hreflang="ar" href="/ar">
    <link rel='ALTERNATE feed' type="application/atom+xml" href="/a.atom">
    <link rel="alternate" type="application/rss+xml" href="rss"></head>"""
    found = discover_feeds(html, "https://news.example/x")
    assert found == ("https://news.example/fa/rss", "https://news.example/a.atom")
