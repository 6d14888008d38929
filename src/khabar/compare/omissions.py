"""Parts that a report leaves out of what it otherwise says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import PurePath

import numpy as np

from khabar.align.statements import Group
from khabar.align.units import Unit
from khabar.compare.told import Told
from khabar.compare.words import align_words, is_function, is_speech
from khabar.encode.types import Vectors
from khabar.model.article import Article
from khabar.model.span import Excerpt, Span
from khabar.model.story import Coverage, Difference, DifferenceKind, Weight

_FEWEST_OF_PART = 2
_FEWEST_OF_WHOLE = 3
_FEWEST_ACROSS = 3  # languages: two words without a partner are mostly another way to say it
# A word with a partner this near is told, wherever it stands (docs/decisions/words.md).
_TOLD_FROM = 0.6


def omissions(
    groups: Sequence[Group], ids: Sequence[str], articles: Mapping[str, Article]
) -> Iterator[Difference]:
    """For each sentence that holds two statements: the one that a report drops while it makes the other.

    Only what two reports or more say can be left out; what one alone says is its own.
    """
    told = {
        statement: {telling.unit.article for telling in group.tellings}
        for statement, group in zip(ids, groups, strict=True)
    }
    seen: set[tuple[str, str]] = set()
    for parts in _sentences(groups, ids).values():
        for (statement, span, article), (other, _, _) in permutations(parts, 2):
            if statement == other or len(told[statement]) < 2:
                continue
            for report in sorted(told[other] - told[statement]):
                if (statement, report) not in seen:
                    seen.add((statement, report))
                    yield omission(statement, articles[article], span, articles[report])


def part_omissions(statement: str, full: Told, others: Sequence[Told]) -> Iterator[Difference]:
    """The longest run of words of one telling for which a report has none in any of its tellings `others`.

    Where the report tells only a part two words of one language are enough; beside a whole telling it takes
    more, and one language: across two the alignment leaves too many words without a partner that have one.
    """
    other = others[0]
    part = other.telling.coverage is Coverage.PART
    if not part and full.language != other.language:
        return
    unsaid = set.intersection(*(set(align_words(full, one).loose_a) for one in others))
    loose = [n for n in sorted(unsaid) if not _is_who(full, n, other)]
    needed = _FEWEST_OF_PART if part else _FEWEST_OF_WHOLE
    needed = needed if full.language == other.language else max(needed, _FEWEST_ACROSS)
    runs = [run for run in _runs(loose) if _weight(full, run, loose) >= needed]
    if runs:
        first, last = max(runs, key=lambda run: run[1] - run[0])
        words = full.telling.unit.words
        span = Span(words[first].start, words[last].end)
        yield omission(statement, full.article, span, other.article)


def _weight(told: Told, run: tuple[int, int], loose: Sequence[int]) -> int:
    """How many words of a run have no partner and carry content: "have been rescued" has one."""
    return sum(run[0] <= n <= run[1] and not is_function(told, n) for n in loose)


def _is_who(told: Told, at: int, other: Told) -> bool:
    """Whether a word is of who says so, of a number, or of somebody whom the other telling names too."""
    word = told.telling.unit.words[at]
    known = [name for name in told.names if name.entity in other.named_near]
    spans = [span for name in known for span in (name.span, name.title) if span is not None]
    spans += [fact.span for facts in (told.numbers, told.dates) for fact in facts]
    return is_speech(told, at) or any(span.overlap(word) for span in spans)


@dataclass(frozen=True, slots=True)
class ReportWords:
    """All words of a report. Shapes: `vectors` float32[n_words, dim], one for each of `spans`."""

    spans: tuple[Span, ...]
    vectors: Vectors


def words_of_reports(groups: Sequence[Group]) -> dict[str, ReportWords]:
    """The words of each report of a story, by article; every clause is a member of one group."""
    units = sorted({unit.place: unit for group in groups for unit in group.members}.items())
    by_article: dict[str, list[Unit]] = {}
    for _, unit in units:
        by_article.setdefault(unit.article, []).append(unit)
    return {
        article: ReportWords(
            tuple(span for unit in own for span in unit.words),
            np.concatenate([unit.vectors for unit in own]),
        )
        for article, own in by_article.items()
    }


def is_told_elsewhere(difference: Difference, words: Mapping[str, ReportWords]) -> bool:
    """Whether most words that seem left out have near partners somewhere else in that report."""
    report = difference.left_out_by
    if report is None or report not in words:
        return False
    source = words[difference.a.article]
    omitted = [n for n, span in enumerate(source.spans) if difference.a.span.contains(span)]
    if not omitted:
        return False
    nearest = (source.vectors[omitted] @ words[report].vectors.T).max(axis=1)
    return 2 * int((nearest >= _TOLD_FROM).sum()) > len(omitted)


def is_another_row(
    difference: Difference, statement: str, groups: Sequence[Group], ids: Sequence[str]
) -> bool:
    """Whether most of what seems left out is another statement, whose own row says who makes it."""
    span, article = difference.a.span, difference.a.article
    return any(
        2 * telling.span.overlap(span) > len(span)
        for other, group in zip(ids, groups, strict=True)
        if other != statement and len({telling.unit.article for telling in group.tellings}) > 1
        for telling in group.tellings
        if telling.unit.article == article
    )


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Places that follow each other, a function word between them at most."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _sentences(groups: Sequence[Group], ids: Sequence[str]) -> dict[str, list[tuple[str, Span, str]]]:
    """By sentence id, the statements in it with their place and article."""
    found: dict[str, list[tuple[str, Span, str]]] = {}
    for statement, group in zip(ids, groups, strict=True):
        for telling in group.tellings:
            place = (statement, telling.span, telling.unit.article)
            found.setdefault(telling.unit.clause.sentence, []).append(place)
    return found


def omission(statement: str, article: Article, span: Span, report: Article) -> Difference:
    """The difference that says of words of one article that another report leaves them out."""
    name = report.outlet or PurePath(report.path).name
    return Difference(
        DifferenceKind.OMISSION,
        Weight.MEANING,
        statement,
        Excerpt(article.id, span, span.of(article.text)),
        None,
        f"{name} makes the rest of it and does not mention this part.",
        left_out_by=report.id,
    )
