"""One day in the calendars that news is dated in, side by side, in the reader's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from khabar.serve.web.wording import say
from khabar.show.days import CALENDARS, GREGORIAN, from_calendar, in_calendar, in_words
from khabar.show.wording import number, voice

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPED = re.compile(r"\s*(\d{3,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*")
_LAST_OF_HIJRA = 1700  # a later year is one of our era whichever calendar the reader goes by


@dataclass(frozen=True, slots=True)
class Typed:
    """The days of a filter as the reader typed them, as ISO days, and what could not be read."""

    since: str = ""
    until: str = ""
    days: tuple[str | None, str | None] = (None, None)
    problem: str = ""


def typed_days(since: str | None, until: str | None) -> Typed:
    """The two days of a filter, in the calendar of who is spoken to or in ISO."""
    given = [(one or "").strip()[:40] for one in (since, until)]
    found = [typed_day(one, voice().calendar) for one in given]
    unread = [one for one, day in zip(given, found, strict=True) if one and day is None]
    problem = say("filter.day.unread", given=unread[0], example=example_day()) if unread else ""
    return Typed(given[0], given[1], (found[0], found[1]), problem)


def typed_day(text: str, calendar: str) -> str | None:
    """The ISO day of a year, month and day in any digits; None where they are none."""
    found = _TYPED.fullmatch("".join(str(int(one)) if one.isdecimal() else one for one in text))
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    reached = GREGORIAN if year >= _LAST_OF_HIJRA else calendar
    moved = from_calendar(year, month, day, reached)
    return moved.isoformat() if moved else None


def example_day() -> str:
    """A day as it may be typed in the calendar and digits of who is spoken to."""
    year, month, day = in_calendar(date(2026, 3, 25), voice().calendar) or (2026, 3, 25)
    return "/".join(str(number(str(part))) for part in (year, month, day))


def in_calendars(value: str | None) -> list[tuple[str, str]]:
    """The day of an ISO value in each calendar: (calendar, words). Empty where it names no day."""
    day = _day(value)
    if day is None:
        return []
    reached = [one for one in CALENDARS if one == GREGORIAN or in_calendar(day, one)]
    return [(one, str(number(in_words(day.isoformat(), one, say)))) for one in reached]


def weekday(value: str | None) -> str:
    """The weekday of an ISO day, empty where there is none."""
    day = _day(value)
    return say("weekdays").split()[day.weekday()] if day else ""


def _day(value: str | None) -> date | None:
    found = _DAY.match(value or "")
    try:
        return date.fromisoformat(found.group()) if found else None
    except ValueError:
        return None
