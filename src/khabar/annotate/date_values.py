"""Values of date words as ISO 8601 writes them, and back."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from khabar.annotate.calendars import month_days, year_days
from khabar.annotate.date_items import Clock
from khabar.model.mentions import Calendar, Precision

# "Early" are the first ten days of a month and the first four months of a year; no standard says so.
_THIRD_OF_MONTH = {"early": (0, 10), "mid": (10, 20), "late": (20, 31)}
_THIRD_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}


def stretch(first: date, last: date) -> str:
    """The first and the last day of a stretch, "2020-06-21/2020-07-21"."""
    return f"{first.isoformat()}/{last.isoformat()}"


def period(calendar: Calendar, year: int, month: int | None = None) -> str | None:
    """A month or a year as ISO writes it: "2020-07", "2020".

    One of another calendar lies in two Gregorian ones: its first and its last day, "2020-06-21/2020-07-21".
    """
    if calendar is Calendar.GREGORIAN:
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    days = month_days(calendar, year, month) if month else year_days(calendar, year)
    return stretch(*days) if days else None


def part_of(calendar: Calendar, year: int, month: int | None, part: str) -> str | None:
    """The third of a month or a year, as its first and last day."""
    if month is None:
        first, last = _THIRD_OF_YEAR[part]
        opening, closing = month_days(calendar, year, first), month_days(calendar, year, last)
        return stretch(opening[0], closing[1]) if opening and closing else None
    days = month_days(calendar, year, month)
    if days is None:
        return None
    first, last = _THIRD_OF_MONTH[part]
    return stretch(days[0] + timedelta(days=first), min(days[0] + timedelta(days=last - 1), days[1]))


def days_of(value: str) -> tuple[date, date] | None:
    """The first and the last day that a mention's value spans: a minute, a day, a month, a year, a stretch.

    Two values tell of the same time where these overlap; "2020" and a Jalali year do.
    """
    first, _, last = value.partition("/")
    if last:
        return date.fromisoformat(first), date.fromisoformat(last)
    if "W" in value:
        monday = date.fromisoformat(f"{value}-1")
        return monday, monday + timedelta(days=6)
    parts = [int(part) for part in value[:10].split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return month_days(Calendar.GREGORIAN, *parts)
    return year_days(Calendar.GREGORIAN, parts[0])


def at_clock(day: date, clock: Clock | None) -> tuple[str, Precision]:
    """The day, or the minute where a time is written; with its distance from UTC where the zone is known."""
    if clock is None:
        return day.isoformat(), Precision.DAY
    moment = datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=zone_of(clock.zone))
    return moment.isoformat(timespec="minutes"), Precision.MINUTE


@lru_cache(maxsize=256)
def zone_of(zone: int | str | None) -> timezone | ZoneInfo | None:
    """A zone by its minutes from UTC or by its name; None where it is not told, or not known here."""
    if isinstance(zone, int):
        return timezone(timedelta(minutes=zone)) if abs(zone) < 24 * 60 else None
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, OSError):
        return None  # a machine without zone data: the time stands as local
