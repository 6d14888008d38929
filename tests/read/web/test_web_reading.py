"""Addresses to pages, against a real server on loopback."""

from __future__ import annotations

import gzip
import time
import zlib
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import anyio
import pytest
from evaluations.feeds.cases import ATOM, RSS_AR, SITEMAP, SITEMAP_INDEX
from readers import each, read, read_one, reason
from servers import PAGE, Reply, Site, free_port

from khabar.model.claims import ClaimField
from khabar.model.outcome import Dropped, Kept, kept
from khabar.read.sources import read_sources
from khabar.read.web.fetched import Validators
from khabar.read.web.policy import Policy
from khabar.read.web.reading import read_addresses


def test_a_page_comes_with_its_address_moment_and_headers(site: Site, quick: Policy) -> None:
    said = {"Last-Modified": "Tue, 10 Mar 2026 08:00:00 GMT", "Content-Language": "en"}
    site.routes["/news"] = Reply(headers=said)
    page = read_one(quick, site.at("/news#top"))
    assert (page.text, page.path, page.address) == (PAGE, site.at("/news"), site.at("/news"))
    assert page.captured is not None
    assert page.captured.endswith("Z")
    claims = {(claim.field, claim.text, claim.origin) for claim in page.claims}
    assert (ClaimField.MODIFIED, said["Last-Modified"], "http header Last-Modified") in claims
    assert (ClaimField.LANGUAGE, "en", "http header Content-Language") in claims
    assert [claim.origin for claim in page.claims if claim.field is ClaimField.CAPTURED] == [
        "http header Date"
    ]


def test_the_reader_says_who_it_is_and_keeps_no_cookies(site: Site, quick: Policy) -> None:
    site.routes["/a"] = Reply(headers={"Set-Cookie": "id=1"})
    site.routes["/b"] = Reply()
    read(quick, site.at("/a"), site.at("/b"), user_agent="khabar/9 (mail@news.example)")
    assert {headers["user-agent"] for _, headers in site.asked} == {"khabar/9 (mail@news.example)"}
    assert not any("cookie" in headers for _, headers in site.asked)


def test_the_charset_of_the_header_counts(site: Site, quick: Policy) -> None:
    site.routes["/ar"] = Reply(
        "<p>هطل المطر على الميناء</p>".encode("cp1256"), media="text/html; charset=windows-1256"
    )
    page = read_one(quick, site.at("/ar"))
    assert (page.text, page.charset) == ("<p>هطل المطر على الميناء</p>", "cp1256")


def test_only_what_was_named_is_fetched(site: Site, quick: Policy) -> None:
    site.routes["/p"] = Reply(
        '<img src="/i.png"><script src="/s.js"></script><link rel=stylesheet href="/c.css"><p>Rain.'
    )
    read_one(quick, site.at("/p"))
    assert site.paths == ["/p"]


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(PAGE.encode()), "gzip"),
        (zlib.compress(PAGE.encode()), "deflate"),
        (zlib.compress(PAGE.encode())[2:-4], "deflate"),
        (gzip.compress(PAGE[:20].encode()) + gzip.compress(PAGE[20:].encode()), "x-gzip"),
    ],
)
def test_packed_bodies_are_unpacked(site: Site, quick: Policy, packed: bytes, encoding: str) -> None:
    site.routes["/z"] = Reply(packed, headers={"Content-Encoding": encoding})
    assert read_one(quick, site.at("/z")).text == PAGE


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply("gone", 404), "there is no page at this address (status 404)"),
        (Reply("no", 403), "its server refuses it to this reader (status 403)"),
        (Reply("no", 418), "its server gives no page (status 418)"),
        (Reply(""), "the server sent an empty page"),
        (Reply(b"\x89PNG", media="image/png"), "not a page but a picture (image/png)"),
        (Reply("x{}", media="text/css"), "not a page but a style sheet (text/css)"),
        (Reply("a" * 200_001), "too large: more than 200,000 bytes (largest_fetch_mb sets the limit)"),
        (
            Reply(gzip.compress(b"a" * 50_000_000), headers={"Content-Encoding": "gzip"}),
            "too large: more than 200,000 bytes unpacked (largest_fetch_mb sets the limit)",
        ),
        (
            Reply(gzip.compress(PAGE.encode())[:-12], headers={"Content-Encoding": "gzip"}),
            "its packed body is cut off",
        ),
        (Reply(headers={"Content-Encoding": "gzip"}), "its body is said to be packed and is not"),
        (
            Reply(headers={"Content-Encoding": "br"}),
            "it is packed as 'br', which was not asked for and cannot be read",
        ),
        (
            Reply(status=302, headers={"Location": "ftp://news.example/"}),
            "it redirects to 'ftp://news.example/': only http and https are fetched, not ftp",
        ),
    ],
)  # fmt: skip
def test_what_gives_no_page_says_why(site: Site, quick: Policy, reply: Reply, expected: str) -> None:
    site.routes["/x"] = reply
    start = time.monotonic()
    assert reason(quick, site.at("/x")) == expected
    assert time.monotonic() - start < 20


