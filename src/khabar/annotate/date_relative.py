"""Days that words name by their distance from the day of writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from khabar.annotate.calendars import month_of, to_gregorian
from khabar.annotate.date_context import Context
from khabar.annotate.date_values import at_clock, part_of, period
from khabar.annotate.date_walk import Expression
from khabar.model.mentions import Calendar, DateMention, Precision

# A lone weekday is the last one where that lies nearer than the next; otherwise it may be either.
_NEAR_WEEKDAY_DAYS = 3
_PRECISION = {"week": Precision.WEEK, "month": Precision.MONTH, "year": Precision.YEAR}


def read_relative(bare: DateMention, expression: Expression, context: Context) -> DateMention:
    """The mention with its value, where there is a day to count from."""
    anchor = context.anchor
    told = anchor.isoformat() if anchor else None
    bare = replace(bare, relative=True, calendar=None, anchor=told, part=expression.part)
    if expression.minutes is not None:
        return _ago(bare, expression.minutes, context)
    if expression.shift and not expression.weekday and not expression.month_day:
        value = _shifted(anchor, expression, context.calendars[0]) if anchor else None
        return replace(bare, value=value, precision=_PRECISION[expression.shift[0]])
    day = _day(expression, anchor, context.calendars[0]) if anchor else None
    if day is None:
        return replace(bare, precision=Precision.DAY)
    value, precision = at_clock(day, expression.clock)
    return replace(bare, value=value, precision=precision)


def _ago(bare: DateMention, minutes: int, context: Context) -> DateMention:
    """ "3 hours ago": counted from a moment; from a day it may be that day or the one before."""
    if context.moment is None:
        return replace(bare, precision=Precision.MINUTE)
    moment = context.moment + timedelta(minutes=minutes)
    value, anchor = (each.isoformat(timespec="minutes") for each in (moment, context.moment))
    return replace(bare, value=value, precision=Precision.MINUTE, anchor=anchor)


def _day(expression: Expression, anchor: date, calendar: Calendar) -> date | None:
    """The day counted from the anchor; None where a weekday beside "today" contradicts it."""
    if expression.days is not None:
        day = anchor + timedelta(days=expression.days)
        return None if expression.weekday not in (None, day.isoweekday()) else day
    if expression.shift:
        return _day_in_shift(expression, anchor, calendar)
    return None if expression.weekday is None else _weekday(expression.weekday, expression.turn, anchor)


def _weekday(weekday: int, turn: str | None, anchor: date) -> date | None:
    """The weekday before or behind the anchor; where nothing tells which, the last one if that is nearer."""
    back = (anchor.isoweekday() - weekday) % 7
    if turn == "next":
        return anchor + timedelta(days=7 - back)
    if turn == "last":
        return anchor - timedelta(days=back or 7)
    if turn == "ahead":
        return anchor + timedelta(days=(7 - back) % 7)
    return anchor - timedelta(days=back) if turn == "behind" or back <= _NEAR_WEEKDAY_DAYS else None


def _day_in_shift(expression: Expression, anchor: date, calendar: Calendar) -> date | None:
    """ "Friday next week", "the 20th of this month"."""
    _, number = expression.shift or ("", 0)
    if expression.month_day is None:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=number)
        return monday + timedelta(days=(expression.weekday or 1) - 1)
    year, month = _months_on(anchor, number, calendar)
    return to_gregorian(calendar, year, month, expression.month_day)


def _months_on(anchor: date, number: int, calendar: Calendar) -> tuple[int, int]:
    year, month = month_of(calendar, anchor)
    months = year * 12 + month - 1 + number
    return months // 12, months % 12 + 1


def _shifted(anchor: date, expression: Expression, calendar: Calendar) -> str | None:
    """A week as ISO writes it ("2020-W27"); a month or a year of the calendar that the page lives by."""
    unit, number = expression.shift or ("", 0)
    if unit == "week":
        year, week, _ = (anchor + timedelta(weeks=number)).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "month":
        year, month = _months_on(anchor, number, calendar)
    else:
        year, month = month_of(calendar, anchor)[0] + number, 0
    if expression.part:
        return part_of(calendar, year, month or None, expression.part)
    return period(calendar, year, month or None)
