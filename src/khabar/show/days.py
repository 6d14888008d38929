"""Days in words, in the calendar that the reader goes by."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

GREGORIAN, JALALI, HIJRI = "gregorian", "jalali", "hijri"
CALENDARS = (GREGORIAN, JALALI, HIJRI)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_CLOCK = re.compile(r"([\d:]+)(Z|[+-]\d{2}:\d{2})?")


def in_words(value: str, calendar: str, say: Callable[..., str]) -> str:
    """An ISO value in words, at the precision that it has, with ASCII digits; `say` gives the words.

    Only whole days are moved into another calendar: a month of one is no month of the other.
    """
    written, _, clock = value.partition("T")
    found = _DATE.fullmatch(written)
    if found is None:
        return value
    parts = tuple(int(part) for part in found.groups() if part)
    moved = in_calendar(date(*parts), calendar) if _is_day(parts) else None
    year, *rest = moved or parts
    names = say(f"months.{calendar if moved else GREGORIAN}").split("|")
    month = names[rest[0] - 1] if rest and 1 <= rest[0] <= len(names) else ""
    words = [str(rest[1]) if len(rest) > 1 else "", month, str(year), *_clock(clock)]
    return " ".join(word for word in words if word)


def in_calendar(day: date, calendar: str) -> tuple[int, int, int] | None:
    """Year, month and day in a calendar; None where its tables do not reach.

    Source: Umm al-Qura tables (hijridate) for the Hijri calendar, 1924 to 2077.
    """
    try:
        if calendar == JALALI:
            jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
            return int(jalali.year), int(jalali.month), int(jalali.day)
        if calendar == HIJRI:
            hijri = Gregorian(day.year, day.month, day.day).to_hijri()
            return hijri.year, hijri.month, hijri.day
    except (OverflowError, ValueError):
        return None
    return day.year, day.month, day.day


def from_calendar(year: int, month: int, day: int, calendar: str) -> date | None:
    """The day of the Gregorian calendar; None where there is no such day, or the tables do not reach."""
    try:
        if calendar == JALALI:
            moved: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
            return moved
        if calendar == HIJRI:
            found = Hijri(year, month, day).to_gregorian()
            return date(found.year, found.month, found.day)
        return date(year, month, day)
    except (OverflowError, ValueError):
        return None


def _is_day(parts: tuple[int, ...]) -> bool:
    try:
        return len(parts) == 3 and bool(date(*parts))
    except ValueError:
        return False


def _clock(time: str) -> list[str]:
    """The hour and its zone: "11:37", "UTC+03:30"."""
    found = _CLOCK.fullmatch(time)
    if found is None:
        return [time]
    zone = found.group(2) or ""
    return [found.group(1), "UTC" + ("" if zone in {"Z", "+00:00"} else zone) if zone else ""]