def test_a_redirect_is_followed_and_the_last_address_kept(site: Site, quick: Policy) -> None:
    site.routes["/a"] = Reply("", 301, {"Location": "b?x=1"})
    site.routes["/b?x=1"] = Reply("", 302, {"Location": "/خبر".encode().decode("latin-1")})
    site.routes["/%D8%AE%D8%A8%D8%B1"] = Reply()
    page = read_one(quick, site.at("/a"))
    assert (page.path, page.address) == (site.at("/a"), site.at("/%D8%AE%D8%A8%D8%B1"))


def test_redirects_end(site: Site, quick: Policy) -> None:
    site.routes["/a"] = Reply("", 301, {"Location": "/b"})
    site.routes["/b"] = Reply("", 301, {"Location": "/a"})
    assert reason(quick, site.at("/a")) == "its redirects go in a circle, by 127.0.0.1"
    for step in range(9):
        site.routes[f"/{step}"] = Reply("", 307, {"Location": f"/{step + 1}"})
    assert reason(quick, site.at("/0")) == "it redirects more than 5 times"
    assert reason(quick, site.at("/0"), redirects=0) == "it redirects more than 0 times"


def test_private_addresses_are_refused_unless_allowed(site: Site, quick: Policy) -> None:
    site.routes["/"] = Reply()
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]"):
        told = reason(quick, site.at("/", host), allow_private=False)
        assert told.endswith("such addresses are fetched only with allow_private = on"), told
        assert "this machine" in told
    assert site.asked == []


def test_a_server_that_drips_does_not_hold_us_up(site: Site, quick: Policy) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
        try:
            for _ in range(200):
                handler.wfile.write(b"a")
                time.sleep(0.05)
        except OSError:
            pass

    site.routes["/drip"] = Reply(act=drip)
    start = time.monotonic()
    told = reason(quick, site.at("/drip"), timeout_s=0.5, retries=1)
    assert told == "127.0.0.1 did not answer in time: the limit is 0.5 seconds"
    assert time.monotonic() - start < 20
    assert site.paths == ["/drip", "/drip"]


def test_an_answer_that_breaks_off_is_dropped(site: Site, quick: Policy) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>")
        handler.close_connection = True

    site.routes["/cut"] = Reply(act=break_off)
    assert reason(quick, site.at("/cut")).startswith(
        "127.0.0.1 does not keep to HTTP or broke off its answer"
    )
    assert len(site.paths) == 3


def test_a_host_that_is_not_there_says_so(quick: Policy) -> None:
    start = time.monotonic()
    assert "no host is known by the name nothing.invalid" in reason(
        quick, "http://nothing.invalid/a", timeout_s=5
    )
    assert "no connection to 127.0.0.1" in reason(quick, f"http://127.0.0.1:{free_port()}/")
    assert time.monotonic() - start < 30


def test_a_busy_server_is_asked_again(site: Site, quick: Policy) -> None:
    replies = iter([Reply("", 503), Reply("", 429, {"Retry-After": "0"}), Reply()])
    site.routes["/busy"] = lambda _: next(replies)
    assert read_one(quick, site.at("/busy")).text == PAGE
    site.routes["/busy"] = Reply("", 503)
    assert reason(quick, site.at("/busy")) == "its server gives no page (status 503)"
    assert len(site.paths) == 3 + 3


def test_a_pause_that_a_server_asks_for_is_kept_or_the_page_left(site: Site, quick: Policy) -> None:
    replies = iter([Reply("", 429, {"Retry-After": "1"}), Reply()])
    site.routes["/soon"] = lambda _: next(replies)
    start = time.monotonic()
    read_one(quick, site.at("/soon"))
    assert 0.9 < time.monotonic() - start < 20
    site.routes["/late"] = Reply("", 503, {"Retry-After": "3600"})
    assert reason(quick, site.at("/late")) == (
        "its server is busy (status 503) and asks to come back in 3,600 seconds"
    )


