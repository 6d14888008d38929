"""What a page says of itself is kept with its origin, and the choice is explained."""

from __future__ import annotations

import json

import pytest

from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import Extract
from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind

TITLE = "Flood closes Skerry bridge"
BODY = (
    f"<h1>{TITLE}</h1><p>The bridge over the Skerry was closed on Monday after a flood damaged two piers.</p>"
    "<p>Mayor Colin Weir said repairs would take until May and cost two million pounds.</p>"
)


def open_page(html: str, **more: object) -> Extract:
    page = Page("a.html", PageKind.HTML, html, "utf-8", "declared", **more)  # type: ignore[arg-type]
    outcome = extract(page, load_languages())
    assert isinstance(outcome, Kept)
    return outcome.item


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


ARTICLE = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2026-03-02",
    "author": {"name": "Anna Holt"},
}


@pytest.mark.parametrize(
    "head",
    [
        script(ARTICLE),
        script([{"@type": "BreadcrumbList"}, ARTICLE]),
        script(
            {
                "@graph": [
                    {"@type": "WebPage"},
                    ARTICLE | {"author": {"@id": "#a"}},
                    {"@id": "#a", "name": "Anna Holt"},
                ]
            }
        ),
        script(ARTICLE).replace("}}", "},}"),
        script(ARTICLE).replace("}}", "}"),
        '<meta name="dc.creator" content="Anna Holt"><meta name="dcterms.issued" content="2026-03-02">',
        '<meta name="citation_author" content="Anna Holt"><meta name="citation_date" content="2026-03-02">',
        '<meta name="parsely-author" content="Anna Holt"><meta name="sailthru.date" content="2026-03-02">',
        '<div itemscope><span itemprop="author" itemscope><b itemprop="name">Anna Holt</b></span>'
        '<meta itemprop="datePublished" content="2026-03-02"></div>',
    ],
)
def test_day_and_byline_are_read_wherever_sites_write_them(head: str) -> None:
    found = open_page(f"<html><head>{head}</head><body>{BODY}")
    said = {(claim.field, claim.text) for claim in found.facts.claims}
    assert (ClaimField.PUBLISHED, "2026-03-02") in said
    assert found.facts.byline is not None
    assert found.facts.byline.text == "Anna Holt"
    assert found.facts.byline.chosen


def test_a_visible_byline_is_named_with_its_place_and_without_its_label() -> None:
    found = open_page(f"<p class=byline>By Anna Holt</p>{BODY}")
    assert found.facts.byline is not None
    assert found.facts.byline.span is not None
    assert found.facts.byline.span.of(found.text) == found.facts.byline.text == "Anna Holt"


def test_the_address_tells_a_day_only_in_its_path() -> None:
    canonical = '<link rel=canonical href="https://example.org/2026/03/02/flood">'
    found = open_page(canonical + '<meta property="og:url" content="/?d=2025/01/01">' + BODY)
    assert found.facts.address is not None
    assert found.facts.address.text == "https://example.org/2026/03/02/flood"
    days = [c for c in found.facts.claims if c.field is ClaimField.PUBLISHED]
    assert days == [Claim(ClaimField.PUBLISHED, "2026/03/02", "the path of the address")]


def test_what_came_with_the_page_is_kept_and_a_server_header_dates_nothing() -> None:
    feed = Claim(ClaimField.PUBLISHED, "Mon, 02 Mar 2026 10:00:00 GMT", "feed entry")
    header = Claim(ClaimField.MODIFIED, "Fri, 06 Mar 2026 10:00:00 GMT", "http header last-modified")
    found = open_page(BODY, claims=(feed, header), address="https://example.org/a")
    assert {feed, header} <= set(found.facts.claims)
    assert [claim.text for claim in found.date_claims] == [feed.text]


def test_other_articles_of_the_json_ld_say_nothing_of_this_one() -> None:
    other = {"@type": "NewsArticle", "headline": "Ferry fares rise", "datePublished": "2025-01-01"}
    page = script(ARTICLE | {"mentions": [other]}) + script({"@type": "ItemList", "itemListElement": [other]})
    assert "2025-01-01" not in {claim.text for claim in open_page(page + BODY).facts.claims}


def test_the_title_says_who_agrees_with_it() -> None:
    assert "json-ld headline" in open_page(script(ARTICLE) + BODY).facts.title_from
