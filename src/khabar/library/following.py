"""Asks what is followed, and takes in what is new: nothing twice, and nothing lost where it is cut off.

An entry counts as seen only once its page is in the library, so whoever comes after a kill reads it again;
the library knows what it has. Two processes share the sources: each holds those that it asks.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khabar.library.library import Library
from khabar.library.sources import HOLD_S, Held, hold_due, hold_on, let_go, settle
from khabar.library.types import Added
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.progress import Progress, Silent
from khabar.read import Limits, parse_fields
from khabar.read.found import Found, stream_of
from khabar.read.sources import reader
from khabar.read.web.addresses import display_address
from khabar.read.web.feed import Entry, Feed
from khabar.read.web.fetched import Validators
from khabar.read.web.policy import Policy, make_policy
from khabar.read.web.poll import Polled, poll_sources
from khabar.read.web.reading import Each, read_entries
from khabar.read.web.schedule import SHORTEST_S
from khabar.read.web.targets import pages_of_feed
from khabar.settings import Settings

MOST_AT_A_TIME = 200  # entries of one source; the others come with the next rounds
MOST_TRIES = 3  # of a page that a feed names; then it is left, and what is known of the source says so
_BYTES_A_MB = 1_000_000
_AT_ONCE = 8
_PART = 20
_SAYS_EVERY_S = HOLD_S / 5


@dataclass(frozen=True, slots=True)
class Brought:
    """What one source brought: `entries` that were new; `kept`, `known` and `dropped` are what they gave."""

    address: str
    title: str
    entries: int
    kept: int
    known: int
    dropped: tuple[Dropped, ...]
    stories: tuple[str, ...]
    error: str = ""


def fetch_sources(
    library: Library,
    progress: Progress | None = None,
    everything: bool = False,
    stop: threading.Event | None = None,
    policy: Policy | None = None,
) -> list[Brought]:
    """Asks all sources that are due, with `everything` all that are followed, and adds what is new.

    After `stop` is set no further source is begun. Errors: ReadError when evidence cannot be kept.
    """
    return _Round(library, progress or Silent(), stop or threading.Event(), policy).run(everything)


def fetching_policy(library: Library) -> Policy:
    """How the web is asked for this library: what is fetched is kept beside its file."""
    policy = make_policy(library.settings)
    if policy.evidence is None and library.store.kind == "sqlite":
        return replace(policy, evidence=Path(library.store.where).with_suffix(".warc"))
    return policy


class _Round:
    def __init__(
        self, library: Library, progress: Progress, stop: threading.Event, policy: Policy | None
    ) -> None:
        self._library, self._progress, self._stop = library, progress, stop
        self._policy = policy or fetching_policy(library)
        self._holder = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._each = _reader(library.settings)
        self._asked: set[str] = set()

    def run(self, everything: bool) -> list[Brought]:
        brought: list[Brought] = []
        while not self._stop.is_set():
            held = hold_due(self._library.store, self._holder, _AT_ONCE, everything)
            again = [one.address for one in held if one.address in self._asked]
            let_go(self._library.store, again, self._holder)
            held = [one for one in held if one.address not in self._asked]
            if not held:
                break
            self._asked.update(one.address for one in held)
            brought += self._ask(held)
        return brought

    def _ask(self, held: Sequence[Held]) -> list[Brought]:
        """The sources asked together, what they brought taken in one after another."""
        left = {one.address: one for one in held}
        self._progress.stage("asking sources", len(held))
        try:
            with _Holding(self._library, left, self._holder):
                # What is due was decided when it was taken; here all are asked.
                state = {one.address: replace(one.health, next_due=0.0) for one in held}
                polled = poll_sources(
                    list(left), state, self._policy, time.time(), lambda _: self._progress.advance()
                )
                brought = []
                for one in polled:
                    if self._stop.is_set():
                        break
                    brought.append(self._take(left[one.health.address], one))
                    del left[one.health.address]
                return brought
        finally:
            let_go(self._library.store, list(left), self._holder)

    def _take(self, held: Held, polled: Polled) -> Brought:
        """What is new in one source, added; then what is known of the source is written down."""
        brought = _Taken()
        ahead = list(polled.new[:MOST_AT_A_TIME])
        while ahead and not self._stop.is_set():
            part, ahead = ahead[:_PART], ahead[_PART:]
            # Fetched first: adding keeps others who add waiting.
            outcomes = list(self._pages(polled, part))
            brought.note(part, outcomes, self._library.add_pages(outcomes, self._progress))
        self._settle(held, polled, brought, bool(ahead) or len(polled.new) > MOST_AT_A_TIME)
        return Brought(
            held.address, polled.title, len(brought.done), brought.kept, brought.known,
            tuple(brought.dropped), tuple(brought.stories), polled.error,
        )  # fmt: skip

    def _settle(self, held: Held, polled: Polled, brought: _Taken, more: bool) -> None:
        tries = {key: held.tries.get(key, 0) + 1 for key in brought.failed}
        again = {key: count for key, count in tries.items() if count < MOST_TRIES}
        unseen = {one.key for one in polled.new} - brought.done | again.keys()
        health = replace(polled.health, seen=tuple(key for key in polled.health.seen if key not in unseen))
        if unseen:  # the server must show the feed again though it has not changed
            health = replace(health, validators=Validators())
        if more:
            health = replace(health, next_due=min(health.next_due, time.time() + SHORTEST_S))
        after = Held(held.address, health, again, held.reports + brought.kept)
        settle(self._library.store, after, self._holder, polled.title)

    def _pages(self, polled: Polled, entries: Sequence[Entry]) -> Iterator[Outcome[Page]]:
        fetched = [one for one in entries if one.address and self._policy.feed_pages]
        yield from read_entries(fetched, self._policy, self._each)
        carried = tuple(one for one in entries if one not in fetched)
        if carried:
            place = polled.health.address
            found = Found(display_address(place), "", stream_of(b""), address=place)
            yield from pages_of_feed(found, Feed(polled.title, carried), len(carried))


class _Taken:
    """What became of a source's entries, as far as they were taken in."""

    def __init__(self) -> None:
        self.done: set[str] = set()
        self.failed: set[str] = set()
        self.kept = self.known = 0
        self.dropped: list[Dropped] = []
        self.stories: dict[str, None] = {}

    def note(self, entries: Sequence[Entry], pages: Sequence[Outcome[Page]], added: Added) -> None:
        """These entries were taken in; those whose page could not be read have failed."""
        self.done.update(entry.key for entry in entries)
        self.kept, self.known = self.kept + added.kept, self.known + added.known
        self.dropped += added.dropped
        self.stories.update(dict.fromkeys(added.stories))
        read = {one.item.path for one in pages if isinstance(one, Kept)}  # an address may stand there twice
        places = {one.path for one in pages if isinstance(one, Dropped)} - read
        self.failed.update(
            one.key for one in entries if one.address and display_address(one.address) in places
        )


class _Holding:
    """Says again and again, while work goes on, that these sources are held."""

    def __init__(self, library: Library, left: dict[str, Held], holder: str) -> None:
        self._library, self._left, self._holder = library, left, holder
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._say, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _say(self) -> None:
        while not self._over.wait(_SAYS_EVERY_S):
            hold_on(self._library.store, list(self._left), self._holder)


def _reader(settings: Settings) -> Each:
    limits = Limits(item_bytes=settings.largest_file_mb * _BYTES_A_MB)
    return reader(limits, parse_fields(settings.fields))
