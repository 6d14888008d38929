"""Following feeds: what is new is taken in once, by any number of processes, through kills and failures."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from tests.library.conftest import Opener
from tests.library.reports import BRIDGE_AR, BRIDGE_EN, COMET_EN, STRIKE_EN, tiny
from tests.read.web.servers import Reply, Site

from khabar.encode.types import Encoder
from khabar.errors import NotFound, SettingError
from khabar.library import Library
from khabar.library.following import MOST_TRIES, Brought, fetch_sources
from khabar.library.sources import follow, hold_due, list_sources, next_due_s, settle, unfollow
from khabar.settings import Settings

QUICK = {"allow_private": "on", "host_pause_s": 0.0, "retries": 0, "fetch_timeout_s": 20.0}


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


@pytest.fixture
def library(where: str, open_at: Opener, tmp_path: Path) -> Library:
    return open_at(where, **QUICK, evidence=tmp_path / "evidence")


def page(report: str) -> Reply:
    _, title, day, *body = [part for part in report.split("\n") if part]
    words = "".join(f"<p>{escape(one)}</p>" for one in (day, *body))
    return Reply(f"<html><body><article><h1>{escape(title)}</h1>{words}</article></body></html>")


def publish(site: Site, **reports: str) -> None:
    """The feed names these reports, and each stands at its address."""
    items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in reports)
    text = f"<rss version='2.0'><channel><title>Coast wire</title>{items}</channel></rss>"
    site.routes["/rss"] = Reply(text, media="text/xml")
    site.routes |= {f"/{name}": page(report) for name, report in reports.items()}


def fetch_all(library: Library) -> Brought:
    (brought,) = fetch_sources(library, everything=True)
    return brought


def release(library: Library) -> None:
    """What the passing of time would do to sources whose holder was killed."""
    with library.store.writing():
        library.store.run("UPDATE sources SET held_until = '2000-01-01T00:00:00.000Z', next_due = NULL")


def test_an_address_is_followed_once_however_it_is_written(library: Library) -> None:
    first, is_new = follow(library.store, "https://news.example/rss?utm_source=x")
    again, is_new_again = follow(library.store, "HTTPS://News.example/rss#top")
    assert (is_new, is_new_again, again.id) == (True, False, first.id)
    with pytest.raises(SettingError, match="cannot be followed"):
        follow(library.store, "ftp://news.example/rss")


def test_what_is_left_stays_on_record_and_may_be_taken_up_again(library: Library) -> None:
    source, _ = follow(library.store, "https://news.example/rss")
    unfollow(library.store, source.address)
    assert list_sources(library.store) == []
    assert [one.state for one in list_sources(library.store, left=True)] == ["left"]
    assert follow(library.store, source.address)[1]
    with pytest.raises(NotFound, match="is not followed"):
        unfollow(library.store, "f99")


def test_only_what_is_new_is_read(library: Library, site: Site, tmp_path: Path) -> None:
    follow(library.store, site.at("/rss"))
    publish(site, bridge=BRIDGE_EN, comet=COMET_EN)
    first = fetch_all(library)
    assert (first.title, first.entries, first.kept, first.error) == ("Coast wire", 2, 2, "")
    publish(site, strike=STRIKE_EN, bridge_ar=BRIDGE_AR, bridge=BRIDGE_EN)
    second = fetch_all(library)
    assert (second.entries, second.kept, second.known) == (2, 2, 0)
    assert site.paths.count("/bridge") == 1
    assert library.totals().articles == 4
    assert library.totals().shared_stories == 1  # the bridge, in two languages
    (source,) = list_sources(library.store)
    assert (source.title, source.reports, source.failures) == ("Coast wire", 4, 0)
    assert list((tmp_path / "evidence").glob("*.warc.gz"))


def test_a_source_is_asked_when_it_is_due(library: Library, site: Site) -> None:
    assert next_due_s(library.store) is None
    follow(library.store, site.at("/rss"))
    publish(site, comet=COMET_EN)
    assert next_due_s(library.store) == 0.0
    assert [one.kept for one in fetch_sources(library)] == [1]
    assert fetch_sources(library) == []
    assert (next_due_s(library.store) or 0) > 60


def test_a_page_that_fails_is_tried_again_and_not_for_ever(library: Library, site: Site) -> None:
    follow(library.store, site.at("/rss"))
    publish(site, comet=COMET_EN, strike=STRIKE_EN)
    site.routes["/comet"] = site.routes["/strike"] = Reply("", 500)
    assert [(item.path, item.stage) for item in fetch_all(library).dropped] == [
        (site.at("/comet"), "read"),
        (site.at("/strike"), "read"),
    ]
    site.routes["/comet"] = page(COMET_EN)
    assert fetch_all(library).kept == 1
    for _ in range(MOST_TRIES):
        fetch_all(library)
    assert site.paths.count("/strike") == MOST_TRIES
    assert site.paths.count("/comet") == 2


def test_a_feed_that_fails_says_why_and_is_asked_later(library: Library, site: Site) -> None:
    follow(library.store, site.at("/gone"))
    assert "no page at this address" in fetch_all(library).error
    (source,) = list_sources(library.store)
    assert source.failures == 1
    assert "404" in source.note
    assert fetch_sources(library) == []


def test_all_are_asked_however_far_off_their_time_is(library: Library, site: Site) -> None:
    for number in range(20):  # every other one fails, and is due much later than the rest
        follow(library.store, site.at(f"/rss{number}"))
        if number % 2:
            site.routes[f"/rss{number}"] = Reply(
                "<rss version='2.0'><channel></channel></rss>", media="text/xml"
            )
    for _ in range(3):
        assert len(fetch_sources(library, everything=True)) == 20
    assert all(site.paths.count(f"/rss{number}") == 3 for number in range(20))


def test_an_address_that_stands_in_a_feed_twice_is_read_once(library: Library, site: Site) -> None:
    follow(library.store, site.at("/rss"))
    items = "".join(f"<item><guid>{name}</guid><link>/comet</link></item>" for name in "ab")
    site.routes["/rss"] = Reply(f"<rss version='2.0'><channel>{items}</channel></rss>", media="text/xml")
    site.routes["/comet"] = page(COMET_EN)
    assert fetch_all(library).kept == 1
    assert fetch_all(library).entries == 0
    assert site.paths.count("/comet") == 1


def test_two_at_once_read_each_page_once(where: str, open_at: Opener, tmp_path: Path, site: Site) -> None:
    libraries = [open_at(where, **QUICK, evidence=tmp_path / "evidence") for _ in range(2)]
    for number in range(12):
        name = f"n{number}"
        site.routes[f"/rss{number}"] = Reply(
            f"<rss version='2.0'><channel><item><link>/{name}</link></item></channel></rss>", media="text/xml"
        )
        site.routes[f"/{name}"] = page(tiny_report(number))
        follow(libraries[0].store, site.at(f"/rss{number}"))
    brought: list[Brought] = []
    both = [threading.Thread(target=lambda one=one: brought.extend(fetch_sources(one))) for one in libraries]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(one.address for one in brought) == sorted(site.at(f"/rss{n}") for n in range(12))
    assert all(site.paths.count(f"/n{number}") == 1 for number in range(12))
    assert libraries[0].totals().articles == 12


def tiny_report(number: int) -> str:
    title, words, more = [part for part in tiny(number).split("\n") if part]
    return f"Wire\n{title}\n{3 + number} June 2026\n{words}\n{more}"


def test_who_lost_its_hold_writes_nothing(library: Library) -> None:
    follow(library.store, "https://news.example/rss")
    (held,) = hold_due(library.store, "first")
    assert hold_due(library.store, "second") == []
    release(library)
    (taken,) = hold_due(library.store, "second")
    assert not settle(library.store, held, "first", "wrong")
    assert settle(library.store, taken, "second", "right")
    assert [one.title for one in list_sources(library.store)] == ["right"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_what_was_killed_while_fetching_is_completed(tmp_path: Path, passes: Encoder, site: Site) -> None:
    publish(site, **{f"n{number}": tiny_report(number) for number in range(6)})
    place = tmp_path / "k.db"
    with Library.open(place, Settings(**QUICK), create=True, encoder=passes) as library:  # type: ignore[arg-type]
        follow(library.store, site.at("/rss"))
    chance = random.Random(3)
    for _ in range(8):
        process = multiprocessing.get_context("fork").Process(target=_fetch, args=(place, passes))
        process.start()
        process.join(chance.uniform(0.05, 0.6))
        if process.exitcode is None and process.pid is not None:
            os.kill(process.pid, signal.SIGKILL)
            process.join()
        with Library.open(place, Settings(**QUICK), encoder=passes) as library:  # type: ignore[arg-type]
            release(library)
    assert _fetch(place, passes) == 6


def _fetch(place: Path, encoder: Encoder) -> int:
    with Library.open(place, Settings(**QUICK), encoder=encoder) as library:  # type: ignore[arg-type]
        fetch_sources(library, everything=True)
        assert library.check().faults == ()
        return library.totals().articles
