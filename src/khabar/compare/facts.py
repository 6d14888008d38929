"""Differences in what can be looked up: dates and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from khabar.annotate.date_conflicts import WEEKDAYS
from khabar.compare.told import Nearness, Told, differ, may_differ
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.mentions import Calendar, DateMention, NameKind, NameMention, Precision
from khabar.model.story import Difference, DifferenceKind, Weight


def date_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days that stand in one telling each and do not agree; what could not be resolved is left out.

    One day that is told by other words ("yesterday", "Thursday") is a difference of wording.
    """
    here, there = _days(a), _days(b)
    days_a, days_b = {str(m.value)[:10] for m in here}, {str(m.value)[:10] for m in there}
    sides = ((a, here[0].span), (b, there[0].span)) if here and there else None
    if sides and len(days_a) == len(days_b) == 1 and days_a != days_b:
        reason = f"{days_a.pop()} here, {days_b.pop()} there."
        yield differ(DifferenceKind.DATE, statement, sides, reason)
    elif sides and len(days_a) == len(days_b) == 1 and _told_otherwise(a, here[0], b, there[0]):
        reason = f"Both mean {days_a.pop()}, told from another day."
        yield differ(DifferenceKind.DATE, statement, sides, reason, Weight.WORDING)
    elif not (days_a and days_b):
        yield from _weekday_differences(statement, a, b)
        yield from _year_differences(statement, a, b)


def _days(told: Told) -> list[DateMention]:
    return [mention for mention in told.dates if mention.value and mention.precision in _DAYS]


def _told_otherwise(a: Told, one: DateMention, b: Told, other: DateMention) -> bool:
    """Whether one says "today" and the other "yesterday", or only one counts from its own day."""
    return _counted(a, one) != _counted(b, other)


def _counted(told: Told, mention: DateMention) -> str:
    """How many days the words count from the day of the report, "" where they do not."""
    hits = lexicon(told.language, "day_words").find(mention.text)
    return hits[0].row.meaning if hits else ""


def _year_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Years or months that stand in one telling each, with no day beside them."""
    for precision in (Precision.YEAR, Precision.MONTH):
        here, there = (_gregorian(told, precision) for told in (a, b))
        if len(here) == len(there) == 1 and here[0].value != there[0].value:
            reason = f"{here[0].value} here, {there[0].value} there."
            yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)


def _gregorian(told: Told, precision: Precision) -> list[DateMention]:
    """The years or months of the common calendar; those of others overlap two of it."""
    return [
        one
        for one in told.dates
        if one.value and one.precision is precision and one.calendar is Calendar.GREGORIAN
    ]


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


# Names of two languages that lie nearer than this by themselves may be one in two spellings: of 16 that were
# not linked and are one, 13 lay above .41, of 12 others all but 3 below .35.
_ONE_NAME_FROM = 0.36


def name_differences(
    statement: str, a: Told, b: Told, names: Mapping[str, str], nearness: Nearness
) -> Iterator[Difference]:
    """Persons and places that stand in one telling each, where both tellings name one of that kind."""
    for kind in (NameKind.PERSON, NameKind.PLACE):
        here, there = _named(a, b, kind), _named(b, a, kind)
        if len(here) == len(there) == 1 and not _same_place(a, here[0], b, there[0]):
            one, other = here[0], there[0]
            if not may_differ(a, one, b, other) or may_be_one(a, one, b, other, nearness):
                continue
            reason = f"{names[str(one.entity)]} here, {names[str(other.entity)]} there."
            yield differ(DifferenceKind.NAME, statement, ((a, one.span), (b, other.span)), reason)


def may_be_one(a: Told, one: NameMention, b: Told, other: NameMention, nearness: Nearness) -> bool:
    """Whether names of two languages lie so near that they may be one name, which no table tells apart."""
    if a.language == b.language or (_places_of(a, one) and _places_of(b, other)):
        return False
    return nearness((one.text, a.language), (other.text, b.language)) >= _ONE_NAME_FROM


def _same_place(a: Told, one: NameMention, b: Told, other: NameMention) -> bool:
    """Whether one name is part of the other, or a city stands for its country."""
    names = [folded_text(mention.text, Fold.SEARCH) for mention in (one, other)]
    cities = [{place for place in _places_of(*side) if "/" in place} for side in ((a, one), (b, other))]
    if all(cities):
        return bool(cities[0] & cities[1])
    return names[0] in names[1] or names[1] in names[0] or bool(_lands(a, one) & _lands(b, other))


def _lands(told: Told, name: NameMention) -> set[str]:
    """The countries (ISO codes) that a place name is of or in."""
    return {place.partition(":")[2].partition("/")[0] for place in _places_of(told, name)}


def _places_of(told: Told, name: NameMention) -> set[str]:
    """What the tables know the name as: "city:LB/beirut"."""
    return {hit.row.meaning for hit in lexicon(told.language, "places_words").find(name.text)}


def _named(a: Told, b: Told, kind: NameKind) -> list[NameMention]:
    """The names of a kind in the content of `a` that the report of `b` does not name beside the statement."""
    found: dict[str, NameMention] = {}
    for mention in a.names:
        inside = a.content.contains(mention.span)
        if inside and mention.kind is kind and mention.entity and mention.entity not in b.named_near:
            found.setdefault(mention.entity, mention)
    return list(found.values())
