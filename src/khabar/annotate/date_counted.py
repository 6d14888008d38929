"""Days told by their distance: "3 days ago", "قبل ثلاثة أيام", "سه روز پیش", "in two weeks"."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.annotate.date_items import Item
from khabar.annotate.date_tense import turn_at
from khabar.annotate.date_walk import SPACE, Expression, Match, joins

_MOST = {"minute": 600, "hour": 96, "day": 400, "week": 104, "month": 60, "year": 99}
_MINUTES = {"minute": 1, "hour": 60}


def read_counted(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """A count of minutes to years from the day of writing, and the place behind it."""
    for sign, kind in ((-1, "ago"), (1, "ahead")):
        found = _marked_before(text, items, at, kind) or _marked_behind(items, at, kind)
        if found:
            (count, unit), following = found
            return _expression(items, at, following, sign * count, unit), following
    return None


def _marked_before(text: str, items: Sequence[Item], at: int, kind: str) -> Match[tuple[int, str]] | None:
    """The mark, the count, the unit. What is "from" something else is counted from that, not from today."""
    if items[at].get(kind) != "before" or not joins(items, at + 1, SPACE):
        return None
    found = _counted(items, at + 1)
    if found is None or (joins(items, found[1], SPACE) and items[found[1]].get("link") is not None):
        return None
    if kind == "ahead" and turn_at(text, items, at, found[1]) != "ahead":
        return None  # "the third attack in three days" looks back
    return found


def _marked_behind(items: Sequence[Item], at: int, kind: str) -> Match[tuple[int, str]] | None:
    count = _count(items[at])
    if count is None or not joins(items, at + 1, SPACE):
        return None
    unit, place = items[at + 1].get("unit"), at + 1
    whole = items[place].get(kind)
    if whole not in (None, "before", "behind"):
        unit = whole
    elif unit is not None and joins(items, at + 2, SPACE) and items[at + 2].get(kind) == "behind":
        place = at + 2
    else:
        return None
    after = place + 1
    if joins(items, after, SPACE) and items[after].get("link") is not None:
        return None  # "سه روز پیش از": before something else
    return ((count, str(unit)), after) if count <= _MOST[str(unit)] else None


def _counted(items: Sequence[Item], at: int) -> Match[tuple[int, str]] | None:
    count = _count(items[at])
    if count is None or not joins(items, at + 1, SPACE):
        return None
    unit = items[at + 1].get("unit")
    return ((count, str(unit)), at + 2) if unit is not None and count <= _MOST[str(unit)] else None


def _count(item: Item) -> int | None:
    number = item.integer("number") if item.digits <= 3 else None
    return item.integer("count") if number is None else number


def _expression(items: Sequence[Item], at: int, following: int, number: int, unit: str) -> Expression:
    start, end = items[at].start, items[following - 1].end
    if unit in _MINUTES:
        return Expression(start, end, minutes=number * _MINUTES[unit])
    if unit == "day":
        return Expression(start, end, days=number)
    return Expression(start, end, shift=(unit, number))
