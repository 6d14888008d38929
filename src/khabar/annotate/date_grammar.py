"""Date expressions: how the pieces stand together, in any of the languages and calendars of the packs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.date_clock import read_clock
from khabar.annotate.date_core import read_core, read_day, with_era
from khabar.annotate.date_items import Item
from khabar.annotate.date_walk import (
    AROUND,
    BESIDE,
    SPACE,
    YEARS,
    Expression,
    Match,
    Reading,
    closed,
    joins,
    skip,
)

# Years of the Gregorian and of the other calendars that news tells of; other numbers count something.
_TOLD_YEARS = (range(1700, 2101), range(1300, 1501))
_GOES_ON = re.compile(r"[.,:٫٬/]\d|\s?[%٪$€]|[^\W\d_]")


def find_expressions(text: str, items: Sequence[Item]) -> list[Expression]:
    """Every date expression that the items of `text` form, in order and without overlap."""
    found: list[Expression] = []
    label: tuple[str, int] | None = None
    at = 0
    while at < len(items):
        read = _dated(text, items, at) or _relative(text, items, at)
        if read is None:
            if items[at].get("label"):
                label = str(items[at].get("label")), items[at].end
            at += 1
            continue
        expression, at = read
        near = label is not None and expression.start - label[1] <= 12
        found.append(replace(expression, label=label[0] if label and near else None))
        label = None if near else label
    return found


def _dated(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """A date with what may stand around it: time, weekday, the date, weekday, time."""
    lead = read_clock(items, at)
    place = lead[1] if lead and joins(items, lead[1], AROUND) else at
    weekday = _weekday(items, place)
    core_at = weekday[1] if weekday else place
    if weekday and not joins(items, core_at, AROUND):
        return None
    core = read_core(text, items, core_at)
    if core is None:
        return None
    expression, following = core
    expression = replace(expression, start=items[at].start)
    if weekday:
        expression = _with_weekday(expression, items[place], weekday[0])
    else:
        expression, following = _trailing_weekday(text, items, expression, following)
    if lead and place != at:
        return replace(expression, clock=lead[0]), following
    return _trailing_clock(text, items, expression, following)


def _with_weekday(expression: Expression, item: Item, weekday: int) -> Expression:
    return replace(expression, weekday=weekday, weekday_place=(item.start, item.end))


def _trailing_weekday(text: str, items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    place = skip(items, at, "day_mark")
    weekday = _weekday(items, place) if joins(items, place, BESIDE) else None
    if weekday is None or read_core(text, items, weekday[1]):
        return expression, at  # none, or one that belongs to the date behind it
    end = closed(text, items, place)
    return _with_weekday(replace(expression, end=end), items[place], weekday[0]), place + 1


def _trailing_clock(text: str, items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    clock = read_clock(items, at) if joins(items, at, AROUND) else None
    if clock is None:
        return expression, at
    expression = replace(expression, clock=clock[0], end=closed(text, items, clock[1] - 1))
    return _late_year(items, expression, clock[1])


def _late_year(items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    """A year behind the time: "Wed Jul 08 17:40:12 2020"."""
    year = items[at].integer("number") if joins(items, at, SPACE) and items[at].digits == 4 else None
    if year not in YEARS or any(reading.year for reading in expression.readings):
        return expression, at
    readings = tuple(replace(reading, year=year) for reading in expression.readings)
    return replace(expression, readings=readings, end=items[at].end), at + 1


def _weekday(items: Sequence[Item], at: int) -> Match[int] | None:
    if at >= len(items):
        return None
    value = items[at].integer("weekday") or items[at].integer("far_weekday")
    return None if value is None else (value, skip(items, at + 1, "day_mark"))


def _relative(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    for read in (_day_word, _bare_weekday, _turned_weekday, _shifted, _day_of_month, _bare_year):
        found = read(text, items, at)
        if found:
            return found
    return None


def _day_word(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "today", "yesterday, Sunday", "today (Wednesday)"."""
    days = items[at].integer("day")
    if days is None:
        return None
    place = at + 1
    if joins(items, place, SPACE) and items[place].get("ordinal") and not items[place].get("weekday"):
        return None  # "the first day", which in Arabic begins like "today"
    expression = Expression(items[at].start, items[at].end, days=days)
    named = skip(items, place, "day_mark")
    if not joins(items, named, BESIDE) or items[named].get("weekday") is None:
        return expression, place
    weekday = items[named].integer("weekday") or 0
    if _dated(text, items, named):  # the weekday opens a full date of its own
        return replace(expression, weekday=weekday), place
    expression = replace(expression, end=closed(text, items, named))
    return _with_weekday(expression, items[named], weekday), named + 1


