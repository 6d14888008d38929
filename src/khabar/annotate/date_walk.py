"""What a date expression is, and how one walks from piece to piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from khabar.annotate.date_items import Clock, Item
from khabar.model.mentions import Calendar

T = TypeVar("T")
Match = tuple[T, int]  # what was read, and the place of the next item

INSIDE = re.compile(r"[\s.,،\-–—/('’]*")  # between the parts of one date
AROUND = re.compile(r"[\s,،.:;؛|()\[\]/•·\-–—_*]*")  # between a date, its weekday and its time
BESIDE = re.compile(r"[\s,،(\-–—]*")  # between a date and a weekday behind it
SPACE = re.compile(r"[\s.]*")
YEARS = range(1000, 2201)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the numbers of a date; None for a part that is not written.

    `until` is the last day of a stretch within the month, "8-10 July".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """Date words as they stand, before anything is concluded. Offsets are those of the items.

    `readings` holds every order in which the numbers make sense, day first before month first;
    `calendar` is None where neither a month's name nor an era tells it. A relative one has `days`
    (from today), `minutes` (from now), `shift` (unit and number) or nothing but a weekday, with `turn`
    "last", "next", or "behind" or "ahead" where only the clause tells the direction; a shift may have a
    weekday ("Friday next week") or a `month_day` ("the 20th of this month"). `part` is "early", "mid" or
    "late" in a month or a year; `ends` is the last day, month or year of a stretch.
    """

    start: int
    end: int
    readings: tuple[Reading, ...] = ()
    calendar: Calendar | None = None
    weekday: int | None = None
    clock: Clock | None = None
    days: int | None = None
    shift: tuple[str, int] | None = None
    turn: str | None = None
    minutes: int | None = None
    part: str | None = None
    ends: Reading | None = None
    month_day: int | None = None
    label: str | None = None
    weekday_place: tuple[int, int] | None = None

    @property
    def relative(self) -> bool:
        """Whether the words name a day only by its distance from the day of writing."""
        return not self.readings


def joins(items: Sequence[Item], at: int, gap: re.Pattern[str]) -> bool:
    """Whether there is an item at that place, with nothing but such marks before it."""
    before = items[at].gap if at < len(items) else None
    return before is not None and gap.fullmatch(before) is not None


def skip(items: Sequence[Item], at: int, *kinds: str, opens: bool = False) -> int:
    """The place behind up to two words of those kinds; `opens` where the first opens the expression."""
    end = min(at + 2, len(items))
    while at < end and (opens or joins(items, at, AROUND)) and _is_any(items[at], kinds):
        at, opens = at + 1, False
    return at


def _is_any(item: Item, kinds: Sequence[str]) -> bool:
    """Whether it is of one of those kinds and could not as well be a month or a weekday."""
    if item.months() or item.get("weekday") is not None:
        return False
    return any(item.get(kind) is not None for kind in kinds)


def closed(text: str, items: Sequence[Item], at: int) -> int:
    """The end of that item, with the bracket that closes behind it if one opened before it."""
    end = items[at].end
    opened = "(" in (items[at].gap or "")
    return end + 1 if opened and text[end : end + 1] == ")" else end
