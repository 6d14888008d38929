"""Asks the sources that are due, and gives back what is new in them and what is known of them now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import anyio
from anyio import to_thread

from khabar.read.decode import decode
from khabar.read.faults import Unreadable
from khabar.read.web.discover import discover_feeds
from khabar.read.web.failure import Failure
from khabar.read.web.feed import Entry, Feed
from khabar.read.web.feeds import parse_feed
from khabar.read.web.fetch import Fetcher
from khabar.read.web.fetched import Answer, Validators
from khabar.read.web.kinds import refuse_kind
from khabar.read.web.policy import Policy
from khabar.read.web.reading import MOST_PARTS
from khabar.read.web.schedule import Health, after_failure, after_success, due, new_entries

_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Polled:
    """One source after it was asked: `new` are entries not given out before, `error` says what went wrong."""

    health: Health
    new: tuple[Entry, ...] = ()
    title: str = ""
    unchanged: bool = False  # the server said so, or the feed holds nothing new
    error: str = ""


def poll_sources(
    sources: Iterable[str],
    state: Mapping[str, Health],
    policy: Policy,
    now: float,
    done: Callable[[Polled], None] | None = None,
) -> list[Polled]:
    """The same as `poll`, for callers that do not wait for others meanwhile."""

    async def run() -> list[Polled]:
        async with Fetcher(policy) as fetcher:
            return await poll(sources, state, fetcher, now, done)

    return anyio.run(run)


async def poll(
    sources: Iterable[str],
    state: Mapping[str, Health],
    fetcher: Fetcher,
    now: float,
    done: Callable[[Polled], None] | None = None,
) -> list[Polled]:
    """Each source that is due at `now` (seconds since 1970), asked; in the order in which they were due.

    `done` hears of each as it comes. What a source's entries lead to is not fetched here: read_entries does.
    """
    ahead = due(sources, state, now)
    found: dict[str, Polled] = {}
    slots = anyio.Semaphore(_AT_ONCE)

    async def one(health: Health) -> None:
        async with slots:
            found[health.address] = await _poll_one(health, fetcher, now)
        if done is not None:
            done(found[health.address])

    async with anyio.create_task_group() as group:
        for health in ahead:
            group.start_soon(one, health)
    return [found[health.address] for health in ahead]


async def _poll_one(health: Health, fetcher: Fetcher, now: float) -> Polled:
    try:
        answer = await fetcher.fetch(health.address, health.validators, refuse_kind)
        if answer.status == 304:
            # A server may leave the validators out of this answer; those that we have still hold.
            after = after_success(health, now, (), (), health.validators)
            return Polled(replace(after, seen=health.seen), unchanged=True)
        feed = await _whole(await to_thread.run_sync(_feed_of, answer), fetcher)
    except Unreadable as failure:
        wait_s = failure.wait_s if isinstance(failure, Failure) else 0.0
        return Polled(after_failure(health, now, failure.reason, wait_s), error=failure.reason)
    fresh = new_entries(health, feed.entries)
    validators = Validators() if feed.parts else answer.validators  # an index can stay while its parts change
    after = after_success(health, now, fresh, feed.entries, validators)
    return Polled(after, fresh, feed.title, unchanged=not fresh)


def _feed_of(answer: Answer) -> Feed:
    try:
        return parse_feed(answer.body, answer.address, answer.header("Content-Type"))
    except Unreadable as error:
        feeds = discover_feeds(decode(answer.body, html=True).text, answer.address)
        if not feeds:
            raise
        raise Failure(f"this is a page, no feed; it names these feeds: {', '.join(feeds[:5])}") from error


async def _whole(feed: Feed, fetcher: Fetcher) -> Feed:
    """The feed with the entries of an index's newest parts; a part that cannot be read is passed over.

    Errors: Failure where no part can be read.
    """
    entries, failure = list(feed.entries), None
    for part in feed.parts[:MOST_PARTS]:
        try:
            answer = await fetcher.fetch(part, None, refuse_kind)
            entries += (await to_thread.run_sync(_feed_of, answer)).entries
        except Unreadable as error:
            failure = error
    if failure is not None and not entries:
        raise failure
    return replace(feed, entries=tuple(entries))