def _bare_weekday(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    weekday = items[at].integer("weekday")
    if weekday is None:
        return None
    expression = Expression(items[at].start, items[at].end)
    expression = replace(_with_weekday(expression, items[at], weekday), turn=_until(items, at))
    if not joins(items, at + 1, BESIDE):
        return expression, at + 1
    for turn in ("last", "next"):
        if items[at + 1].get(turn) is not None and (items[at + 1].gap or "").isspace():
            return replace(expression, turn=turn, end=items[at + 1].end), at + 2
    place = skip(items, at + 1, "link")
    week = items[place].integer("week_shift") if joins(items, place, BESIDE) else None
    if week is not None:
        return replace(expression, shift=("week", week), end=items[place].end), place + 1
    days = items[at + 1].integer("day")
    if days is not None and not items[at + 1].prefix:
        return replace(expression, days=days, end=closed(text, items, at + 1)), at + 2
    return expression, at + 1


def _until(items: Sequence[Item], at: int) -> str | None:
    """ "next" for a weekday that something lasts until."""
    before = at - 1
    if before > 0 and items[before].get("day_mark") is not None and joins(items, at, SPACE):
        before, at = before - 1, before
    lasting = at > 0 and joins(items, at, SPACE) and items[before].get("until") is not None
    return "next" if lasting else None


def _turned_weekday(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    turn = next((turn for turn in ("last", "next") if items[at].get(turn) is not None), None)
    if turn is None or not joins(items, at + 1, SPACE) or items[at + 1].get("weekday") is None:
        return None
    read = _bare_weekday(text, items, at + 1)
    return (replace(read[0], start=items[at].start, turn=turn), read[1]) if read else None


def _shifted(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    if at > 0 and (items[at].gap or "").isspace() and _counts(items[at - 1]):
        return None  # "three years ago", "the last ten years"
    for unit in ("week", "month", "year"):
        number = items[at].integer(f"{unit}_shift")
        if number is not None:
            shift = (unit, number)
            return Expression(items[at].start, items[at].end, shift=shift), at + 1
    return None


def _day_of_month(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "في 20 من الشهر الجاري", "the 20th of this month"."""
    day = read_day(items, at)
    place = skip(items, day[1], "link") if day else at
    if day is None or not joins(items, place, SPACE):
        return None
    month = items[place].integer("month_shift")
    if month is None or (place == day[1] and items[at].get("ordinal") is None):
        return None  # "20 last month" counts, "20 of last month" dates
    expression = Expression(items[at].start, items[place].end, shift=("month", month), month_day=day[0])
    return expression, place + 1


def _counts(item: Item) -> bool:
    return item.get("count") is not None or (item.get("number") is not None and item.digits < 4)


def _bare_year(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "since 2011", "سال ۱۳۹۹", "1441 هـ": a year that its neighbour shows to be one."""
    marked = items[at].get("year") is not None
    place = at + 1 if marked else at
    if marked and not joins(items, place, SPACE):
        return None
    number = items[place].integer("number")
    if number is None or items[place].digits != 4 or _is_counted(text, items, place):
        return None
    if not any(number in years for years in _TOLD_YEARS):
        return None
    expression = Expression(items[place].start, items[place].end, (Reading(number),))
    expression, following = with_era(items, expression, place + 1)
    if not marked and expression.calendar is None:
        return None
    return expression, following


def _is_counted(text: str, items: Sequence[Item], at: int) -> bool:
    """Whether the number goes on: "2011.5", "2011%", "2000s"."""
    return _GOES_ON.match(text, items[at].end) is not None
