"""Differences in what can be looked up: dates and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from rapidfuzz import fuzz

from khabar.annotate.date_conflicts import WEEKDAYS
from khabar.compare.told import Nearness, Told, differ, may_differ
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.mentions import DateMention, NameKind, NameMention, Precision
from khabar.model.story import Difference, DifferenceKind, Weight


def date_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days that stand in one telling each and do not agree; what could not be resolved is left out.

    One day that is told by other words ("yesterday", "Thursday") is a difference of wording.
    """
    here, there = _days(a), _days(b)
    days_a, days_b = {str(m.value)[:10] for m in here}, {str(m.value)[:10] for m in there}
    sides = ((a, here[0].span), (b, there[0].span)) if here and there else None
    if sides and _one_weekday(here[0], there[0]):
        return
    if sides and len(days_a) == len(days_b) == 1 and days_a != days_b:
        reason = f"{days_a.pop()} here, {days_b.pop()} there."
        yield differ(DifferenceKind.DATE, statement, sides, reason)
    elif sides and len(days_a) == len(days_b) == 1 and _told_otherwise(a, here[0], b, there[0]):
        reason = f"Both mean {days_a.pop()}, told from another day."
        yield differ(DifferenceKind.DATE, statement, sides, reason, Weight.WORDING)
    elif not (days_a and days_b):
        yield from _weekday_differences(statement, a, b)
        yield from _year_differences(statement, a, b)
        yield from _open_day_differences(statement, a, b)


def _one_weekday(one: DateMention, other: DateMention) -> bool:
    """Whether both say only "Monday": of which week is inferred, and no ground for a difference."""
    return one.relative and other.relative and one.weekday is not None and one.weekday == other.weekday


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
    """Years or months that stand in one telling each, with no day beside them, and have no day in common."""
    for precision in (Precision.YEAR, Precision.MONTH):
        here, there = (_dates_of(told, precision) for told in (a, b))
        if len(here) == len(there) == 1 and _are_apart(here[0], there[0]):
            reason = f"{_figures(here[0])} here, {_figures(there[0])} there."
            yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)


def _dates_of(told: Told, precision: Precision) -> list[DateMention]:
    return [one for one in told.dates if one.value and one.precision is precision and one.calendar]


def _are_apart(one: DateMention, other: DateMention) -> bool:
    """Whether two years or months share no day; months of two calendars overlap two of the other."""
    if one.calendar is other.calendar:
        return one.value != other.value
    first, second = sorted((_bounds(one), _bounds(other)))
    return first[1] < second[0]


def _bounds(mention: DateMention) -> tuple[str, str]:
    """The first and the last day; the last of a Gregorian month need not exist to be compared."""
    value = str(mention.value)
    first, _, last = value.partition("/")
    return (
        (first, last)
        if last
        else (f"{value}-01-01"[:10], f"{value}-12-31" if len(value) == 4 else f"{value}-31")
    )


def _figures(mention: DateMention) -> str:
    return mention.text if "/" in str(mention.value) else str(mention.value)


def _open_days(told: Told) -> list[tuple[DateMention, tuple[str, int]]]:
    """Days of a month of which nothing tells the year: the month and the number of the day."""
    found = []
    for mention in told.dates:
        if mention.value or mention.relative or mention.precision is not Precision.DAY:
            continue
        months = {hit.row.meaning for hit in lexicon(told.language, "months").find(mention.text)}
        days = _DIGITS.findall(mention.text)
        if len(months) == len(days) == 1:
            found.append((mention, (months.pop(), int(days[0]))))
    return found


def _open_day_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """ "3 June" against "3 July" where no report says of which year."""
    here, there = _open_days(a), _open_days(b)
    if len(here) != 1 or len(there) != 1:
        return
    (one, day), (other, another) = here[0], there[0]
    if one.calendar is other.calendar and day != another:
        reason = f"{one.text} here, {other.text} there."
        yield differ(DifferenceKind.DATE, statement, ((a, one.span), (b, other.span)), reason)


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
_DIGITS = re.compile(r"\d+")


# Names of two languages that lie nearer than this by themselves may be one in two spellings: of 16 that were
# not linked and are one, 13 lay above .41, of 12 others all but 3 below .35.
_ONE_NAME_FROM = 0.36
# Of one language: percent of letters in common, in order ("واشنطن", "واشنطون"), where no table knows both.
_ONE_SPELLING_FROM, _SHORTEST_SPELLED = 85, 5


def name_differences(
    statement: str, a: Told, b: Told, names: Mapping[str, str], nearness: Nearness
) -> Iterator[Difference]:
    """Persons and places that stand in one telling each, where both tellings name one of that kind."""
    for kind in (NameKind.PERSON, NameKind.PLACE):
        here, there = _named(a, b, kind), _named(b, a, kind)
        if len(here) == len(there) == 1 and not _same_place(a, here[0], b, there[0]):
            one, other = here[0], there[0]
            if not _can_differ(a, one, b, other) or may_be_one(a, one, b, other, nearness):
                continue
            if kind is NameKind.PERSON and _names(a, other) and _names(b, one):
                continue  # both reports know both: a judge here and an owner there are no two versions
            if kind is NameKind.PLACE and (_says_land(a, one, b) or _says_land(b, other, a)):
                continue
            reason = f"{names[str(one.entity)]} here, {names[str(other.entity)]} there."
            yield differ(DifferenceKind.NAME, statement, ((a, one.span), (b, other.span)), reason)


def _names(told: Told, person: NameMention) -> bool:
    """Whether the report names this person anywhere."""
    return any(mention.entity == person.entity for mention in told.article.names)


def same_land(a: Told, one: NameMention, b: Told, other: NameMention) -> bool:
    """Whether both names are of one country or of a city in it, as a capital stands for its government."""
    return bool(_lands(a, one) & _lands(b, other))


def _can_differ(a: Told, one: NameMention, b: Told, other: NameMention) -> bool:
    """The same as `may_differ`, and yes where the tables know both names as two places."""
    known = _places_of(a, one), _places_of(b, other)
    return bool(all(known) and not known[0] & known[1]) or may_differ(a, one, b, other)


def _says_land(told: Told, name: NameMention, other: Told) -> bool:
    """Whether the other telling says the country of a name in another word: "Iranian" for "Iran"."""
    countries = {place.partition(":")[2] for place in _places_of(told, name) if "/" not in place}
    said = {hit.row.meaning.partition(":")[2] for hit in other.clause_hits("places_words")}
    return bool(countries & said)


def may_be_one(a: Told, one: NameMention, b: Told, other: NameMention, nearness: Nearness) -> bool:
    """Whether two names may be one in two spellings or languages, which no table tells apart."""
    if _places_of(a, one) and _places_of(b, other):
        return False
    if a.language == b.language:
        spelled = [folded_text(mention.text, Fold.SEARCH) for mention in (one, other)]
        long_enough = min(map(len, spelled)) >= _SHORTEST_SPELLED
        return long_enough and fuzz.ratio(*spelled) >= _ONE_SPELLING_FROM
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
