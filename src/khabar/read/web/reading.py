"""Addresses to pages: one outcome for each, in the order named, several hosts at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice

from anyio.from_thread import BlockingPortal, start_blocking_portal

from khabar.model.outcome import Outcome
from khabar.model.page import Page
from khabar.read.faults import Unreadable
from khabar.read.found import Found
from khabar.read.web.addresses import BadAddress, canonical_address
from khabar.read.web.failure import Failure
from khabar.read.web.feed import Entry, Feed
from khabar.read.web.feeds import parse_feed
from khabar.read.web.fetch import Fetcher
from khabar.read.web.fetched import Answer, Validators
from khabar.read.web.kinds import refuse_kind
from khabar.read.web.policy import Policy
from khabar.read.web.targets import Quota, Target, found_of, is_feed, left_over, pages_of_feed

AT_ONCE = 8  # addresses under way; of one host one at a time
MOST_PARTS = 10  # of a sitemap index
Each = Callable[[Found], Iterator[Outcome[Page]]]
Known = MutableMapping[str, Validators]


def read_addresses(
    addresses: Iterable[str], policy: Policy, each: Each, known: Known | None = None
) -> Iterator[Outcome[Page]]:
    """A page, or the reason why there is none, for each address; for a feed one for each of its entries.

    `each` reads the body of an answer. `known` holds by address what servers gave to ask whether a page has
    changed: it is asked with, and brought up to date. Errors: ReadError when evidence cannot be kept.
    """
    named = [Target(address, quota=Quota(policy.feed_entries)) for address in addresses]
    return _Reading(policy, each, known if known is not None else {}).read(named)


def read_entries(
    entries: Iterable[Entry], policy: Policy, each: Each, known: Known | None = None
) -> Iterator[Outcome[Page]]:
    """The same for the pages that entries of feeds lead to, with what the entries say of them."""
    targets = [Target(entry.address, entry.claims()) for entry in entries]
    return _Reading(policy, each, known if known is not None else {}).read(targets)


@dataclass(slots=True)
class _Job:
    target: Target
    answer: Future[Answer] | None = None


class _Reading:
    def __init__(self, policy: Policy, each: Each, known: Known) -> None:
        self._policy, self._each, self._known = policy, each, known
        self._seen: set[str] = set()

    def read(self, targets: Iterable[Target]) -> Iterator[Outcome[Page]]:
        jobs = deque(_Job(target) for target in targets)
        if not jobs:
            return
        with (
            start_blocking_portal() as portal,
            portal.wrap_async_context_manager(Fetcher(self._policy)) as fetcher,
        ):
            while jobs:
                self._start(jobs, portal, fetcher)
                yield from self._finish(jobs.popleft(), jobs)

    def _start(self, jobs: deque[_Job], portal: BlockingPortal, fetcher: Fetcher) -> None:
        for job in islice(jobs, AT_ONCE):
            if job.answer is None and self._is_new(job.target):
                known = self._known.get(job.target.address)
                job.answer = portal.start_task_soon(fetcher.fetch, job.target.address, known, refuse_kind)

    def _is_new(self, target: Target) -> bool:
        try:
            place = canonical_address(target.address)
        except BadAddress:
            return True  # fetching says what is wrong
        if place in self._seen:
            return False
        self._seen.add(place)
        return True

    def _finish(self, job: _Job, jobs: deque[_Job]) -> Iterator[Outcome[Page]]:
        target = job.target
        if job.answer is None:
            yield target.drop("this address was read already")
            return
        try:
            answer = job.answer.result()
            yield from self._read(target, answer, jobs)
        except Unreadable as failure:
            yield target.drop(failure.reason)

    def _read(self, target: Target, answer: Answer, jobs: deque[_Job]) -> Iterator[Outcome[Page]]:
        if answer.status == 304:
            raise Failure("it has not changed since it was last fetched")
        self._known[target.address] = answer.validators
        if not answer.body.strip():
            raise Failure("the server sent an empty page")
        found = found_of(target, answer)
        if not is_feed(found):
            yield from self._each(found)
        elif target.quota is None:
            raise Failure("a feed where a report was announced")
        else:
            feed = parse_feed(answer.body, answer.address, answer.header("Content-Type"))
            yield from self._read_feed(target, target.quota, found, feed, jobs)

    def _read_feed(
        self, target: Target, quota: Quota, found: Found, feed: Feed, jobs: deque[_Job]
    ) -> Iterator[Outcome[Page]]:
        if feed.parts:
            yield from self._follow_parts(target, quota, feed, jobs)
        elif not self._policy.feed_pages:
            yield from pages_of_feed(found, feed, quota.left)
            quota.left = max(0, quota.left - len(feed.entries))
        else:
            yield from self._follow_entries(target, quota, feed, jobs)

    def _follow_parts(
        self, target: Target, quota: Quota, feed: Feed, jobs: deque[_Job]
    ) -> Iterator[Outcome[Page]]:
        if not target.parts_follow:
            raise Failure("an index within an index of sitemaps is not followed")
        parts = feed.parts[:MOST_PARTS]
        jobs.extendleft(_Job(Target(part, quota=quota, parts_follow=False)) for part in reversed(parts))
        if len(feed.parts) > len(parts):
            yield target.drop(f"{len(feed.parts) - len(parts):,} older parts of this index were left")

    def _follow_entries(
        self, target: Target, quota: Quota, feed: Feed, jobs: deque[_Job]
    ) -> Iterator[Outcome[Page]]:
        entries = [entry for entry in feed.entries if entry.address]
        if not entries:
            raise Failure("this feed has no entries that lead to a page")
        taken = entries[: quota.left]
        quota.left -= len(taken)
        jobs.extendleft(_Job(Target(entry.address, entry.claims())) for entry in reversed(taken))
        if len(entries) > len(taken):
            yield target.drop(left_over(len(entries) - len(taken), self._policy.feed_entries))
        for entry in feed.entries:
            if not entry.address:
                yield target.drop(f"the entry {entry.key[:80]!r} leads to no page")
