"""What a page tells about its dates: its calendars, the order of its numbers, the day to count from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from khabar.lang.loader import Languages
from khabar.model.mentions import Calendar


@dataclass(frozen=True, slots=True)
class Context:
    """A page's calendars, whether its language writes the day first, and the day and moment to count from.

    `named` are the calendars that the page itself names, by month or era: they decide years that two share.
    `year_first` where a year in two digits goes before month and day.
    """

    calendars: tuple[Calendar, ...]
    day_first: bool
    anchor: date | None = None
    moment: datetime | None = None
    named: frozenset[Calendar] = frozenset()
    year_first: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day that an expression may mean."""

    value: date
    calendar: Calendar


def page_context(languages: Languages, codes: Sequence[str]) -> Context:
    """The habits of a page in those languages; the first of them is the one that most is written in."""
    packs = [languages.pack(code) for code in codes]
    calendars = dict.fromkeys(calendar for pack in packs for calendar in pack.calendars)
    order = {row.meaning for pack in packs[:1] for row in pack.rows("date_marks")}
    return Context(
        tuple(calendars) or (Calendar.GREGORIAN,), "order:dmy" in order, year_first="order:ymd" in order
    )
