"""The date itself: day, month and year in numbers or names, in any order that a language of the packs has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khabar.annotate.date_items import Item, Month
from khabar.annotate.date_walk import INSIDE, SPACE, YEARS, Expression, Match, Reading, joins, skip
from khabar.annotate.date_years import with_era
from khabar.model.mentions import Calendar

_OF_CLOCK = ("clock", "time", "clock_mark")
_DASH = re.compile(r"\s?[-–—]\s?")
_BEFORE_YEAR = re.compile(r"[\s,،.\-–—/()'’]*")


def read_core(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """The date that begins at an item, and the place behind it."""
    if at >= len(items):
        return None
    for read in (_numeric, _day_month, _month_day, _year_month):
        found = read(text, items, at)
        if found:
            expression, following = found
            return with_era(items, expression, following)
    return None


def _numeric(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    item = items[at]
    readings: list[Reading] = []
    if isinstance(ymd := item.get("ymd"), tuple):
        readings = [Reading(*ymd)]
    elif isinstance(dmy := item.get("dmy"), tuple):
        first, second, third, mark = dmy
        readings = [Reading(int(third), second, first), Reading(int(third), first, second)]
        if mark == "." and _makes_sense(readings[0]):
            readings.pop()  # nobody writes the month first with full stops
        if len(third) == 2:
            readings.append(Reading(first, second, int(third)))
    kept = tuple(dict.fromkeys(reading for reading in readings if _makes_sense(reading)))
    return (Expression(item.start, item.end, kept), at + 1) if kept else None


def _makes_sense(reading: Reading) -> bool:
    year, month, day = reading.year or 0, reading.month or 0, reading.day or 0
    return (year in YEARS or year < 100) and 1 <= month <= 12 and 1 <= day <= 31


def _day_month(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    day = read_day(items, at)
    if day is None:
        return None
    until = _until(items, day[1])
    month = _month(items, until[1] if until else day[1])
    if month is None:
        return None
    year = read_year(text, items, month[1], month[0])
    if year is None and items[at].get("count") is not None and items[at].get("ordinal") is None:
        return None  # "one of the month of August" counts something else
    return _expression(items, at, year, month, [day[0], *(until or ())[:1]])


def _until(items: Sequence[Item], at: int) -> Match[int] | None:
    """The last day of a stretch, behind a dash or a word like "to"."""
    marked = joins(items, at, SPACE) and items[at].get("range") is not None
    place = at + 1 if marked else at
    if not joins(items, place, SPACE if marked else _DASH):
        return None
    number = items[place].integer("number")
    fits = number is not None and items[place].digits <= 2 and 1 <= number <= 31
    return (number, place + 1) if fits and number else None


def _month_day(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    month = _month(items, at, first=True)
    if month is None:
        return None
    day = read_day(items, month[1]) if joins(items, month[1], SPACE) else None
    if day is None:
        year = read_year(text, items, month[1], month[0], first=True)
        return _expression(items, at, year, month, []) if year else None
    until = _until(items, day[1])
    year = read_year(text, items, until[1] if until else day[1], month[0], first=True)
    if year and until:
        return _expression(items, at, year, month, [day[0], until[0]])
    year = year or read_year(text, items, day[1], month[0], first=True)
    if year is None and not month[0].leads:
        return None
    return _expression(items, at, year, (month[0], day[1]), [day[0]])


def _year_month(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    year = items[at].integer("number")
    if year is None or items[at].digits != 4 or year not in YEARS or not joins(items, at + 1, INSIDE):
        return None
    month = _month(items, at + 1)
    place = skip(items, month[1], "link") if month else at
    day = read_day(items, place) if month and joins(items, place, SPACE) else None
    if month is None or day is None:
        return None
    return _expression(items, at, (year, day[1]), month, [day[0]])


def _expression(
    items: Sequence[Item], at: int, year: Match[int] | None, month: Match[Month], days: Sequence[int]
) -> Match[Expression]:
    """The expression from an item on; `days` holds no day, one, or the first and the last."""
    following = max(year[1] if year else 0, month[1])
    day, until = (*days, None, None)[:2]
    reading = Reading(year[0] if year else None, month[0].number, day, until)
    end = items[following - 1].end
    return Expression(items[at].start, end, (reading,), month[0].calendar), following


def read_day(items: Sequence[Item], at: int) -> Match[int] | None:
    """A day of the month, in digits ("8", "8th", "8.") or in words."""
    if at >= len(items):
        return None
    number = items[at].integer("number")
    if number is not None:
        return (number, at + 1) if items[at].digits <= 2 and 1 <= number <= 31 else None
    word = _in_words(items[at])
    if word is None:
        return None
    more = _in_words(items[at + 1]) if joins(items, at + 1, INSIDE) else None
    if more is None or not _adds(*sorted((word, more))):
        return word, at + 1
    return (word + more, at + 2) if word + more <= 31 else None


def _in_words(item: Item) -> int | None:
    return item.integer("ordinal") or item.integer("count")


def _adds(less: int, more: int) -> bool:
    """Whether two number words are one number: "الحادي والعشرين", "twenty first"."""
    return less < 10 and more in (20, 30)


def _month(items: Sequence[Item], at: int, first: bool = False) -> Match[Month] | None:
    """A month's name; a second name of the same month behind it ("تموز/يوليو") belongs to it."""
    place = at if first else skip(items, at, "link")
    if place >= len(items) or not (first or joins(items, place, INSIDE)):
        return None
    months = items[place].months()
    if not months:
        return None
    twin = items[place + 1].months() if joins(items, place + 1, INSIDE) else []
    for month in months:
        if any((other.calendar, other.number) == (month.calendar, month.number) for other in twin):
            return month, place + 2
    return months[0], place + 1


def read_year(
    text: str, items: Sequence[Item], at: int, month: Month, first: bool = False
) -> Match[int] | None:
    """The year behind a month's name, or behind the day that follows it."""
    place = skip(items, at, "link", "year")
    if not joins(items, place, _BEFORE_YEAR):
        return None
    value = items[place].integer("number")
    if value is None:
        return None
    if items[place].digits == 4 and value in YEARS:
        return value, place + 1
    apostrophe = (items[place].gap or "").endswith(("'", "’"))
    short = items[place].digits == 2 and month.calendar is not Calendar.HIJRI and place == at
    plain = (items[place].gap or "") in (" ", "-", "/", ".") and _stands_last(text, items, place)
    if short and (apostrophe or (plain and not first)):
        return value, place + 1
    return None


def _stands_last(text: str, items: Sequence[Item], at: int) -> bool:
    """Whether no word follows: "18 تیر 99 - 17:40", not "18 تیر 99 نفر"."""
    if joins(items, at + 1, SPACE) and any(items[at + 1].get(kind) is not None for kind in _OF_CLOCK):
        return True
    rest = text[items[at].end : items[at].end + 3].lstrip()
    return not rest[:1].isalnum() and rest[:1] not in ("%", "٪", ":")
