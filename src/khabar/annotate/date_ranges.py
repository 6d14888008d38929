"""Stretches and lists of dates: "28 June to 3 July", "2019-2020", "8 and 9 July"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from khabar.annotate.date_items import Item
from khabar.annotate.date_walk import SPACE, Expression, Match, Reading, joins

_DASH = re.compile(r"\s?[-–—]\s?")
_LONGEST_YEARS = 120
Read = Callable[[str, Sequence[Item], int], Match[Expression] | None]


def stretched(
    text: str, items: Sequence[Item], at: int, found: Match[Expression], read: Read
) -> Match[Expression]:
    """The expression, up to the date behind "to" where it opens a stretch. `read` reads that date."""
    expression, following = found
    place = _joined(items, at, following)
    other = read(text, items, place) if place is not None and len(expression.readings) == 1 else None
    if other is None or len(other[0].readings) != 1 or other[0].part or expression.part:
        return found
    merged = _merged(expression, other[0])
    return (merged, other[1]) if merged else found


def _joined(items: Sequence[Item], at: int, following: int) -> int | None:
    """The place of a date that ends the stretch: behind a dash, "to", or "and" after "between"."""
    if joins(items, following, _DASH) and (items[following].gap or "").strip():
        return following
    if not joins(items, following, SPACE) or not joins(items, following + 1, SPACE):
        return None
    word = items[following]
    opened = at > 0 and joins(items, at, SPACE) and _opens(items, at - 1)
    if word.get("range") is not None or (opened and word.get("and") is not None):
        return following + 1
    return None


def _opens(items: Sequence[Item], at: int) -> bool:
    """Whether "between" stands there, or one word further on: "بين يومي", "بين عامي"."""
    if items[at].get("between") is not None:
        return True
    further = at > 0 and joins(items, at, SPACE) and items[at - 1].get("between") is not None
    return further and (items[at].get("year") is not None or items[at].get("day_mark") is not None)


def _merged(first: Expression, last: Expression) -> Expression | None:
    one, other = first.readings[0], last.readings[0]
    if first.calendar is not None and last.calendar not in (None, first.calendar):
        return None
    if one.until is not None or other.until is not None or _grain(one) != _grain(other):
        return None
    if one.year is None and other.year is not None:
        turned = (one.month or 0, one.day or 0) > (other.month or 0, other.day or 0)
        one = replace(one, year=other.year - turned)
    if one.year is not None and other.year is None:
        other = replace(other, year=one.year)
    if one.year and other.year and (_order(other) <= _order(one) or other.year - one.year > _LONGEST_YEARS):
        return None  # the second is the same day in another calendar: "1399/04/18 - 2020-07-08"
    calendar = first.calendar or last.calendar
    return replace(first, readings=(one,), ends=other, calendar=calendar, end=last.end)


def _grain(reading: Reading) -> tuple[bool, bool]:
    return reading.month is None, reading.day is None


def _order(reading: Reading) -> tuple[int, int, int]:
    return reading.year or 0, reading.month or 0, reading.day or 0


def read_years(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "2019-2020": two years that follow each other; others need a word that says what they are."""
    number = items[at].integer("number")
    if items[at].digits != 4 or number is None or not 1300 <= number <= 2100:
        return None
    if not joins(items, at + 1, _DASH) or not (items[at + 1].gap or "").strip() or items[at + 1].digits != 4:
        return None
    other = items[at + 1].integer("number")
    before = text[items[at].start - 1 : items[at].start]
    after = text[items[at + 1].end : items[at + 1].end + 1]
    if other != number + 1 or before in tuple("-–/") or after in tuple("-–/."):
        return None
    return Expression(items[at].start, items[at + 1].end, (Reading(number),), ends=Reading(other)), at + 2


def fits(first: int, last: int) -> bool:
    """Whether two years may open and close a stretch."""
    return first < last <= first + _LONGEST_YEARS


def days_before(items: Sequence[Item], at: int, found: Expression) -> list[Expression]:
    """The days that share the month behind them, "8, 9 and 10 July": an expression for each, in order."""
    if len(found.readings) != 1 or found.readings[0].day is None or found.ends is not None:
        return []
    days: list[Expression] = []
    place = at
    while (before := _listed(items, place, commas=bool(days))) is not None and len(days) < 6:
        number = items[before].integer("number") or 0
        reading = replace(found.readings[0], day=number, until=None)
        later = days[0].readings[0].day if days else found.readings[0].day
        if number >= (later or 0):
            break
        item = items[before]
        days.insert(0, Expression(item.start, item.end, (reading,), found.calendar))
        place = before
    return days


def _listed(items: Sequence[Item], at: int, commas: bool) -> int | None:
    """The place of a lone day before "and" or a comma."""
    if at < 1:
        return None
    gap = (items[at].gap or "").strip()
    place = at - 1
    if items[place].get("and") is not None and joins(items, at, SPACE) and joins(items, place, SPACE):
        place -= 1
        if items[place].get("link") is not None and joins(items, place, SPACE):
            place -= 1  # "the 14th and 15th"
    elif not commas or gap not in (",", "،"):
        return None
    number = items[place].integer("number") if place >= 0 else None
    if joins(items, place, SPACE) and place > 0 and items[place - 1].months():
        return None  # "July 7 and 8 August"
    return place if number is not None and items[place].digits <= 2 and 1 <= number <= 31 else None


def months_before(items: Sequence[Item], at: int, found: Expression) -> list[Expression]:
    """The months that share a year: "June and July 2020" as two, "June-July 2020" as one stretch."""
    reading = found.readings[0] if len(found.readings) == 1 else None
    if reading is None or reading.day is not None or reading.year is None or found.ends:
        return []
    dashed = joins(items, at, _DASH) and (items[at].gap or "").strip() != ""
    place = at - 1 if dashed else at - 2
    if place < 0 or not (dashed or (joins(items, at, SPACE) and joins(items, at - 1, SPACE))):
        return []
    months = [month for month in items[place].months() if month.calendar is found.calendar]
    if not months or months[0].number >= (reading.month or 0):
        return []
    first, item = replace(reading, month=months[0].number), items[place]
    if dashed or items[at - 1].get("range") is not None:
        return [replace(found, start=item.start, readings=(first,), ends=reading)]
    alone = Expression(item.start, item.end, (first,), found.calendar)
    return [alone, found] if items[at - 1].get("and") is not None else []
