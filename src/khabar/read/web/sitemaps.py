"""Lists of addresses in XML: news sitemaps, sitemap indexes, and OPML lists of feeds.

Source: sitemaps.org 0.9, Google's news sitemaps, OPML 2.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from khabar.read.faults import Unreadable
from khabar.read.web.addresses import join_address
from khabar.read.web.feed import Entry, Feed, plain

MOST_ENTRIES = 50_000  # as the protocol allows in one file
_HEAD_BYTES = 4096
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.I)
_OPML = re.compile(rb"<opml\b", re.I)


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed that an OPML list names."""

    address: str
    title: str = ""
    folder: str = ""


def is_sitemap(data: bytes) -> bool:
    """Whether the first bytes are those of a sitemap or of an index of them."""
    return _SITEMAP.search(data[:_HEAD_BYTES]) is not None


def is_opml(data: bytes) -> bool:
    """Whether the first bytes are those of an OPML list."""
    return _OPML.search(data[:_HEAD_BYTES]) is not None


def parse_sitemap(data: bytes, address: str = "") -> Feed:
    """The entries of a sitemap, or the parts of an index. Errors: Unreadable."""
    root = _root(data, "sitemap")
    if _name(root) == "sitemapindex":
        parts = [(_child(one, "lastmod"), _child(one, "loc")) for one in _children(root, "sitemap")]
        newest = sorted(parts, key=lambda part: part[0], reverse=True)
        return Feed(parts=tuple(join_address(address, place) for _, place in newest if place))
    found = _children(root, "url")[:MOST_ENTRIES]
    return Feed(entries=tuple(_entry(one, address) for one in found if _child(one, "loc")))


def parse_opml(data: bytes, address: str = "") -> tuple[Followed, ...]:
    """The feeds that an OPML list names, in order, each address once. Errors: Unreadable."""
    found: dict[str, Followed] = {}
    for outline in _root(data, "OPML list").iter("outline"):
        place = outline.get("xmlUrl") or outline.get("xmlurl") or outline.get("url") or ""
        if place.strip():
            one = Followed(join_address(address, place), _label(outline), _label(outline.getparent()))
            found.setdefault(one.address, one)
    return tuple(found.values())


def _label(outline: etree._Element | None) -> str:
    named = outline is not None and (outline.get("title") or outline.get("text"))
    return plain(named or "", is_html=False)


def _entry(url: etree._Element, address: str) -> Entry:
    news = next(iter(_children(url, "news")), None)
    publication = next(iter(_children(news, "publication")), None)
    return Entry(
        address=join_address(address, _child(url, "loc")),
        title=_child(news, "title"),
        published=_child(news, "publication_date"),
        modified=_child(url, "lastmod"),
        outlet=_child(publication, "name"),
        language=_child(publication, "language"),
        said_in="sitemap",
    )


def _root(data: bytes, what: str) -> etree._Element:
    # Nothing is fetched and no entity is spelled out: a page of entities must not become a library.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"this {what} is broken XML: {error}") from error
    if root is None:
        raise Unreadable(f"this {what} is broken XML")
    return root


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _children(element: etree._Element | None, name: str) -> list[etree._Element]:
    return [] if element is None else [one for one in element if _name(one) == name]


def _child(element: etree._Element | None, name: str) -> str:
    found = next(iter(_children(element, name)), None)
    return "" if found is None else plain("".join(found.itertext()), is_html=False)
