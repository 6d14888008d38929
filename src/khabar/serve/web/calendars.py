"""One day in the calendars that news is dated in, side by side, in the reader's words."""

from __future__ import annotations

import re
from datetime import date

from khabar.serve.web.wording import say
from khabar.show.days import CALENDARS, GREGORIAN, in_calendar, in_words
from khabar.show.wording import number

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
