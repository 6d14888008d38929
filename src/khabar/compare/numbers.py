"""Differences in numbers: another value, another bound, or only another rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.compare.polarity import cover
from khabar.compare.quantities import (
    FLOOR,
    Quantity,
    agree_loosely,
    are_equal,
    bounds_said,
    count_others,
    may_compare,
    quantities,
)
from khabar.compare.told import Told, differ
from khabar.model.span import Span
from khabar.model.story import Coverage, Difference, DifferenceKind, Weight

# On 30 translated documents three of four pairs of equal numbers lie above .41 and three of four pairs of
# other numbers below .46.
_SAME_ROLE_FROM = 0.45
_UNIT_UNKNOWN_FROM = 0.6
# With one unit less is needed, since what is left of each side are two figures for one thing.
_SAME_UNIT_FROM = 0.12
_EQUAL, _COUNTED_ALIKE = 2.0, 3.0
# So well two tellings must cover each other that their only numbers need not be told apart by their words.
_ONE_THING_FROM, _ALONE_FROM = 0.5, 0.2


def number_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Quantities that stand in the same role of both tellings and do not agree.

    Which of several numbers belongs to which is told by what they count, by their values and by the words
    around them. Equal numbers of which one is a bound ("at least") differ in strength.
    """
    here, there = quantities(a), quantities(b)
    for one, other in _matched(a, here, b, there):
        if are_equal(one, other) and count_others(one, other) and a.language == b.language:
            yield _difference(statement, a, one, b, other)
        elif are_equal(one, other):
            yield from _bounds(statement, a, one, b, other)
        elif any(are_equal(one, each) for each in there) and any(are_equal(other, each) for each in here):
            continue  # both values stand in both tellings: the order of the words misled
        else:
            yield _difference(statement, a, one, b, other)


def _difference(statement: str, a: Told, one: Quantity, b: Told, other: Quantity) -> Difference:
    sides = ((a, one.mention.span), (b, other.mention.span))
    reason = f"{_figure(one)} here, {_figure(other)} there."
    if agree_loosely(one, other):
        return differ(
            DifferenceKind.NUMBER, statement, sides, f"{reason} One rounds the other.", Weight.WORDING
        )
    return differ(DifferenceKind.NUMBER, statement, sides, reason)


def _bounds(statement: str, a: Told, one: Quantity, b: Told, other: Quantity) -> Iterator[Difference]:
    if one.qualifier == other.qualifier or _is_converted(one, other):
        return
    if any(
        bare.qualifier == "" and bound in bounds_said(told)
        for told, bare, bound in ((a, one, other.qualifier), (b, other, one.qualifier))
    ):
        return
    reason = f"{_figure(one)} here, {_figure(other)} there."
    sides = ((a, _bound_span(one)), (b, _bound_span(other)))
    # Across languages "about" and "up to" are added and dropped freely in translation.
    loose = FLOOR not in (one.qualifier, other.qualifier) and a.language != b.language
    weight = Weight.WORDING if loose else Weight.MEANING
    yield differ(DifferenceKind.STRENGTH, statement, sides, reason, weight)


def _is_converted(one: Quantity, other: Quantity) -> bool:
    """Whether "about" only says that a unit was converted: 30 kilometres, about 19 miles."""
    return one.mention.unit != other.mention.unit and FLOOR not in (one.qualifier, other.qualifier)


def _bound_span(quantity: Quantity) -> Span:
    """The qualifier together with its number."""
    if quantity.qualifier_span is None:
        return quantity.mention.span
    first, second = sorted((quantity.qualifier_span, quantity.mention.span))
    return Span(first.start, max(first.end, second.end))


def _matched(
    a: Told, here: Sequence[Quantity], b: Told, there: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Quantity]]:
    """Pairs of numbers, the surest first, each number once."""
    alone = len(here) == len(there) == 1 and _say_one_thing(a, b)
    pairs = [
        (sure, n, m)
        for n, one in enumerate(here)
        for m, other in enumerate(there)
        if may_compare(one, other)
        for sure in [_sureness(a, one, b, other, alone=alone)]
        if sure is not None
    ]
    chosen: dict[int, int] = {}
    for _, n, m in sorted(pairs, key=lambda pair: -pair[0]):
        if n not in chosen and m not in chosen.values():
            chosen[n] = m
    for n, m in _in_order(chosen, here, there).items():
        yield here[n], there[m]


def _in_order(chosen: dict[int, int], here: Sequence[Quantity], there: Sequence[Quantity]) -> dict[int, int]:
    """The same pairs; of two ranges the lower ends and the upper ends belong together."""
    for n, m in list(chosen.items()):
        if here[n].ranges_to and m > 0 and there[m - 1].ranges_to and chosen.get(n + 1) == m - 1:
            chosen[n], chosen[n + 1] = m - 1, m
    return chosen


def _say_one_thing(a: Told, b: Told) -> bool:
    """Whether two whole tellings cover each other, so that the one number of each is of one thing."""
    whole = a.telling.coverage is b.telling.coverage is Coverage.WHOLE
    return whole and not (a.among_others or b.among_others) and cover(a, b) >= _ONE_THING_FROM


def _sureness(a: Told, one: Quantity, b: Told, other: Quantity, *, alone: bool) -> float | None:
    """How sure it is that both numbers are of one thing; None where nothing says so.

    `alone`: each of two tellings of one thing has this number only.
    """
    likeness = _likeness(a, one, b, other)
    equal, counted = are_equal(one, other), bool(one.role and one.role == other.role)
    needed = _ALONE_FROM if alone and one.dimension == other.dimension else _needed(one, other)
    if not equal and not counted and likeness < needed:
        return None
    return _EQUAL * equal + _COUNTED_ALIKE * counted + likeness


def _needed(one: Quantity, other: Quantity) -> float:
    """How near two numbers' roles must be: a unit that only one has may be another ("40 miles", "65 km")."""
    if one.dimension and one.dimension == other.dimension:
        return _SAME_UNIT_FROM if one.role == other.role else _SAME_ROLE_FROM
    return _SAME_ROLE_FROM if not one.dimension and not other.dimension else _UNIT_UNKNOWN_FROM


def _likeness(a: Told, one: Quantity, b: Told, other: Quantity) -> float:
    """How near the words of and around two numbers are."""
    here, there = a.around(one.mention.span), b.around(other.mention.span)
    return float(here @ there) if here is not None and there is not None else -1.0


def _figure(quantity: Quantity) -> str:
    number = quantity.mention
    unit = f" ({number.unit.replace('_', ' ')})" if number.unit else ""
    bound = f"{quantity.qualifier} " if quantity.qualifier else ""
    return f"{bound}{number.value:,.10g}{unit}"
