"""Feeds, sitemaps and lists of feeds, as constructed in feed_cases."""

from __future__ import annotations

import time
from contextlib import suppress
from urllib.parse import unquote

import pytest
from evaluations.feeds.cases import (
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
from hypothesis import given
from hypothesis import strategies as st

from khabar.model.claims import ClaimField
from khabar.read.faults import Unreadable
from khabar.read.web.discover import discover_feeds
from khabar.read.web.feed import plain
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
    assert time.monotonic() - start < 20
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


START = b"<rss><channel>"


@pytest.mark.parametrize(
    "data",
    [
        START + b"<item><title>a</title>" * 50_000,
        START + b"<a>" * 400_000,
        START + b"<" * 1_000_000,
        START + b"<item><title>" + b"&" * 1_000_000,
        START + b"<item><description>" + b"&lt;script&gt;" * 100_000,
        START + b"<item><description>" + b"&lt;!-- " * 200_000,
        START + (b"<a>" * 290 + b"</a>" * 290) * 50,
        b"<urlset>" + b"<url>" * 500_000,
        b'{"items":' + b"[" * 200_000,
    ],
    ids=[
        "unended items",
        "depth",
        "marks",
        "ampersands",
        "scripts",
        "comments",
        "up and down",
        "sitemap",
        "json",
    ],
)
def test_hostile_feeds_end_in_time(data: bytes) -> None:
    start = time.monotonic()
    with suppress(Unreadable):
        parse_feed(data, AT)
    assert time.monotonic() - start < 60  # on a busy machine; unguarded, some were not done in 15


@given(
    st.sampled_from([RSS_AR, RSS_FA, ATOM, JSON_FEED, SITEMAP, OPML, "<rss>", "<feed>"]).map(str.encode),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=12)), max_size=4),
    st.integers(0, 3000),
)
def test_any_bytes_are_a_feed_or_say_that_they_are_none(
    data: bytes, changes: list[tuple[int, bytes]], end: int
) -> None:
    for place, words in changes:
        data = data[:place] + words + data[place + len(words) :]
    for one in (data, data[:end]):
        with suppress(Unreadable):
            for entry in parse_feed(one, AT).entries:
                assert all(isinstance(claim.text, str) and claim.text for claim in entry.claims())
        with suppress(Unreadable):
            parse_opml(one)


@given(st.text(st.sampled_from("<>!-/ascriptSCRIPT كـ&;#x\u200c\n"), max_size=60))
def test_words_without_markup_stay_whole(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert "\u200c" not in text or "<" in text or "\u200c" in shown


def test_scripts_and_comments_are_no_words() -> None:
    html = "<!-- x --><p>One</p><SCRIPT>a < b</SCRIPT> two <style>p{}</style>&amp; <b>three</b> 5 < 6"
    assert plain(html) == "One two & three 5 < 6"
