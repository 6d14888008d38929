"""A comparison as flat tables: one row for each telling, difference, saying, report, name and relation.

Every row that asserts something names the report and the place of the words: `start` and `end` are half-open
code points of the report's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from khabar.model.article import Article
from khabar.model.span import Excerpt
from khabar.model.story import Comparison, Story
from khabar.show.table import Catalogue, Row, State, catalogue, rows
from khabar.show.wording import say

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; every row has a value, or None, for every column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    columns: tuple[str, ...]
    lines: Callable[[Comparison, Catalogue], Iterator[tuple[Value, ...]]]


def make_tables(comparison: Comparison) -> tuple[Table, ...]:
    """All tables, in the order of `TABLES`."""
    known = catalogue(comparison)
    return tuple(
        Table(name, kind.columns, tuple(kind.lines(comparison, known))) for name, kind in _KINDS.items()
    )


def make_table(comparison: Comparison, name: str) -> Table:
    """One table by its name, which is in `TABLES`."""
    kind = _KINDS[name]
    return Table(name, kind.columns, tuple(kind.lines(comparison, catalogue(comparison))))


def _reports(comparison: Comparison, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    story_of = {article: story.id for story in comparison.stories for article in story.articles}
    for article in comparison.articles:
        published = article.published
        yield (
            known.numbers[article.id],
            article.id,
            story_of.get(article.id),
            article.outlet,
            _title(article),
            "/".join(article.languages),
            published.value,
            published.status,
            published.text,
            published.note,
            article.facts.address.text if article.facts.address else None,
            article.path,
        )


def _title(article: Article) -> str | None:
    return article.title.of(article.text) if article.title else None


def _statements(comparison: Comparison, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    """A row for every statement and report of the story, the absent ones too."""
    for story in comparison.stories:
        for number, row in enumerate(rows(story, known), 1):
            yield from _cells(story, number, row, known)


def _cells(story: Story, number: int, row: Row, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    for cell in row.cells:
        article = known.articles[cell.article]
        told = [one.excerpt for one in cell.attestations]
        places: list[Excerpt | None] = [*told] or [None]
        for excerpt in places:
            yield (
                story.id,
                number,
                row.statement.text,
                *_place(excerpt, article, known),
                say(cell.state),
                excerpt.text if excerpt else None,
                cell.differs or None,
                cell.speaker if cell.state is State.ATTRIBUTES else None,
            )


def _place(excerpt: Excerpt | None, article: Article, known: Catalogue) -> tuple[Value, ...]:
    """Number, outlet and languages of the report, and where in it the words stand."""
    span = excerpt.span if excerpt else None
    outlet = article.outlet or say("outlet.unknown")
    start, end = (span.start, span.end) if span else (None, None)
    return known.numbers[article.id], article.id, outlet, "/".join(article.languages), start, end


def _differences(comparison: Comparison, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    for story in comparison.stories:
        numbers = {one.id: number for number, one in enumerate(story.statements, 1)}
        for found in story.differences:
            yield (
                story.id,
                numbers.get(found.statement or ""),
                say(f"kind.{found.kind}"),
                say(f"weight.{found.weight}"),
                *_side(found.a, known),
                *_side(found.b, known),
                known.numbers.get(found.left_out_by or ""),
                found.reason,
            )


def _side(excerpt: Excerpt | None, known: Catalogue) -> tuple[Value, ...]:
    if excerpt is None:
        return None, None, None, None
    return known.numbers[excerpt.article], excerpt.text, excerpt.span.start, excerpt.span.end


def _sayings(comparison: Comparison, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    for story in comparison.stories:
        for number, saying in enumerate(story.sayings, 1):
            speaker = _named(saying.speaker, known)
            for telling in saying.tellings:
                excerpt = telling.excerpt
                yield (
                    story.id,
                    number,
                    speaker,
                    *_place(excerpt, known.articles[excerpt.article], known),
                    telling.kind,
                    excerpt.text,
                    _named(telling.speaker, known),
                    telling.named.text if telling.named else None,
                    saying.conflict or None,
                    telling.reason,
                )


def _named(entity: str | None, known: Catalogue) -> str | None:
    return known.names.get(entity, entity) if entity else None


def _names(comparison: Comparison, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    for entity in comparison.entities:
        mentions = [
            (article.id, mention)
            for article in comparison.articles
            for mention in article.names
            if mention.entity == entity.id
        ]
        for article, mention in mentions:
            yield (
                entity.id,
                entity.kind,
                entity.name,
                known.readings.get(entity.id),
                mention.text,
                known.numbers[article],
                mention.span.start,
                mention.span.end,
                mention.title.of(known.articles[article].text) if mention.title else None,
                mention.reason,
            )


def _relations(comparison: Comparison, known: Catalogue) -> Iterator[tuple[Value, ...]]:
    for story in comparison.stories:
        origin_of = {article: origin.id for origin in story.origins for article in origin.articles}
        for relation in story.relations:
            yield (
                story.id,
                known.numbers.get(relation.taker),
                relation.kind,
                known.numbers.get(relation.origin),
                origin_of.get(relation.taker),
                relation.reason,
                " … ".join(one.text for one in relation.evidence),
            )


def _dropped(comparison: Comparison, _: Catalogue) -> Iterator[tuple[Value, ...]]:
    for one in comparison.dropped:
        yield one.path, one.stage, one.reason


_PLACE = ("report", "article", "outlet", "language", "start", "end")
_KINDS = {
    "statements": _Kind(
        ("story", "statement", "statement_text", *_PLACE, "state", "words", "differing_words", "speaker"),
        _statements,
    ),
    "differences": _Kind(
        (
            *("story", "statement", "kind", "weight"),
            *("report_a", "words_a", "start_a", "end_a", "report_b", "words_b", "start_b", "end_b"),
            *("left_out_by", "reason"),
        ),
        _differences,
    ),
    "quotes": _Kind(
        (
            *("story", "saying", "speaker", *_PLACE, "kind", "words"),
            *("speaker_here", "speaker_words", "conflict", "reason"),
        ),
        _sayings,
    ),
    "reports": _Kind(
        (
            *("report", "article", "story", "outlet", "title", "language"),
            *("published", "date_status", "date_printed", "date_note", "address", "path"),
        ),
        _reports,
    ),
    "names": _Kind(
        (
            *("entity", "kind", "name", "romanised", "written", "report", "start", "end"),
            *("title", "reason"),
        ),
        _names,
    ),
    "relations": _Kind(
        ("story", "report", "relation", "to_report", "origin", "reason", "evidence"), _relations
    ),
    "dropped": _Kind(("path", "stage", "reason"), _dropped),
}
TABLES: Sequence[str] = tuple(_KINDS)
