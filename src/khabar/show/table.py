"""The statement table: what every cell says, worked out once for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from khabar.model.article import Article, PageForm
from khabar.model.mentions import Entity, Quote
from khabar.model.story import (
    Attestation,
    Comparison,
    Coverage,
    Difference,
    DifferenceKind,
    Statement,
    Story,
    Weight,
)
from khabar.show.naming import Held, held_titles, spellings
from khabar.show.opening import opened
from khabar.show.wording import say

HALF = 0.5
FITS = 6  # so many reports always have a column each


class State(StrEnum):
    """What a report does with a statement."""

    STATES = "states"
    PART = "part"
    DIFFERS = "differs"
    ATTRIBUTES = "attributes"
    ABSENT = "absent"


MARKS = {
    State.STATES: "●",
    State.PART: "◐",
    State.DIFFERS: "≠",
    State.ATTRIBUTES: "“",
    State.ABSENT: "–",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One report and one statement: `words` are the report's own; `differs` the ones that differ."""

    article: str
    state: State
    words: str = ""
    differs: str = ""
    speaker: str | None = None
    attestations: tuple[Attestation, ...] = ()
    entity: str | None = None  # of the speaker

    @property
    def mark(self) -> str:
        """The sign of the state, by shape."""
        return MARKS[self.state]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement across the reports of its story; `text` is its words as a reader is shown them."""

    statement: Statement
    cells: tuple[Cell, ...]
    differences: tuple[Difference, ...]
    text: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Articles, their numbers, the names of entities and how these are read and called, by id."""

    articles: dict[str, Article]
    numbers: dict[str, int]
    names: dict[str, str]
    readings: dict[str, str]
    entities: Mapping[str, Entity] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by entity and language
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)  # ranks and offices by entity


def catalogue(comparison: Comparison) -> Catalogue:
    """What the ids of a comparison stand for; reports are numbered in the order given."""
    return Catalogue(
        {article.id: article for article in comparison.articles},
        {article.id: number for number, article in enumerate(comparison.articles, 1)},
        {entity.id: entity.name for entity in comparison.entities},
        {entity.id: _reading(entity) for entity in comparison.entities if entity.romanised},
        {entity.id: entity for entity in comparison.entities},
        spellings(comparison.articles),
        held_titles(comparison.articles),
    )


def _reading(entity: Entity) -> str:
    read = entity.romanised or ""
    return read if entity.romanised_certain else say("reading.uncertain", reading=read)


def rows(story: Story, known: Catalogue) -> tuple[Row, ...]:
    """One row per statement, in the story's order, with a cell for every report of the story."""
    return tuple(_row(statement, story, known) for statement in story.statements)


def _row(statement: Statement, story: Story, known: Catalogue) -> Row:
    own = [found for found in story.differences if found.statement == statement.id]
    differences = tuple(sorted(own, key=_by_weight))
    differing = _differing(statement, differences)
    cells = tuple(_cell(article, statement, differing, known) for article in story.articles)
    first = _reference(statement)
    if first is None:
        return Row(statement, cells, differences, statement.text)
    text = opened(first.excerpt, known.articles[first.excerpt.article])
    return Row(statement, cells, differences, text, first.language)


def page_notes(article: Article) -> list[str]:
    """What a reader must know of a report's page: that it is cut, a video, or stored backwards."""
    facts = article.facts
    form = [facts.form_reason] if facts.form is not PageForm.REPORT and facts.form_reason else []
    return [*form, *facts.notes]


def reference(statement: Statement) -> str | None:
    """The report whose words stand for the statement, None when nobody attests it."""
    own = _reference(statement)
    return None if own is None else own.excerpt.article


def _reference(statement: Statement) -> Attestation | None:
    attested = statement.attestations
    own = [one for one in attested if one.excerpt.text == statement.text] or attested
    return own[0] if own else None


def _by_weight(found: Difference) -> tuple[bool, bool]:
    """What shifts the meaning first, and last what is only worded otherwise, which pages fold away."""
    return found.weight is Weight.WORDING, is_folded(found)


def is_folded(found: Difference) -> bool:
    """Whether it is of words alone: these are told as a number, and one by one to who asks."""
    return found.weight is Weight.WORDING and found.kind is DifferenceKind.WORDING


def _differing(statement: Statement, differences: tuple[Difference, ...]) -> dict[str, str]:
    """The reports that tell it differently from the statement's own words, with the words that differ.

    Two others that differ from each other mark the second, unless one of them is already the odd one out.
    """
    first, found = reference(statement), dict[str, str]()
    pairs = [
        (one.a, one.b)
        for one in differences
        if one.weight is Weight.MEANING and one.b is not None and one.kind is not DifferenceKind.OMISSION
    ]
    for a, b in pairs:
        if first in (a.article, b.article):
            side = a if b.article == first and a.article != first else b
            found.setdefault(side.article, side.text)
    odd = set(found)
    for a, b in pairs:
        if not {first, *odd} & {a.article, b.article}:
            found.setdefault(b.article, b.text)
    return found


def _cell(article: str, statement: Statement, differing: dict[str, str], known: Catalogue) -> Cell:
    own = tuple(one for one in statement.attestations if one.excerpt.article == article)
    if not own:
        return Cell(article, State.ABSENT)
    best = max(own, key=lambda one: (one.coverage is Coverage.WHOLE, one.score))
    speaker = _speaker(known.articles[article], best)
    state = _state(article, best, differing, speaker)
    name = None if speaker is None else known.names.get(speaker)
    return Cell(article, state, best.excerpt.text, differing.get(article, ""), name, own, speaker)


def _state(article: str, best: Attestation, differing: dict[str, str], speaker: str | None) -> State:
    if article in differing:
        return State.DIFFERS
    if best.coverage is Coverage.PART:
        return State.PART
    return State.STATES if speaker is None else State.ATTRIBUTES


def _speaker(article: Article, attestation: Attestation) -> str | None:
    quote = quoted(article, attestation)
    return None if quote is None else quote.speaker


def quoted(article: Article, attestation: Attestation) -> Quote | None:
    """The quotation that most of the attested words lie in, None when the report says it itself."""
    span = attestation.excerpt.span
    lying = [quote for quote in article.quotes if quote.span.overlap(span) > HALF * len(span)]
    return max(lying, key=lambda quote: quote.span.overlap(span), default=None)


def folded(table: tuple[Row, ...], story: Story) -> list[tuple[str, ...]]:
    """The columns: one for each report or, where they are many, for each set of equal ones."""
    if len(story.articles) <= FITS:
        return [(article,) for article in story.articles]
    sets: dict[tuple[tuple[str, str, str], ...], list[str]] = {}
    for at, article in enumerate(story.articles):
        column = tuple((cell.state, cell.words, cell.differs) for cell in (row.cells[at] for row in table))
        sets.setdefault(column, []).append(article)
    return [tuple(members) for members in sets.values()]
