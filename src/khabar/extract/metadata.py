"""What a page says about itself outside its visible text: dates, titles, the outlet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from khabar.extract.outlets import Outlet
from khabar.extract.visible import Metadata
from khabar.model.article import DateClaim

_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
)
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "title")
_MOST = 20_000  # values of JSON-LD that are looked at
_LONGEST = 300_000  # characters of one JSON-LD script
_ARTICLE_KEYS = ("datePublished", "headline", "publisher")


@dataclass(frozen=True, slots=True)
class About:
    """What the metadata say, as it is written there."""

    dates: tuple[DateClaim, ...]
    titles: tuple[str, ...]
    outlet: Outlet | None


def read_metadata(metadata: Metadata) -> About:
    """Dates, titles and outlet from JSON-LD, meta elements and time elements, best sources first."""
    articles = [found for script in metadata.scripts for found in _articles(script)]
    return About(_dates(articles, metadata), _titles(articles, metadata), _outlet(articles, metadata))


def _articles(script: str) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD script that speak of an article; nothing when it cannot be read."""
    try:
        ahead: list[object] = [json.loads(script[:_LONGEST], strict=False)]
    except (ValueError, RecursionError):
        return
    looked_at = 0
    while ahead and looked_at < _MOST:
        looked_at += 1
        value = ahead.pop(0) if looked_at < 100 else ahead.pop()
        if isinstance(value, list):
            ahead += value
        elif isinstance(value, dict):
            if any(key in value for key in _ARTICLE_KEYS):
                yield value
            ahead += [inner for inner in value.values() if isinstance(inner, dict | list)]


def _dates(articles: list[dict[str, object]], metadata: Metadata) -> tuple[DateClaim, ...]:
    claims = [
        DateClaim(text, "json-ld datePublished") for a in articles if (text := _text(a, "datePublished"))
    ]
    for wanted in _DATE_METAS:
        claims += [
            DateClaim(text.strip(), f"meta {name}")
            for name, text in metadata.metas
            if name == wanted and text.strip()
        ]
    claims += [DateClaim(text.strip(), "time datetime") for text, _ in metadata.times[:10] if text.strip()]
    return tuple(dict.fromkeys(claims))


def _titles(articles: list[dict[str, object]], metadata: Metadata) -> tuple[str, ...]:
    titles = [text for article in articles if (text := _text(article, "headline"))]
    for wanted in _TITLE_METAS:
        titles += [text.strip() for name, text in metadata.metas if name == wanted and text.strip()]
    return tuple(dict.fromkeys([*titles, *([metadata.title] if metadata.title else [])]))


def _outlet(articles: list[dict[str, object]], metadata: Metadata) -> Outlet | None:
    for article in articles:
        publisher = article.get("publisher")
        for value in publisher if isinstance(publisher, list) else [publisher]:
            name = _text(value, "name") if isinstance(value, dict) else value
            if isinstance(name, str) and name.strip():
                return Outlet(name.strip(), "the publisher in the page's JSON-LD")
    for wanted in ("og:site_name", "application-name", "dc.publisher", "publisher"):
        for name, text in metadata.metas:
            if name == wanted and text.strip():
                return Outlet(text.strip(), f"the page's meta {wanted}")
    return None


def _text(article: dict[str, object], key: str) -> str:
    value = article.get(key)
    return value.strip() if isinstance(value, str) else ""
