"""What is said of a page outside its visible text: every claim as it is written, with its origin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khabar.extract.jsonld import Object, Scripts, read_scripts, text_of, type_of
from khabar.extract.visible import Metadata
from khabar.model.claims import Claim, ClaimField
from khabar.model.page import Page

_METAS: Mapping[ClaimField, str] = {
    ClaimField.PUBLISHED: (
        "article:published_time og:article:published_time og:published_time datepublished dcterms.issued "
        "dc.date.issued dc.date dcterms.date dcterms.created dc.date.created date pubdate publishdate "
        "publish-date publication_date publication-date parsely-pub-date sailthru.date article.published "
        "citation_publication_date citation_date citation_online_date prism.publicationdate "
        "video:release_date"
    ),
    ClaimField.MODIFIED: (
        "article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified lastmod "
        "last-modified article.updated"
    ),
    ClaimField.TITLE: (
        "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title citation_title title"
    ),
    ClaimField.OUTLET: (
        "og:site_name application-name dc.publisher dcterms.publisher publisher citation_publisher "
        "citation_journal_title"
    ),
    ClaimField.BYLINE: (
        "author article:author_name parsely-author sailthru.author dc.creator dcterms.creator "
        "citation_author article:author byl"
    ),
    ClaimField.SECTION: "article:section parsely-section og:article:section section",
    ClaimField.ADDRESS: "og:url parsely-link twitter:url citation_public_url",
    ClaimField.LANGUAGE: "og:locale content-language dc.language dcterms.language language",
    ClaimField.DESCRIPTION: "description og:description dc.description",
}
_JSON_LD: tuple[tuple[ClaimField, tuple[str, ...]], ...] = (
    (ClaimField.PUBLISHED, ("datePublished", "uploadDate", "dateCreated")),
    (ClaimField.MODIFIED, ("dateModified",)),
    (ClaimField.TITLE, ("headline", "name")),
    (ClaimField.OUTLET, ("publisher",)),
    (ClaimField.BYLINE, ("author", "creator")),
    (ClaimField.SECTION, ("articleSection",)),
    (ClaimField.ADDRESS, ("url",)),
    (ClaimField.LANGUAGE, ("inLanguage",)),
    (ClaimField.DESCRIPTION, ("description",)),
)
_ITEMS: Mapping[str, ClaimField] = {
    "headline": ClaimField.TITLE,
    "datepublished": ClaimField.PUBLISHED,
    "datemodified": ClaimField.MODIFIED,
    "author.name": ClaimField.BYLINE,
    "author": ClaimField.BYLINE,
    "publisher.name": ClaimField.OUTLET,
    "articlesection": ClaimField.SECTION,
}
_ELEMENTS: Mapping[str, ClaimField] = {
    "element byline": ClaimField.BYLINE,
    "element section": ClaimField.SECTION,
}
_DAY_IN_PATH = re.compile(
    r"/((?:19|20|13|14)\d\d([/-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?=[/_.-]|$)"
)
_LONGEST = 1000  # characters of one claim
_MOST_TIMES = 10
_ADDRESS = re.compile(r"https?://", re.I)


@dataclass(frozen=True, slots=True)
class Said:
    """All claims, best sources first, and the JSON-LD, which also tells what kind of page it is."""

    claims: tuple[Claim, ...]
    scripts: Scripts

    def of(self, field: ClaimField) -> list[Claim]:
        """The claims about one field, best first."""
        return [claim for claim in self.claims if claim.field is field]

    def texts(self, field: ClaimField) -> tuple[str, ...]:
        """What is claimed about one field, each once."""
        return tuple(dict.fromkeys(claim.text for claim in self.of(field)))


def read_metadata(metadata: Metadata, page: Page) -> Said:
    """JSON-LD, meta elements, microdata, links, time elements, address, and what came with the page."""
    scripts = read_scripts(metadata.scripts)
    claims = [
        *(claim for report in scripts.reports[:20] for claim in _of_report(report, scripts)),
        *_of_metas(metadata),
        *(Claim(_ITEMS[name], text, f"microdata {name}") for name, text in metadata.items if name in _ITEMS),
        *(Claim(_ELEMENTS[name], text, name) for name, text in metadata.items if name in _ELEMENTS),
        *page.claims,
        *_of_head(metadata),
        *(
            Claim(ClaimField.PUBLISHED, text, f"time datetime{_named(names)}")
            for text, names in _times(metadata)
        ),
    ]
    if page.address:
        claims.append(Claim(ClaimField.ADDRESS, page.address, "the address it was fetched from"))
    if page.captured:
        claims.append(Claim(ClaimField.CAPTURED, page.captured, "the moment it was fetched"))
    whole = list(_trimmed(claims))
    return Said(tuple(dict.fromkeys([*whole, *_of_addresses(whole)])), scripts)


def _of_report(report: Object, scripts: Scripts) -> Iterator[Claim]:
    for field, keys in _JSON_LD:
        for key in keys:
            if key == "name" and "headline" in report:
                continue
            value = report.get(key)
            values = value if isinstance(value, list) and field is ClaimField.BYLINE else [value]
            for each in values[:10]:
                yield Claim(field, text_of(scripts.resolve(_first(each))), f"json-ld {key}")
    main = report.get("mainEntityOfPage")
    address = main.get("@id") if isinstance(main, dict) else main
    yield Claim(ClaimField.ADDRESS, text_of(address), "json-ld mainEntityOfPage")


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _of_metas(metadata: Metadata) -> Iterator[Claim]:
    for field, names in _METAS.items():
        for wanted in names.split():
            for name, text in metadata.metas:
                if name == wanted:
                    yield Claim(field, text, f"meta {name}")


def _of_head(metadata: Metadata) -> Iterator[Claim]:
    yield Claim(ClaimField.TITLE, metadata.title, "title element")
    for relation, target in metadata.links:
        if relation == "canonical":
            yield Claim(ClaimField.ADDRESS, target, "link canonical")
    yield Claim(ClaimField.LANGUAGE, metadata.language, "html lang")


def _times(metadata: Metadata) -> list[tuple[str, str]]:
    return metadata.times[:_MOST_TIMES]


def _named(names: str) -> str:
    """The word "modified", where the names of the element say that it tells of a change."""
    return " modified" if re.search(r"modif|updat", names, re.I) else ""


def _trimmed(claims: list[Claim]) -> Iterator[Claim]:
    for claim in claims:
        text = " ".join(claim.text.split())
        is_link = claim.field is ClaimField.BYLINE and _ADDRESS.match(text)
        if text and len(text) <= _LONGEST and not is_link:
            yield Claim(claim.field, text, claim.origin)


def _of_addresses(claims: list[Claim]) -> Iterator[Claim]:
    """The day in the path of an address, "/2026/02/14/"; a number in another place may be anything."""
    for claim in claims:
        if claim.field is ClaimField.ADDRESS:
            found = _DAY_IN_PATH.search(claim.text)
            if found:
                yield Claim(ClaimField.PUBLISHED, found[1], "the path of the address")


def kinds_of_page(said: Said, metadata: Metadata) -> str:
    """The types that JSON-LD and og:type name, in small letters, parted by spaces."""
    named = [type_of(value) for value in said.scripts.reports]
    return " ".join([*named, *(text for name, text in metadata.metas if name == "og:type")]).lower()
