"""Differences in who is said to have said it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from khabar.compare.told import Told, differ, may_differ
from khabar.model.mentions import NameKind, NameMention, Quote
from khabar.model.span import Span
from khabar.model.story import Difference, DifferenceKind

_SPEAKERS = (NameKind.PERSON, NameKind.ORGANISATION, NameKind.OUTLET)


def attribution_differences(
    statement: str, a: Told, b: Told, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Both tellings name who says so, and they name another. A telling that names nobody is no difference."""
    here, there = _speakers(a), _speakers(b)
    if not here or not there or here.keys() & there.keys():
        return
    one, other = next(iter(here)), next(iter(there))
    first, second = _mention(a, one), _mention(b, other)
    # An agency that tells of a speech is no other speaker than the one who gave it.
    if first is None or second is None or first.kind is not second.kind:
        return
    if may_differ(a, first, b, second):
        reason = f"{names[one]} says so here, {names[other]} there."
        sides = ((a, here[one]), (b, there[other]))
        yield differ(DifferenceKind.ATTRIBUTION, statement, sides, reason)


def _mention(told: Told, entity: str) -> NameMention | None:
    """The fullest mention of an entity in a report."""
    mentions = [mention for mention in told.article.names if mention.entity == entity]
    return max(mentions, key=lambda mention: len(mention.text), default=None)


def _speakers(told: Told) -> dict[str, Span]:
    """Who is given the words: speakers of quotations there, or else the names in the reporting frame."""
    quoted = [quote for quote in told.article.quotes if _given(quote, told)]
    if quoted:
        return {str(quote.speaker): quote.speaker_span or quote.span for quote in quoted}
    frame = told.telling.unit.clause.frame
    inside = [name for name in told.article.names if frame is not None and frame.contains(name.span)]
    return {str(name.entity): name.span for name in inside if _may_speak(name)}


def _given(quote: Quote, told: Told) -> bool:
    return quote.speaker is not None and 2 * quote.span.overlap(told.content) > len(told.content)


def _may_speak(name: NameMention) -> bool:
    return name.entity is not None and name.kind in _SPEAKERS
