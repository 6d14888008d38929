"""A feed or sitemap as values: its entries, and what each says of the page that it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from khabar.model.claims import Claim, ClaimField

_TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
# What stands between these is not shown. Found step by step: one pattern for both ends would look for the
# second end again from each first one.
_HIDDEN = tuple(
    (re.compile(start, re.I), re.compile(end, re.I))
    for start, end in (("<!--", "-->"), (r"<script\b", r"</script\s*>"), (r"<style\b", r"</style\s*>"))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Everything is as written there but for markup; "" is what it does not say."""

    address: str = ""
    id: str = ""
    title: str = ""
    published: str = ""
    modified: str = ""
    outlet: str = ""
    byline: str = ""
    sections: tuple[str, ...] = ()
    language: str = ""
    description: str = ""
    content: str = ""  # the report itself, where the feed carries it
    content_is_html: bool = True
    said_in: str = "feed entry"

    @property
    def key(self) -> str:
        """What tells this entry from others of its feed."""
        return self.id or self.address or self.title

    def claims(self) -> tuple[Claim, ...]:
        """What the entry says, each with the place."""
        said = (
            (ClaimField.TITLE, self.title),
            (ClaimField.PUBLISHED, self.published),
            (ClaimField.MODIFIED, self.modified),
            (ClaimField.OUTLET, self.outlet),
            (ClaimField.BYLINE, self.byline),
            *((ClaimField.SECTION, section) for section in self.sections),
            (ClaimField.ADDRESS, self.address),
            (ClaimField.LANGUAGE, self.language),
            (ClaimField.DESCRIPTION, self.description),
        )
        return tuple(Claim(field, text, f"{self.said_in} {field}") for field, text in said if text)


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries in their order; `parts` are the addresses of a sitemap index's sitemaps."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    parts: tuple[str, ...] = ()


def plain(text: str, is_html: bool = True) -> str:
    """The visible words on one line."""
    if is_html:
        for start, end in _HIDDEN:
            text = _without(text, start, end)
        text = unescape(_TAG.sub(" ", text))
    return " ".join(re.split(r"[ \t\r\n]+", text)).strip()


def _without(text: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    kept, place = [], 0
    while (first := start.search(text, place)) and (last := end.search(text, first.end())):
        kept.append(text[place : first.start()])
        place = last.end()
    return " ".join([*kept, text[place:]])
