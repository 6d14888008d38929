"""Years that stand alone, and the eras behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.date_items import Item
from khabar.annotate.date_walk import SPACE, Expression, Match, Reading, joins
from khabar.model.mentions import Calendar

# Years of the Gregorian and of the other calendars that news tells of; other numbers count something.
_TOLD_YEARS = (range(1700, 2101), range(1300, 1501))
_GOES_ON = re.compile(r"[.,:٫٬/]\d|\s?[%٪$€]|[^\W\d_]")


def is_told(number: int) -> bool:
    """Whether news tells of a year of this number."""
    return any(number in years for years in _TOLD_YEARS)


def with_era(items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    """The expression with the era that stands behind its year."""
    if not joins(items, at, SPACE) or all(reading.year is None for reading in expression.readings):
        return expression, at
    era = items[at].get("era")
    if not isinstance(era, Calendar) or expression.calendar not in (None, era):
        return expression, at
    return replace(expression, calendar=era, end=items[at].end), at + 1


def bare_year(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "since 2011", "سال ۱۳۹۹", "1441 هـ": a year that its neighbour shows to be one."""
    if at >= len(items):
        return None
    marked = items[at].get("year") is not None
    place = at + 1 if marked else at
    if marked and not joins(items, place, SPACE):
        return None
    number = items[place].integer("number")
    if number is None or items[place].digits != 4 or is_counted(text, items, place) or not is_told(number):
        return None
    expression = Expression(items[place].start, items[place].end, (Reading(number),))
    expression, following = with_era(items, expression, place + 1)
    if not marked and expression.calendar is None:
        return None
    return expression, following


def last_year(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """The year that ends a stretch: what it joins shows it to be one."""
    found = bare_year(text, items, at)
    number = items[at].integer("number") if found is None and at < len(items) else None
    if number is None or items[at].digits != 4 or not is_told(number) or is_counted(text, items, at):
        return found
    return with_era(items, Expression(items[at].start, items[at].end, (Reading(number),)), at + 1)


def is_counted(text: str, items: Sequence[Item], at: int) -> bool:
    """Whether the number goes on: "2011.5", "2011%", "2000s"."""
    return _GOES_ON.match(text, items[at].end) is not None
