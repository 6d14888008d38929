"""One report: its unaltered text and everything found in it, each by its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.claims import Claim
from khabar.model.mentions import Citation, DateMention, NameMention, Published, Quote
from khabar.model.span import Span
from khabar.model.stored import Stored


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
    PAYWALL = "paywall"  # the notice that stands where the rest of the report would
    CONSENT = "consent"  # asks to accept cookies
    OTHER_REPORT = "other_report"  # another report or entry that the same page shows
    OTHER = "other"


class PageForm(StrEnum):
    """What a page that has a body is, besides a report in full."""

    REPORT = "report"
    BEGINNING = "beginning"  # only the beginning of a report: the rest is for subscribers
    ENTRY = "entry"  # one of many entries of a live page
    VIDEO = "video"
    AUDIO = "audio"
    GALLERY = "gallery"


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
class Named:
    """A value that was chosen among what a page says; `span` where it is visible, `chosen` why it."""

    text: str
    span: Span | None = None
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself. `claims` is all of it; the rest was chosen among the claims and the text.

    `offset` is where the text of an entry begins in the text of its page. `notes` tell, for the reader, what
    is peculiar about the text. `stored` is there where the lines of the page were stored backwards: its runs
    are the page's text as it is read, `lang.visual.places_of` leads from that to the stored one.
    """

    claims: tuple[Claim, ...] = ()
    title_from: str = ""
    byline: Named | None = None
    section: Named | None = None
    address: Named | None = None
    captions: tuple[Span, ...] = ()
    form: PageForm = PageForm.REPORT
    form_reason: str = ""
    notes: tuple[str, ...] = ()
    offset: int = 0
    stored: Stored | None = None


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
    facts: PageFacts = PageFacts()


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
    facts: PageFacts = PageFacts()
