"""Vague dates: "early July", "منتصف الشهر الجاري", "اواخر سال ۱۳۹۸"."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.annotate.date_core import read_year
from khabar.annotate.date_items import Item, Month
from khabar.annotate.date_walk import BESIDE, SPACE, Expression, Match, Reading, joins, skip
from khabar.annotate.date_years import is_counted, is_told, with_era


def read_part(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """The beginning, the middle or the end of a month or a year, and the place behind it."""
    part = items[at].get("part_of")
    if part is None:
        return None
    place = skip(items, at + 1, "link", "year")
    if place >= len(items) or not joins(items, place, BESIDE):
        return None
    found = _shifted(items, at, place) or _month(text, items, at, place) or _year(text, items, at, place)
    if found is None:
        return None
    expression, following = found
    fields = {name: getattr(expression, name) for name in expression.__slots__}
    return Expression(**{**fields, "part": str(part)}), following


def _shifted(items: Sequence[Item], at: int, place: int) -> Match[Expression] | None:
    for unit in ("month", "year"):
        number = items[place].integer(f"{unit}_shift")
        if number is not None:
            return Expression(items[at].start, items[place].end, shift=(unit, number)), place + 1
    return None


def _month(text: str, items: Sequence[Item], at: int, place: int) -> Match[Expression] | None:
    months = items[place].months()
    if not months:
        return None
    month: Month = months[0]
    year = read_year(text, items, place + 1, month, first=True)
    following = year[1] if year else place + 1
    reading = Reading(year[0] if year else None, month.number)
    expression = Expression(items[at].start, items[following - 1].end, (reading,), month.calendar)
    return with_era(items, expression, following)


def _year(text: str, items: Sequence[Item], at: int, place: int) -> Match[Expression] | None:
    number = items[place].integer("number")
    if number is None or items[place].digits != 4 or not is_told(number) or is_counted(text, items, place):
        return None
    if not joins(items, place, SPACE):
        return None
    return with_era(items, Expression(items[at].start, items[place].end, (Reading(number),)), place + 1)
