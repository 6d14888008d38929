"""One report: its unaltered text and everything found in it, each by its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.mentions import Citation, DateMention, NameMention, Published, Quote
from khabar.model.span import Span


class BoilerplateKind(StrEnum):
    """Why a piece of the page is not its body."""

    REPEAT = "repeat"  # the body, or a part of it, a second time
    TITLE_REPEAT = "title_repeat"
    DATE_LINE = "date_line"
    BYLINE = "byline"
    SECTION = "section"
    SITE = "site"  # the site's own name or slogan
    COUNTER = "counter"  # views, shares, comments counted
    COMMENT_FORM = "comment_form"
    COPYRIGHT = "copyright"
    SOURCE_LINE = "source_line"  # credit to an outlet; also a citation
    CAPTION = "caption"
    FILE_NAME = "file_name"
    NAVIGATION = "navigation"
    RELATED = "related"
    SHARING = "sharing"
    TAGS = "tags"
    ADVERTISEMENT = "advertisement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A piece of the page that was left out of the body, and what it is."""

    span: Span
    kind: BoilerplateKind


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A publication date that stands outside the visible text (page metadata), as it is written there."""

    text: str
    origin: str  # "json-ld datePublished", "meta article:published_time" and the like


@dataclass(frozen=True, slots=True)
class Extract:
    """A page taken apart, before annotation. `text` is the unaltered original (for HTML the visible text).

    Body spans are the paragraphs in order; title, body and boilerplate together cover every
    character of `text` that is not white space, and do not overlap.
    """

    path: str
    text: str
    body: tuple[Span, ...]
    boilerplate: tuple[Boilerplate, ...]
    title: Span | None = None
    outlet: str | None = None
    outlet_from: str = ""  # where the outlet's name was read, in words
    date_claims: tuple[DateClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body (or the title) and the language it is written in."""

    id: str
    span: Span
    language: str


@dataclass(frozen=True, slots=True)
class Block:
    """A run of body paragraphs in one language. A page that carries its own original has two."""

    span: Span
    language: str
    translates: bool = False  # this block and another tell the same in two languages
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One report with its annotations. All spans address `text`, which is never altered."""

    id: str
    path: str
    text: str
    outlet: str | None
    outlet_from: str
    title: Span | None
    languages: tuple[str, ...]
    published: Published
    body: tuple[Span, ...]
    boilerplate: tuple[Boilerplate, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    dates: tuple[DateMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    citations: tuple[Citation, ...] = ()
