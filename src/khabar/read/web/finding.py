"""What there is to follow at an address: the feed itself, or those that a page names."""

from __future__ import annotations

import anyio

from khabar.read.decode import decode
from khabar.read.faults import Unreadable
from khabar.read.web.discover import discover_feeds
from khabar.read.web.feeds import parse_feed
from khabar.read.web.fetch import Fetcher
from khabar.read.web.kinds import refuse_kind
from khabar.read.web.policy import Policy
from khabar.read.web.sitemaps import Followed


def find_feeds(address: str, policy: Policy) -> tuple[Followed, ...]:
    """The feed at the address with its title, or the feeds that the page there names.

    Errors: Unreadable where nothing can be fetched, or what is there is no feed and names none.
    """

    async def run() -> tuple[Followed, ...]:
        async with Fetcher(policy) as fetcher:
            answer = await fetcher.fetch(address, None, refuse_kind)
        try:
            feed = parse_feed(answer.body, answer.address, answer.header("Content-Type"))
        except Unreadable:
            named = discover_feeds(decode(answer.body, html=True).text, answer.address)
            if not named:
                raise
            return tuple(Followed(one) for one in named)
        return (Followed(address, feed.title),)

    return anyio.run(run)
