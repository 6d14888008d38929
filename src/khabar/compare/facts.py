"""Differences in what can be looked up: numbers, dates, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from khabar.annotate.date_conflicts import WEEKDAYS
from khabar.compare.told import Told, differ, may_differ
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.mentions import DateMention, NameKind, NameMention, NumberMention, Precision
from khabar.model.story import Difference, DifferenceKind

# On 30 translated documents three of four pairs of equal numbers lie above .41 and three of four pairs of
# other numbers below .46.
_SAME_ROLE_FROM = 0.45
_UNIT_UNKNOWN_FROM = 0.6
# With one unit less is needed, since what is left of each side are two figures for one thing.
_SAME_UNIT_FROM = 0.12


def number_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Quantities that stand in the same role of both tellings and do not agree.

    Which of several numbers belongs to which is told by the words around them; a number that the other
    telling gives too, in any role, is no difference.
    """
    here, there = _only(a.numbers, b.numbers), _only(b.numbers, a.numbers)
    for one, other in _same_role(a, here, b, there):
        reason = f"{_figure(one)} here, {_figure(other)} there."
        yield differ(DifferenceKind.NUMBER, statement, ((a, one.span), (b, other.span)), reason)


def _only(ours: Sequence[NumberMention], theirs: Sequence[NumberMention]) -> list[NumberMention]:
    values = {number.value for number in theirs}
    return [number for number in ours if number.value not in values]


def _same_role(
    a: Told, here: Sequence[NumberMention], b: Told, there: Sequence[NumberMention]
) -> Iterator[tuple[NumberMention, NumberMention]]:
    """Pairs of numbers, the nearest by role first, each number once."""
    pairs = [
        (_role_likeness(a, one, b, other), n, m)
        for n, one in enumerate(here)
        for m, other in enumerate(there)
    ]
    left_here, left_there = set(range(len(here))), set(range(len(there)))
    for likeness, n, m in sorted(pairs, reverse=True):
        needed = _needed(here[n], there[m])
        if n in left_here and m in left_there and likeness >= needed:
            left_here.remove(n)
            left_there.remove(m)
            yield here[n], there[m]


def _needed(one: NumberMention, other: NumberMention) -> float:
    """How near two numbers' roles must be: a unit that only one has may be another ("40 miles", "65 km")."""
    if one.unit and one.unit == other.unit:
        return _SAME_UNIT_FROM
    return _SAME_ROLE_FROM if not one.unit and not other.unit else _UNIT_UNKNOWN_FROM


def _role_likeness(a: Told, one: NumberMention, b: Told, other: NumberMention) -> float:
    """How near the words of and around two numbers are; -1 where their units differ."""
    if one.unit and other.unit and one.unit != other.unit:
        return -1.0
    here, there = a.around(one.span), b.around(other.span)
    return float(here @ there) if here is not None and there is not None else -1.0


def date_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days that stand in one telling each and do not agree; what could not be resolved is left out."""
    here, there = (
        [mention for mention in told.dates if mention.value and mention.precision in _DAYS] for told in (a, b)
    )
    days_a, days_b = {str(m.value)[:10] for m in here}, {str(m.value)[:10] for m in there}
    if len(days_a) == len(days_b) == 1 and days_a != days_b:
        reason = f"{days_a.pop()} here, {days_b.pop()} there."
        yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)
    elif not (days_a and days_b):
        yield from _weekday_differences(statement, a, b)


def _weekday_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days of the week that differ, where that of one telling is in a week that is not known."""
    here, there = ([mention for mention in told.dates if _weekday(mention)] for told in (a, b))
    days_a, days_b = {_weekday(mention) for mention in here}, {_weekday(mention) for mention in there}
    if len(days_a) == len(days_b) == 1 and days_a != days_b:
        names = [WEEKDAYS[days.pop() - 1] for days in (days_a, days_b)]
        reason = f"A {names[0]} here, a {names[1]} there."
        yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)


def _weekday(mention: DateMention) -> int:
    """1 (Monday) to 7, as written or of the one day that is meant; 0 where neither is known."""
    if mention.value and mention.precision in _DAYS and "/" not in mention.value:
        return date.fromisoformat(mention.value[:10]).isoweekday()
    return mention.weekday or 0


_DAYS = (Precision.DAY, Precision.MINUTE)


def name_differences(statement: str, a: Told, b: Told, names: Mapping[str, str]) -> Iterator[Difference]:
    """Persons and places that stand in one telling each, where both tellings name one of that kind."""
    for kind in (NameKind.PERSON, NameKind.PLACE):
        here, there = _named(a, b, kind), _named(b, a, kind)
        if len(here) == len(there) == 1 and not _same_place(a, here[0], b, there[0]):
            one, other = here[0], there[0]
            if not may_differ(a, one, b, other):
                continue
            reason = f"{names[str(one.entity)]} here, {names[str(other.entity)]} there."
            yield differ(DifferenceKind.NAME, statement, ((a, one.span), (b, other.span)), reason)


def _same_place(a: Told, one: NameMention, b: Told, other: NameMention) -> bool:
    """Whether one name is part of the other, or a city stands for its country."""
    names = [folded_text(mention.text, Fold.SEARCH) for mention in (one, other)]
    return names[0] in names[1] or names[1] in names[0] or bool(_lands(a, one) & _lands(b, other))


def _lands(told: Told, name: NameMention) -> set[str]:
    """The countries (ISO codes) that a place name is of or in."""
    hits = lexicon(told.language, "places_words").find(name.text)
    return {hit.row.meaning.partition(":")[2].partition("/")[0] for hit in hits}


def _named(a: Told, b: Told, kind: NameKind) -> list[NameMention]:
    """The names of a kind in the content of `a` that the report of `b` does not name beside the statement."""
    found: dict[str, NameMention] = {}
    for mention in a.names:
        inside = a.content.contains(mention.span)
        if inside and mention.kind is kind and mention.entity and mention.entity not in b.named_near:
            found.setdefault(mention.entity, mention)
    return list(found.values())


def _figure(number: NumberMention) -> str:
    unit = f" ({number.unit.replace('_', ' ')})" if number.unit else ""
    return f"{number.value:,.10g}{unit}"
