"""Differences in how much of a whole a thing is said of: all, most, some, or these alone."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.compare.polarity import cover
from khabar.compare.told import Told, differ
from khabar.lang.match import Hit
from khabar.model.story import Coverage, Difference, DifferenceKind

# So well the clauses must cover each other, in one language and across two.
_COVER = {True: 0.42, False: 0.42}
# What two words of scope are written onto must be near.
_SAME_PLACE_FROM = 0.3
_ONLY = "only"
# Words that are near in meaning: "some" is told of few, "most" is translated by "much of".
_NEAR = (frozenset({"some", "few"}),)


def scope_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """ "All schools" against "some schools"; "only women" against "women", in one language.

    Where each telling has several such words, or one denies, none are set against each other.
    """
    if a.telling.coverage is not Coverage.WHOLE or b.telling.coverage is not Coverage.WHOLE:
        return
    if cover(a, b) < _COVER[a.language == b.language]:
        return
    here, there = _shares(a), _shares(b)
    if len(here) == len(there) == 1 and not _denies(a) | _denies(b):
        one, other = here[0], there[0]
        if not _alike(one, other) and _same_place(a, one, b, other):
            reason = f"{one.row.meaning} here, {other.row.meaning} there."
            yield differ(DifferenceKind.STRENGTH, statement, ((a, one.span), (b, other.span)), reason)
    yield from _alone(statement, a, b)
    yield from _alone(statement, b, a)


def _alone(statement: str, narrow: Told, wide: Told) -> Iterator[Difference]:
    """A thing that is said of some alone here, and there not."""
    only = [hit for hit in narrow.hits("scope") if hit.row.meaning == _ONLY]
    if not only or narrow.language != wide.language or _limits(wide):
        return
    if narrow.among_others or wide.among_others:
        return
    reason = f"{_ONLY} here, no such word there."
    yield differ(DifferenceKind.STRENGTH, statement, ((narrow, only[0].span), (wide, wide.content)), reason)


def _limits(told: Told) -> bool:
    """Whether the sentence has a word that limits, or denies all else."""
    polarity = any(hit.row.meaning == "limits" for hit in told.sentence_hits("polarity"))
    only = any(hit.row.meaning == _ONLY for hit in told.sentence_hits("scope"))
    return polarity or only or _denies(told)


def _denies(told: Told) -> bool:
    return bool(told.sentence_hits("negation"))


def _shares(told: Told) -> list[Hit]:
    """The words for a share; "some 60" is a number's, and words of a name are none."""
    taken = [fact.span for facts in (told.numbers, told.dates, told.names) for fact in facts]
    numbers = [hit.span for hit in told.hits("number_qualifiers")]
    return [
        hit
        for hit in told.hits("scope")
        if hit.row.meaning != _ONLY
        and not any(hit.span.overlap(span) for span in taken)
        and not (any(hit.span.overlap(span) for span in numbers) and told.numbers)
    ]


def _alike(one: Hit, other: Hit) -> bool:
    meanings = {one.row.meaning, other.row.meaning}
    return len(meanings) == 1 or any(meanings <= near for near in _NEAR)


def _same_place(a: Told, one: Hit, b: Told, other: Hit) -> bool:
    here, there = a.around(one.span), b.around(other.span)
    return here is not None and there is not None and float(here @ there) >= _SAME_PLACE_FROM
