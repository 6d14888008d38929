"""What a library gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.outcome import Dropped
from khabar.model.story import MadeBy


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the inputs of one call: `inputs` = kept + known + dropped.

    `articles` are the ids that are new; `stories` those that gained a report. An input may hold several
    articles (a newspaper's page), or the same report as another.
    """

    inputs: int
    kept: int
    known: int
    dropped: tuple[Dropped, ...]
    articles: tuple[str, ...]
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a library holds. `inputs` = kept + known + dropped, over all calls ever."""

    inputs: int
    kept: int
    known: int
    dropped: int
    articles: int
    stories: int  # with at least one report
    shared_stories: int  # with at least two
    entities: int
    decisions: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article with what the library knows of it. `paths` are all the places where it was given."""

    article: Article
    story: str
    added: str
    address: str | None
    paths: tuple[str, ...]
    supersedes: str | None  # an earlier state of the page at the same address
    made_by: MadeBy


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list."""

    id: str
    number: int  # order of arrival: cursors go by it
    title: str
    outlet: str | None
    languages: tuple[str, ...]
    published: str | None
    day: str | None
    address: str | None
    story: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list; `where` and `who` are names."""

    id: str
    title: str
    when: str | None
    where: str | None
    who: tuple[str, ...]
    languages: tuple[str, ...]
    reports: int
    first_day: str | None
    last_day: str | None
    changed: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a story: opened, joined, left, merged, split, moved, decided."""

    at: str
    event: str
    article: str | None
    other: str | None
    decision: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way a name is written, in one language, and how often."""

    text: str
    language: str
    mentions: int


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person, place or organisation over the whole library."""

    entity: Entity
    forms: tuple[Form, ...]
    articles: int
    stories: tuple[str, ...]  # the newest first


class DecisionKind(StrEnum):
    """What a person decided."""

    MERGE = "merge"
    SPLIT = "split"
    CONFIRM = "confirm"
    REJECT = "reject"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision about a story. `together` stay one story; `apart` are kept out of it."""

    id: str
    kind: DecisionKind
    story: str
    together: tuple[str, ...]
    apart: tuple[str, ...]
    at: str
    by: str
    note: str
    undone: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that `check` found wrong."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: nothing is wrong when `faults` is empty."""

    articles: int
    faults: tuple[Fault, ...]
