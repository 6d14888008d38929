"""Asking sources again and again: when, and what counts as new."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from readers import each
from servers import Reply, Site

from khabar.model.outcome import kept
from khabar.read.web.feed import Entry
from khabar.read.web.fetched import Validators
from khabar.read.web.policy import Policy
from khabar.read.web.poll import Polled, poll_sources
from khabar.read.web.reading import read_entries
from khabar.read.web.schedule import (
    FIRST_S,
    LONGEST_S,
    MOST_SEEN,
    SHORTEST_S,
    Health,
    after_failure,
    after_success,
    due,
    new_entries,
)

NOW = 1_780_000_000.0


def feed(*numbers: int) -> Reply:
    items = "".join(
        f"<item><guid>{n}</guid><title>News {n}</title><link>/n{n}</link></item>" for n in numbers
    )
    return Reply(f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>", media="text/xml")


def entries(*names: str) -> tuple[Entry, ...]:
    return tuple(Entry(id=name) for name in names)


def poll_one(policy: Policy, address: str, health: Health | None = None, now: float = NOW) -> Polled:
    state = {address: replace(health, next_due=now)} if health else {}
    (found,) = poll_sources([address], state, policy, now)
    return found


def test_only_what_is_new_is_given_out(site: Site, quick: Policy) -> None:
    site.routes["/rss"] = feed(2, 1)
    first = poll_one(quick, site.at("/rss"))
    assert ([entry.title for entry in first.new], first.title) == (["News 2", "News 1"], "Wire")
    site.routes["/rss"] = feed(3, 2)
    second = poll_one(quick, site.at("/rss"), first.health)
    assert [entry.title for entry in second.new] == ["News 3"]
    third = poll_one(quick, site.at("/rss"), second.health)
    assert (third.new, third.unchanged, third.error) == ((), True, "")


def test_an_unchanged_feed_is_not_sent_again_and_nothing_forgotten(site: Site, quick: Policy) -> None:
    tag = {"ETag": '"1"'}
    site.routes["/rss"] = replace(feed(1), headers=tag)
    first = poll_one(quick, site.at("/rss"))
    site.routes["/rss"] = lambda asked: (
        Reply("", 304) if asked.get("if-none-match") == '"1"' else Reply("", 500)
    )
    second = poll_one(quick, site.at("/rss"), first.health)
    third = poll_one(quick, site.at("/rss"), second.health)
    assert (third.unchanged, third.error, third.new) == (True, "", ())
    assert third.health.seen == first.health.seen != ()
    assert third.health.last_success == NOW


def test_a_source_that_fails_is_told_and_asked_more_seldom(site: Site, quick: Policy) -> None:
    site.routes["/rss"] = Reply("", 500)
    found = poll_one(replace(quick, retries=0), site.at("/rss"))
    assert found.error == found.health.last_error == "its server gives no page (status 500)"
    again = poll_one(replace(quick, retries=0), site.at("/rss"), found.health)
    assert again.health.failures == 2
    assert again.health.next_due - NOW > found.health.next_due - NOW > FIRST_S
    site.routes["/rss"] = feed(1)
    well = poll_one(quick, site.at("/rss"), again.health)
    assert (well.health.failures, well.health.last_success, len(well.new)) == (0, NOW, 1)


def test_a_pause_that_the_server_asks_for_is_kept(site: Site, quick: Policy) -> None:
    site.routes["/rss"] = Reply("", 503, {"Retry-After": "200000"})
    assert poll_one(quick, site.at("/rss")).health.next_due >= NOW + 200_000


def test_only_sources_whose_time_has_come_are_asked(site: Site, quick: Policy) -> None:
    site.routes["/a"], site.routes["/b"] = feed(1), feed(2)
    state = {site.at("/b"): Health(site.at("/b"), next_due=NOW + 1)}
    heard: list[Polled] = []
    found = poll_sources([site.at("/a"), site.at("/b")], state, quick, NOW, heard.append)
    assert [one.health.address for one in found] == [site.at("/a")]
    assert heard == found
    assert site.paths == ["/a"]


def test_a_page_that_is_no_feed_names_its_feeds(site: Site, quick: Policy) -> None:
    site.routes["/"] = Reply('<link rel="alternate" type="application/rss+xml" href="/rss"><p>Rain.')
    assert poll_one(quick, site.at("/")).error == (
        f"this is a page, no feed; it names these feeds: {site.at('/rss')}"
    )


def test_what_the_new_entries_lead_to_is_read_with_their_claims(site: Site, quick: Policy) -> None:
    site.routes["/rss"] = feed(1, 2)
    site.routes["/n1"] = site.routes["/n2"] = Reply()
    found = poll_one(quick, site.at("/rss"))
    pages = kept(read_entries(found.new, quick, each))
    assert [(page.path, page.claims[0].text) for page in pages] == [
        (site.at("/n1"), "News 1"),
        (site.at("/n2"), "News 2"),
    ]


def test_news_makes_asking_more_frequent_and_silence_less() -> None:
    health = Health("https://news.example/rss")
    lively, quiet = health, health
    for turn in range(40):
        fresh = entries(str(turn))
        lively = after_success(lively, NOW, fresh, fresh, Validators())
        quiet = after_success(quiet, NOW, (), (), Validators())
    assert (lively.interval_s, quiet.interval_s) == (SHORTEST_S, LONGEST_S)
    assert (lively.last_new, quiet.last_new) == (NOW, None)


@given(st.lists(st.sampled_from(["news", "nothing", "failure"]), max_size=60), st.text(max_size=20))
def test_the_next_time_is_always_ahead_and_never_far(events: list[str], address: str) -> None:
    health = Health(address)
    for turn, event in enumerate(events):
        fresh = entries(str(turn)) if event == "news" else ()
        if event == "failure":
            health = after_failure(health, NOW, "no answer")
        else:
            health = after_success(health, NOW, fresh, fresh, Validators())
        assert NOW + SHORTEST_S * 0.9 <= health.next_due <= NOW + LONGEST_S * 1.1
        assert (health.failures == 0) == (event != "failure")


@given(st.lists(st.lists(st.integers(0, 30).map(str), max_size=12), max_size=12))
def test_no_entry_is_given_out_twice_and_none_is_missed(polls: list[list[str]]) -> None:
    health, given_out = Health("a"), list[str]()
    for names in polls:
        fresh = new_entries(health, entries(*names))
        given_out += [entry.key for entry in fresh]
        health = after_success(health, NOW, fresh, entries(*names), Validators())
    assert sorted(given_out) == sorted({name for names in polls for name in names})


def test_memory_for_entries_is_bounded_but_keeps_what_the_feed_still_lists() -> None:
    old = entries("still there")
    health = after_success(Health("a"), NOW, old, old, Validators())
    for turn in range(4):
        fresh = entries(*(f"{turn}-{n}" for n in range(2000)))
        health = after_success(health, NOW, fresh, (*old, *fresh), Validators())
    assert len(health.seen) <= MOST_SEEN
    assert new_entries(health, old) == ()


def test_the_longest_overdue_comes_first() -> None:
    state = {name: Health(name, next_due=moment) for name, moment in (("a", 5.0), ("b", 1.0), ("c", 50.0))}
    assert [one.address for one in due(["a", "b", "c", "a", "new"], state, 10.0)] == ["new", "b", "a"]