def test_robots_txt_is_asked_once_and_kept_to(site: Site, quick: Policy) -> None:
    site.routes["/robots.txt"] = Reply(
        "User-agent: khabar\nDisallow: /closed\nAllow: /closed/open\n", media="text/plain"
    )
    for path in ("/closed/a", "/closed/open/b", "/c"):
        site.routes[path] = Reply()
    first, second, third = read(quick, *map(site.at, ("/closed/a", "/closed/open/b", "/c")))
    assert isinstance(first, Dropped)
    assert first.reason == "the robots.txt of 127.0.0.1 asks khabar not to fetch this address"
    assert isinstance(second, Kept)
    assert isinstance(third, Kept)
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert site.paths == ["/closed/open/b", "/c"]


@pytest.mark.parametrize(
    ("status", "is_open"), [(404, True), (403, True), (500, False), (503, False), (429, False)]
)
def test_without_a_robots_txt_all_is_open_and_with_a_failing_one_nothing(
    site: Site, quick: Policy, status: int, is_open: bool
) -> None:
    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /", status, media="text/plain")
    site.routes["/a"] = Reply()
    (outcome,) = read(quick, site.at("/a"))
    assert isinstance(outcome, Kept) is is_open
    assert is_open or f"(status {status}), so nothing may be fetched" in outcome.reason  # type: ignore[union-attr]


def test_the_pause_between_requests_is_the_longer_of_ours_and_theirs(site: Site, quick: Policy) -> None:
    site.routes["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 0.4", media="text/plain")
    for path in ("/a", "/b", "/c"):
        site.routes[path] = Reply()
    start = time.monotonic()
    assert len(kept(read(quick, *map(site.at, ("/a", "/b", "/c"))))) == 3
    assert 0.8 <= time.monotonic() - start < 20


def test_a_pause_too_long_to_wait_for_leaves_the_rest(site: Site, quick: Policy) -> None:
    site.routes["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 900", media="text/plain")
    site.routes["/a"] = site.routes["/b"] = Reply()
    first, second = read(quick, site.at("/a"), site.at("/b"))
    assert isinstance(first, Kept)
    assert isinstance(second, Dropped)
    assert "asks for a pause of" in second.reason


def test_an_unchanged_page_is_not_sent_again(site: Site, quick: Policy) -> None:
    tag = {"ETag": '"v1"', "Last-Modified": "Tue, 10 Mar 2026 08:00:00 GMT"}
    site.routes["/a"] = lambda asked: (
        Reply("", 304, tag) if asked.get("if-none-match") == '"v1"' else Reply(headers=tag)
    )
    known: dict[str, Validators] = {}
    read_one(quick, site.at("/a"), known)
    assert reason(quick, site.at("/a"), known) == "it has not changed since it was last fetched"
    assert site.asked[-1][1]["if-modified-since"] == tag["Last-Modified"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://user:hush@news.example/", "this address holds a user name or password; name it without"),
        ("http://", "this address names no host"),
        ("http://[::1", "this is no address"),
        ("http://news.example:99999/", "this is no address"),
        ("http://news.example:25/", "port 25 is none on which pages are served"),
        ("https://news.example/" + "a" * 9000, "this address is too long"),
    ],
)
def test_addresses_that_cannot_be_fetched_say_why_and_show_no_password(
    quick: Policy, address: str, expected: str
) -> None:
    (outcome,) = read(quick, address, allow_private=False)
    assert isinstance(outcome, Dropped)
    assert outcome.reason.startswith(expected)
    assert "hush" not in repr(outcome)


def test_every_address_leaves_one_outcome_in_its_order(site: Site, quick: Policy) -> None:
    site.routes |= {f"/{number}": Reply(f"<p>Report number {number}.") for number in range(12)}
    named = [site.at(f"/{number}") for number in range(12)] + [site.at("/0?utm_source=x"), site.at("/none")]
    outcomes = read(quick, *named)
    assert [page.text for page in kept(outcomes)] == [f"<p>Report number {number}." for number in range(12)]
    assert [one.reason for one in outcomes if isinstance(one, Dropped)] == [
        "this address was read already",
        "there is no page at this address (status 404)",
    ]


def test_reading_can_be_left_early(site: Site, quick: Policy) -> None:
    site.routes |= {f"/{number}": Reply() for number in range(30)}
    outcomes = read_addresses([site.at(f"/{number}") for number in range(30)], quick, each)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert len(site.paths) < 30


def test_a_feed_gives_the_pages_of_its_entries_with_what_it_says_of_them(site: Site, quick: Policy) -> None:
    site.routes["/rss"] = Reply(RSS_AR.replace("utm_source=rss", "id=1"), media="application/rss+xml")
    site.routes["/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/12?id=1"] = Reply()
    page = read_one(quick, site.at("/rss"))
    assert page.text == PAGE
    assert page.path == site.at("/اخبار/12?id=1")
    said = {claim.origin: claim.text for claim in page.claims}
    assert said["feed entry title"] == "وصول السفينة «نور» إلى الميناء"
    assert said["feed entry published"] == "الأربعاء، 17 ذو القعدة 1441 هـ - 14:30"


