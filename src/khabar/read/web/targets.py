"""What is to be fetched, and how an answer becomes pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import PurePosixPath

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.found import Found, stream_of
from khabar.read.kinds import Kind, kind_of, peek_gzip
from khabar.read.pages import page_of_text
from khabar.read.web.addresses import display_address
from khabar.read.web.feed import Entry, Feed
from khabar.read.web.fetched import Answer
from khabar.read.web.sitemaps import is_sitemap

HEADER_CLAIMS = (
    ("Last-Modified", ClaimField.MODIFIED),
    ("Content-Language", ClaimField.LANGUAGE),
    ("Date", ClaimField.CAPTURED),
)


@dataclass(slots=True)
class Quota:
    """How many entries of one feed may still be read, over all the parts that it has."""

    left: int


@dataclass(frozen=True, slots=True)
class Target:
    """An address to fetch, with what was said of it where it was found.

    `quota` is set where a feed or sitemap may stand: at what the user named, and at the parts of an index.
    """

    address: str
    claims: tuple[Claim, ...] = ()
    quota: Quota | None = None
    parts_follow: bool = field(default=True)

    def drop(self, reason: str) -> Dropped:
        """This address as one that gave no page."""
        return Dropped(display_address(self.address), "read", reason)


def found_of(target: Target, answer: Answer) -> Found:
    """The body of an answer as an input, with what its headers say."""
    said = tuple(
        Claim(about, value, f"http header {name}")
        for name, about in HEADER_CLAIMS
        if (value := answer.header(name))
    )
    return Found(
        path=display_address(target.address),
        name=_name(answer),
        stream=stream_of(answer.body),
        named=True,
        charset=answer.charset or None,
        media=answer.media_type,
        address=answer.address,
        captured=answer.moment,
        claims=(*target.claims, *said),
    )


def _name(answer: Answer) -> str:
    """The file's name where the server does not say what it sends; a page at /news.pdf is still a page."""
    told = answer.media_type
    if told.startswith("text/") or told.endswith(("xml", "json", "pdf")):
        return ""
    return PurePosixPath(answer.address.partition("?")[0].rstrip("/")).name


def is_feed(found: Found) -> bool:
    """Whether an answer is a feed or a sitemap, packed or not."""
    head = found.head()
    return kind_of(found) is Kind.FEED or is_sitemap(peek_gzip(head))


def pages_of_feed(found: Found, feed: Feed, most: int) -> Iterator[Outcome[Page]]:
    """A page for each entry from what the feed itself carries: its content, else its description."""
    if not feed.entries:
        yield found.drop("this feed has no entries")
    for entry in feed.entries[:most]:
        yield _page_of_entry(found, entry)
    if len(feed.entries) > most:
        yield found.drop(left_over(len(feed.entries) - most, most))


def _page_of_entry(found: Found, entry: Entry) -> Outcome[Page]:
    path = display_address(entry.address) if entry.address else f"{found.path}#{entry.key[:80]}"
    own = replace(
        found,
        path=path,
        address=entry.address or found.address,
        claims=(*found.claims, *entry.claims()),
    )
    text = entry.content or entry.description
    if not text.strip():
        return own.drop("the feed carries no text of this entry")
    if not entry.content or not entry.content_is_html:
        return page_of_text(own, f"{entry.title}\n\n{text}".strip(), PageKind.TEXT, "feed")
    page = f"<article>\n<h1>{escape(entry.title)}</h1>\n{text}\n</article>"
    return page_of_text(own, page, PageKind.HTML, "feed")


def left_over(count: int, most: int) -> str:
    """The reason for leaving entries."""
    return f"{count:,} further entries were left: feed_entries is {most:,}"
