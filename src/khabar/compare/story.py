"""The differences of a story: each statement's tellings held against each other, kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from khabar.align import Aligned
from khabar.align.statements import Group, Telling
from khabar.compare.attribution import attribution_differences
from khabar.compare.contrasts import contrast_differences
from khabar.compare.facts import date_differences, name_differences
from khabar.compare.numbers import number_differences
from khabar.compare.omissions import (
    ReportWords,
    is_another_row,
    is_told_elsewhere,
    omissions,
    part_omissions,
    words_of_reports,
)
from khabar.compare.phrases import phrase_omissions
from khabar.compare.polarity import polarity_differences
from khabar.compare.published import published_differences
from khabar.compare.scope import scope_differences
from khabar.compare.strength import strength_differences
from khabar.compare.titles import telling_titles, title_differences
from khabar.compare.told import Nearness, Told, tell_all
from khabar.compare.words import word_differences
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import has_words
from khabar.model.article import Article
from khabar.model.mentions import Entity, NumberMention
from khabar.model.story import Difference

# Every two tellings are compared up to here; with more, each against the first, so that time stays linear.
_MOST_PAIRED = 8
# These say that a word is missing from one side, which only a language with a table of such words can tell.
_BY_ABSENCE = {
    "negation": polarity_differences,
    "hedges": strength_differences,
    "scope": scope_differences,
}


def compare_story(
    aligned: Aligned,
    articles: Sequence[Article],
    numbers: Mapping[str, Sequence[NumberMention]],
    entities: Sequence[Entity],
    nearness: Nearness,
) -> tuple[Difference, ...]:
    """Every difference once, in the order of the statements; those of the pages themselves come first.

    `numbers` are the quantities of each article; `nearness` tells how near two pieces of text are.
    """
    by_id = {article.id: article for article in articles}
    names = {entity.id: entity.name for entity in entities}
    ids = [statement.id for statement in aligned.statements]
    busy = _busy_units(aligned.groups)
    vocabulary = words_of_reports(aligned.groups)
    found: list[Difference] = [*published_differences(articles)]
    for statement, group in zip(ids, aligned.groups, strict=True):
        told = _unlike(tell_all(_in_full(group.tellings), by_id, numbers, busy))
        for a, b in _pairs(told):
            found += _compare(statement, a, b, names, nearness)
            found += [
                one
                for one in _left_out(statement, a, b, told, vocabulary)
                if not is_another_row(one, statement, aligned.groups, ids)
            ]
            found += word_differences(statement, a, b, nearness)
    found += title_differences(articles, entities, aligned.statements)
    found += omissions(aligned.groups, ids, by_id)
    return tuple(one for one in _once(found) if not is_told_elsewhere(one, vocabulary))


def _busy_units(groups: Sequence[Group]) -> set[str]:
    """The clauses that make more than one statement."""
    counted = Counter(name for group in groups for name in {telling.unit.id for telling in group.tellings})
    return {name for name, count in counted.items() if count > 1}


def _compare(
    statement: str, a: Told, b: Told, names: Mapping[str, str], nearness: Nearness
) -> Iterator[Difference]:
    yield from number_differences(statement, a, b)
    yield from date_differences(statement, a, b)
    yield from name_differences(statement, a, b, names, nearness)
    yield from telling_titles(statement, a, b)
    for table, differences in _BY_ABSENCE.items():
        if has_words(a.language, table) and has_words(b.language, table):
            yield from differences(statement, a, b)
    yield from contrast_differences(statement, a, b)
    yield from attribution_differences(statement, a, b, names, nearness)


def _left_out(
    statement: str, a: Told, b: Told, told: Sequence[Told], vocabulary: Mapping[str, ReportWords]
) -> Iterator[Difference]:
    """What one of two tellings lacks, and its report in all that it tells of the statement."""
    if a.article.id == b.article.id:
        return
    for full, other in ((a, b), (b, a)):
        beside = [one for one in told if one.article.id == other.article.id and one is not other]
        parts = [*part_omissions(statement, full, [other, *beside])]
        yield from parts or phrase_omissions(statement, full, other, vocabulary)


def _in_full(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings without the titles of reports that tell it in their body: a title leaves much out."""
    bodies = {telling.unit.article for telling in tellings if not telling.unit.heads}
    return [telling for telling in tellings if not telling.unit.heads or telling.unit.article not in bodies]


def _unlike(tellings: Sequence[Told]) -> list[Told]:
    """One telling of each wording: copies of one text have no differences."""
    seen: dict[str, Told] = {}
    for told in tellings:
        seen.setdefault(folded_text(told.span.of(told.article.text), Fold.SEARCH), told)
    return list(seen.values())


def _pairs(tellings: Sequence[Told]) -> list[tuple[Told, Told]]:
    """What is held against what: never two clauses of one text, which tell two parts of the statement."""
    if len(tellings) <= _MOST_PAIRED:
        pairs = list(combinations(tellings, 2))
    else:
        pairs = [(tellings[0], told) for told in tellings[1:]]
    return [(a, b) for a, b in pairs if a.place != b.place]


def _once(differences: Iterable[Difference]) -> Iterator[Difference]:
    """The first of those that set the same words against each other."""
    seen: set[tuple[str, ...]] = set()
    for difference in differences:
        key = _key(difference)
        if key not in seen:
            seen.add(key)
            yield difference


def _key(difference: Difference) -> tuple[str, ...]:
    sides = [difference.a.text, difference.b.text if difference.b else ""]
    words = sorted(folded_text(side, Fold.SEARCH) for side in sides)
    # A page that differs from its own original is told beside other reports that do in the same words.
    own = difference.a.article if difference.b and difference.b.article == difference.a.article else ""
    return difference.kind, difference.statement or "", difference.left_out_by or own, *words
