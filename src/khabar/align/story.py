"""A story's reports laid side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from khabar.align.statements import Group, Telling, join_units
from khabar.align.units import Fact, make_units
from khabar.align.votes import Ballot
from khabar.align.weights import load_weights
from khabar.encode.types import Vectors, Words
from khabar.model.article import Article
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Coverage, Statement

_CLOSING = 2  # characters that close a sentence and belong to no clause
_BETWEEN = re.compile(r"[\s\W]*")


@dataclass(frozen=True, slots=True)
class Aligned:
    """The statements of a story; `groups` are what they were made of, in the same order."""

    statements: tuple[Statement, ...]
    groups: tuple[Group, ...]


def align_story(
    story_id: str,
    articles: Sequence[Article],
    words_of: Callable[[Article], Mapping[str, Words]],
    language_means: Callable[[str], Vectors],
    facts_of: Callable[[Article], Sequence[Fact]],
) -> Aligned:
    """The statements of these reports: those of several reports first, else in the reports' own order."""
    units = make_units(articles, words_of, language_means, facts_of)
    groups = sorted(join_units(units, load_weights()), key=_rank)
    texts = {article.id: article.text for article in articles}
    ballot = Ballot.over(units, texts)
    reader = _Reader(
        {(article.id, one.id): one.span for article in articles for one in article.sentences},
        Counter(name for group in groups for name in {telling.unit.id for telling in group.tellings}),
    )
    statements = [
        _statement(f"{story_id}-{number}", group, ballot, reader) for number, group in enumerate(groups, 1)
    ]
    return Aligned(tuple(statements), tuple(groups))


def _rank(group: Group) -> tuple[bool, int]:
    reports = {telling.unit.article for telling in group.tellings}
    return len(reports) < 2, group.tellings[0].unit.place


def _statement(statement_id: str, group: Group, ballot: Ballot, reader: _Reader) -> Statement:
    tellings = _joined(group.tellings, ballot.texts)
    attestations = [_attestation(telling, ballot) for telling in tellings]
    best = min(range(len(tellings)), key=lambda n: reader.shortfall(tellings[n]))
    return Statement(statement_id, attestations[best].excerpt.text, tuple(attestations))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The sentences of the reports, and how many statements each clause makes."""

    sentences: Mapping[tuple[str, str], Span]
    made: Mapping[str, int]

    def shortfall(self, telling: Telling) -> tuple[bool, ...]:
        """What speaks against a telling's words standing for the statement; of equal ones the first is taken.

        The words must give all of it and no other, in the report's own sentence and not its title, and be
        read alone: a clause that begins its sentence can be, "and confirmed that" cannot.
        """
        sentence = self.sentences[telling.unit.article, telling.unit.clause.sentence]
        return (
            telling.coverage is Coverage.PART,
            self.made[telling.unit.id] > 1,
            telling.span.start > sentence.start,
            telling.unit.heads,
            telling.span.end + _CLOSING < sentence.end,
        )


def _joined(tellings: Iterable[Telling], texts: Mapping[str, str]) -> list[Telling]:
    """Tellings that stand side by side in one sentence are one."""
    joined: list[Telling] = []
    for telling in tellings:
        if joined and _touch(joined[-1], telling, texts):
            joined[-1] = _one(joined[-1], telling)
        else:
            joined.append(telling)
    return joined


def _one(first: Telling, second: Telling) -> Telling:
    span = Span(first.span.start, second.span.end)
    score, partners = max(first.score, second.score), first.partners or second.partners
    return Telling(first.unit, span, Coverage.WHOLE, score, first.reason, partners)


def _touch(a: Telling, b: Telling, texts: Mapping[str, str]) -> bool:
    if a.unit.clause.sentence != b.unit.clause.sentence or a.span.end > b.span.start:
        return False
    return _BETWEEN.fullmatch(texts[a.unit.article][a.span.end : b.span.start]) is not None


def _attestation(telling: Telling, ballot: Ballot) -> Attestation:
    article = telling.unit.article
    return Attestation(
        excerpt=Excerpt(article, telling.span, telling.span.of(ballot.texts[article])),
        language=telling.unit.clause.language,
        coverage=telling.coverage,
        score=round(telling.score, 3),
        reason=telling.reason,
        votes=ballot.cast(telling.unit, telling.span, telling.partners),
    )
