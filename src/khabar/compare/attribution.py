"""Differences in who is said to have said it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from khabar.compare.told import Told, differ
from khabar.model.mentions import NameKind, NameMention, Quote
from khabar.model.span import Span
from khabar.model.story import Difference, DifferenceKind

_SPEAKERS = (NameKind.PERSON, NameKind.ORGANISATION)


def attribution_differences(
    statement: str, a: Told, b: Told, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Both tellings name who says so, and they name another. A telling that names nobody is no difference."""
    here, there = _speakers(a), _speakers(b)
    if not here or not there or here.keys() & there.keys():
        return
    if not _kinds(a, here) & _kinds(b, there):
        return  # an agency that tells of a speech is no other speaker
    one, other = next(iter(here)), next(iter(there))
    reason = f"{names[one]} says so here, {names[other]} there."
    sides = ((a, here[one]), (b, there[other]))
    yield differ(DifferenceKind.ATTRIBUTION, statement, sides, reason)


def _speakers(told: Told) -> dict[str, Span]:
    """Who is given the words: speakers of quotations there, or else the names in the reporting frame."""
    quoted = [quote for quote in told.article.quotes if _given(quote, told)]
    if quoted:
        return {str(quote.speaker): quote.speaker_span or quote.span for quote in quoted}
    frame = told.telling.unit.clause.frame
    inside = [name for name in told.article.names if frame is not None and frame.contains(name.span)]
    return {str(name.entity): name.span for name in inside if _may_speak(name)}


def _kinds(told: Told, speakers: Mapping[str, Span]) -> set[NameKind]:
    return {name.kind for name in told.article.names if name.entity in speakers}


def _given(quote: Quote, told: Told) -> bool:
    return quote.speaker is not None and 2 * quote.span.overlap(told.content) > len(told.content)


def _may_speak(name: NameMention) -> bool:
    return name.entity is not None and name.kind in _SPEAKERS
