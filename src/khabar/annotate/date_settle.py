"""Numbers that could be of two calendars, decided by what else the page says, or left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from khabar.annotate.date_clues import Placed
from khabar.annotate.date_context import Context
from khabar.annotate.date_days import decided_day, open_readings
from khabar.annotate.date_walk import Expression
from khabar.model.mentions import Calendar

_OWN = frozenset((Calendar.JALALI, Calendar.HIJRI))
_SAME = timedelta(days=1)
# Two calendars set one number decades apart: what lies in the year around a known day of the page is meant.
_NEAR, _FAR = timedelta(days=366), timedelta(days=3650)


def named_calendars(placed: Iterable[Placed]) -> frozenset[Calendar]:
    """The calendars besides the Gregorian that the page names by their months or their eras."""
    return frozenset(each.expression.calendar for each in placed if each.expression.calendar in _OWN)


def settled(placed: Sequence[Placed], known: Iterable[date], context: Context) -> list[Placed]:
    """The same places; an open date gets its calendar where one of its readings fits days that are known."""
    days = {*known, *_full_days(placed, context)}
    return [replace(each, expression=_settle(each.expression, days, context)) for each in placed]


def _full_days(placed: Sequence[Placed], context: Context) -> set[date]:
    found = (decided_day(each.expression, context) for each in placed if not each.expression.relative)
    return {day.value for day in found if day}


def _settle(expression: Expression, known: set[date], context: Context) -> Expression:
    if not _is_open(expression, context) or not known:
        return expression
    options = [(calendar, first) for calendar, first, _ in open_readings(expression, context)]
    for within, beyond in ((_SAME, _SAME), (_NEAR, _FAR)):
        near = {calendar for calendar, day in options if _distance(day, known) <= within}
        far = {calendar for calendar, day in options if _distance(day, known) > beyond}
        if len(near) == 1 and near | far == {calendar for calendar, _ in options}:
            return replace(expression, calendar=near.pop())
    return expression


def _is_open(expression: Expression, context: Context) -> bool:
    full = bool(expression.readings) and all(each.day and each.year for each in expression.readings)
    return full and expression.calendar is None and decided_day(expression, context) is None


def _distance(day: date, known: set[date]) -> timedelta:
    return min(abs(day - other) for other in known)
