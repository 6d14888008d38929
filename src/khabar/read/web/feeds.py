"""Feeds of every kind to values: RSS and Atom by feedparser, JSON Feed, sitemaps by their own rules.

Source: docs/decisions/web.md says what else was tried.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any

import feedparser  # type: ignore[import-untyped]

from khabar.read.faults import Unreadable
from khabar.read.web.addresses import join_address
from khabar.read.web.body import gunzip
from khabar.read.web.feed import Entry, Feed, plain
from khabar.read.web.sitemaps import is_sitemap, parse_sitemap

LIMIT_BYTES = 20_000_000  # unpacked; sitemaps may have 50 MB, but no list of news is so long
MOST_ENTRIES = 10_000
# feedparser's time grows with the square of the depth, and on torn XML by seconds for each million of these.
# A feed of 10,000 entries has some 300,000.
_MOST_MARKUP = 500_000
_DEEPEST = 300
_MOST_SECTIONS = 10
_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.I)
_TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")


def parse_feed(data: bytes, address: str = "", media: str = "") -> Feed:
    """The entries of a feed or sitemap, links resolved against `address`; of broken XML what can be read.

    `media` is the Content-Type that came with it. Errors: Unreadable when it is no feed.
    """
    if data.startswith(b"\x1f\x8b"):
        data = gunzip(data, LIMIT_BYTES)
    if len(data) > LIMIT_BYTES:
        raise Unreadable(f"too large for a feed: {len(data):,} bytes, the limit is {LIMIT_BYTES:,}")
    if _JSON.match(data):
        return _parse_json(data, address)
    if is_sitemap(data):
        return parse_sitemap(data, address)
    if not _FEED.search(data):
        raise Unreadable("this is no feed: neither RSS, Atom, JSON Feed nor a sitemap")
    _check_markup(data)
    return _parse_xml(data, address, media)


def _check_markup(data: bytes) -> None:
    """Errors: Unreadable for what would keep the parser busy for minutes; no feed of news is like that."""
    if data.count(b"<") + data.count(b"&") > _MOST_MARKUP:
        raise Unreadable(f"this feed has too much markup: the limit is {_MOST_MARKUP:,} marks")
    depth = 0
    for tag in _TAG.finditer(_without_sections(data)):
        depth += 0 if tag[2] else -1 if tag[1] else 1
        if depth > _DEEPEST:
            raise Unreadable(f"this feed is nested more than {_DEEPEST:,} deep")


def _without_sections(data: bytes) -> bytes:
    """The feed without its CDATA sections: the tags in them are words to a parser."""
    first, *rest = data.split(b"<![CDATA[")
    return b"".join([first, *(part.partition(b"]]>")[2] for part in rest)])


def _parse_xml(data: bytes, address: str, media: str) -> Feed:
    # A stream, because feedparser takes words for the name of a file or an address and would open it.
    headers = {"content-location": address} | ({"content-type": media} if "xml" in media else {})
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:
        # It mends torn feeds by itself; what it lets through on hostile ones are faults of many kinds.
        raise Unreadable(f"this feed is too broken to be read ({type(error).__name__})") from error
    title = _words(found.feed, "title")
    language = found.feed.get("language", "")
    if found.version.startswith("rss"):
        _date_items(found.entries)
    entries = (_entry(one, title, language, address) for one in found.entries[:MOST_ENTRIES])
    return Feed(title, tuple(entries))


def _date_items(items: list[dict[str, Any]]) -> None:
    """RSS 1.0 has one date for an item (dc:date); feedparser files it as that of the last change."""
    for item in items:
        if "published" not in item.keys() and "updated" in item.keys():  # noqa: SIM118  (`in` knows aliases)
            item["published"] = item.pop("updated")


def _entry(found: Any, title: str, language: str, address: str) -> Entry:
    contents = dict.get(found, "content") or []
    content: Mapping[str, Any] = next((one for one in contents if one.get("value", "").strip()), {})
    link = found.get("link", "")
    return Entry(
        address=join_address(address, link) if link else "",
        id=found.get("id", ""),
        title=_words(found, "title"),
        published=dict.get(found, "published") or "",
        modified=dict.get(found, "updated") or "",
        outlet=_words(found.get("source") or {}, "title") or title,
        byline=plain(found.get("author", ""), is_html=False),
        sections=tuple(tag["term"] for tag in found.get("tags", [])[:_MOST_SECTIONS] if tag.get("term")),
        language=content.get("language") or language or "",
        description=_words(found, "summary"),
        content=content.get("value", ""),
        content_is_html=content.get("type") != "text/plain",
    )


def _words(found: Mapping[str, Any], name: str) -> str:
    """The visible words of a field that may hold markup."""
    detail = found.get(f"{name}_detail") or {}
    text = found.get(name) or ""
    return plain(text, "html" in (detail.get("type") or "") or "</" in text)


def _parse_json(data: bytes, address: str) -> Feed:
    try:
        found = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise Unreadable("this feed is broken JSON") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise Unreadable("this JSON is no feed: it has no list of items")
    title, language = _text(found, "title"), _text(found, "language")
    kept = (one for one in items[:MOST_ENTRIES] if isinstance(one, dict))
    return Feed(title, tuple(_json_entry(one, title, language, address) for one in kept))


def _json_entry(item: Mapping[str, Any], title: str, language: str, address: str) -> Entry:
    html, text = _text(item, "content_html"), _text(item, "content_text")
    authors = item.get("authors") or [item.get("author")]
    tags = item.get("tags")
    return Entry(
        address=join_address(address, link) if (link := _text(item, "url")) else "",
        id=_text(item, "id"),
        title=plain(_text(item, "title"), is_html=False),
        published=_text(item, "date_published"),
        modified=_text(item, "date_modified"),
        outlet=title,
        byline=", ".join(
            _text(one, "name") for one in authors if isinstance(one, dict) and _text(one, "name")
        ),
        sections=tuple(str(tag) for tag in tags[:_MOST_SECTIONS]) if isinstance(tags, list) else (),
        language=_text(item, "language") or language,
        description=plain(_text(item, "summary"), is_html=False),
        content=html or text,
        content_is_html=bool(html),
    )


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return str(value) if isinstance(value, str | int) else ""
