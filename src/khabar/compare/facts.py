"""Differences in what can be looked up: numbers, dates, names."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from khabar.compare.told import Told, differ
from khabar.model.mentions import NameKind, NameMention, NumberMention, Precision
from khabar.model.story import Difference, DifferenceKind

T = TypeVar("T")
Key = Hashable


def number_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Quantities of one unit that stand in one telling each and do not agree.

    Without a unit on either side only a lone number is held against a lone number: which of several
    belongs to which is not known.
    """
    here, there = _only(a.numbers, b.numbers, _value), _only(b.numbers, a.numbers, _value)
    for one, other in _pairs(here, there, lambda number: number.unit):
        reason = f"{_figure(one)} here, {_figure(other)} there."
        yield differ(DifferenceKind.NUMBER, statement, ((a, one.span), (b, other.span)), reason)


def date_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days that stand in one telling each and do not agree; what could not be resolved is left out."""
    here, there = (
        [mention for mention in told.dates if mention.value and mention.precision in _DAYS] for told in (a, b)
    )
    days_a, days_b = {str(m.value)[:10] for m in here}, {str(m.value)[:10] for m in there}
    if len(days_a) == len(days_b) == 1 and days_a != days_b:
        reason = f"{days_a.pop()} here, {days_b.pop()} there."
        yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)


_DAYS = (Precision.DAY, Precision.MINUTE)


def name_differences(statement: str, a: Told, b: Told, names: Mapping[str, str]) -> Iterator[Difference]:
    """Persons and places that stand in one telling each, where both tellings name one of that kind."""
    for kind in (NameKind.PERSON, NameKind.PLACE):
        here, there = _named(a, b, kind), _named(b, a, kind)
        if len(here) == len(there) == 1:
            one, other = here[0], there[0]
            reason = f"{names[str(one.entity)]} here, {names[str(other.entity)]} there."
            yield differ(DifferenceKind.NAME, statement, ((a, one.span), (b, other.span)), reason)


def _named(a: Told, b: Told, kind: NameKind) -> list[NameMention]:
    """The names of a kind in the content of `a` that the whole clause of `b` does not hold."""
    theirs = {mention.entity for mention in b.names}
    clause = b.telling.unit.clause.span
    theirs |= {mention.entity for mention in b.article.names if clause.contains(mention.span)}
    found: dict[str, NameMention] = {}
    for mention in a.names:
        inside = a.content.contains(mention.span)
        if inside and mention.kind is kind and mention.entity and mention.entity not in theirs:
            found.setdefault(mention.entity, mention)
    return list(found.values())


def _only(a: Sequence[T], b: Sequence[T], key: Callable[[T], Key]) -> list[T]:
    theirs = {key(item) for item in b}
    return [item for item in a if key(item) not in theirs]


def _value(number: NumberMention) -> Key:
    return number.value


def _pairs(
    here: Sequence[NumberMention], there: Sequence[NumberMention], key: Callable[[NumberMention], Key]
) -> Iterator[tuple[NumberMention, NumberMention]]:
    """The one of each side that shares a key, where each side has just one of that key."""
    for shared in {key(item) for item in here} & {key(item) for item in there}:
        ours = [item for item in here if key(item) == shared]
        theirs = [item for item in there if key(item) == shared]
        if len(ours) == len(theirs) == 1:
            yield ours[0], theirs[0]


def _figure(number: NumberMention) -> str:
    unit = f" ({number.unit.replace('_', ' ')})" if number.unit else ""
    return f"{number.value:,.10g}{unit}"