def test_a_feed_alone_gives_what_it_carries(site: Site, quick: Policy) -> None:
    site.routes["/atom"] = Reply(ATOM, media="application/xml")
    page = read_one(quick, site.at("/atom"), feed_pages=False)
    assert "<p>High water came.</p>" in page.text
    assert page.path == "https://news.example/en/2026/storm"
    assert site.paths == ["/atom"]


def test_entries_beyond_the_limit_are_left_and_counted(site: Site, quick: Policy) -> None:
    items = "".join(f"<item><title>N{n}</title><link>/n{n}</link></item>" for n in range(5))
    site.routes["/rss"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>", media="text/xml")
    site.routes |= {f"/n{n}": Reply(f"<p>Report {n}.") for n in range(5)}
    first, *pages = read(quick, site.at("/rss"), feed_entries=2)
    assert isinstance(first, Dropped)
    assert first.reason == "3 further entries were left: feed_entries is 2"
    assert [page.text for page in kept(pages)] == ["<p>Report 0.", "<p>Report 1."]


def test_an_index_of_sitemaps_is_followed_once(site: Site, quick: Policy) -> None:
    site.routes["/index.xml"] = Reply(SITEMAP_INDEX.replace("https://news.example", ""), media="text/xml")
    site.routes["/s1.xml.gz"] = Reply(
        gzip.compress(SITEMAP.replace("https://news.example", "").encode()), media="application/gzip"
    )
    site.routes["/s"] = Reply()
    page = read_one(quick, site.at("/index.xml"))
    assert {claim.text for claim in page.claims if claim.origin == "sitemap title"} == {"بندر باز شد"}
    site.routes["/s1.xml.gz"] = Reply(SITEMAP_INDEX, media="text/xml")
    assert reason(quick, site.at("/index.xml")) == "an index within an index of sitemaps is not followed"


def test_a_broken_feed_says_so(site: Site, quick: Policy) -> None:
    site.routes["/rss"] = Reply("<x>nothing</x>", media="application/rss+xml")
    assert reason(quick, site.at("/rss")).startswith("this is no feed")


def test_the_default_policy_is_polite(site: Site) -> None:
    site.routes["/a"] = site.routes["/b"] = Reply()
    start = time.monotonic()
    assert len(kept(read(replace(Policy(), allow_private=True), site.at("/a"), site.at("/b")))) == 2
    assert time.monotonic() - start >= 1.0


GARBAGE = {
    "no http": b"220 mail.example ESMTP\r\n",
    "nothing": b"",
    "zeros": b"\0" * 5000,
    "endless head": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 60_000,
    "one long line": b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 500_000,
    "odd status": b"HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n",
    "below nothing": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nabcdefg",
    "broken chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "a place that is none": b"HTTP/1.1 302 Found\r\nLocation: http://[::\xff\r\nContent-Length: 0\r\n\r\n",
    "a switch": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
    "binary as a page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xff;;\r\n"
    + b"Content-Length: 400\r\n\r\n"
    + bytes(range(4)) * 100,
}  # fmt: skip


@pytest.mark.parametrize("name", GARBAGE)
def test_whatever_a_server_sends_ends_as_dropped_in_time(site: Site, quick: Policy, name: str) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            handler.wfile.write(GARBAGE[name])
        handler.close_connection = True

    site.routes["/x"] = Reply(act=send)
    start = time.monotonic()
    assert reason(quick, site.at("/x"), timeout_s=2)
    assert time.monotonic() - start < 20


def test_reading_works_where_a_loop_of_events_runs_already(site: Site, quick: Policy) -> None:
    site.routes["/a"] = Reply()

    async def inside() -> str:
        return read_one(quick, site.at("/a")).text

    assert anyio.run(inside) == PAGE


def test_addresses_stand_among_files_in_their_order(site: Site, quick: Policy, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Snow fell.")
    site.routes["/rain"] = Reply()
    site.routes["/list.json"] = Reply('[{"title": "Hail", "text": "Hail fell."}]', media="application/json")
    sources = [str(tmp_path / "a.txt"), site.at("/rain"), site.at("/list.json"), tmp_path / "a.txt"]
    pages = kept(read_sources(sources, policy=quick))
    assert [page.text for page in pages] == ["Snow fell.", PAGE, "Hail fell.", "Snow fell."]
    assert {type(one) for one in read_sources([site.at("/rain")])} == {Dropped}
