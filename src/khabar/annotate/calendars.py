"""Days of the Jalali and Hijri calendars as Gregorian days.

Source: persiantools for the solar calendar of Iran and Afghanistan; hijridate for Umm al-Qura, which news in
Arabic prints (it covers 1343 to 1500; the day that a country observed may differ by one).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri
from persiantools.jdatetime import JalaliDate

from khabar.model.mentions import Calendar

HIJRI_YEARS = range(1343, 1501)
JALALI_YEARS = range(1200, 1501)
GREGORIAN_YEARS = range(1000, 2201)
_YEARS = {
    Calendar.GREGORIAN: GREGORIAN_YEARS,
    Calendar.JALALI: JALALI_YEARS,
    Calendar.HIJRI: HIJRI_YEARS,
}


@lru_cache(maxsize=20_000)
def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None for a day that the calendar does not have or the tables do not cover."""
    if year not in _YEARS[calendar] or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    try:
        if calendar is Calendar.JALALI:
            jalali: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
            return jalali
        if calendar is Calendar.HIJRI:
            return date(*Hijri(year, month, day).to_gregorian().datetuple())
        return date(year, month, day)
    except ValueError:
        return None


def month_days(calendar: Calendar, year: int, month: int) -> tuple[date, date] | None:
    """The first and the last day of a month."""
    first = to_gregorian(calendar, year, month, 1)
    after = to_gregorian(calendar, year + month // 12, month % 12 + 1, 1)
    return (first, after - timedelta(days=1)) if first and after else None


def year_days(calendar: Calendar, year: int) -> tuple[date, date] | None:
    """The first and the last day of a year."""
    first, after = to_gregorian(calendar, year, 1, 1), to_gregorian(calendar, year + 1, 1, 1)
    return (first, after - timedelta(days=1)) if first and after else None


@lru_cache(maxsize=20_000)
def month_of(calendar: Calendar, day: date) -> tuple[int, int]:
    """The year and the month of that calendar in which a Gregorian day lies.

    A day outside the Hijri tables gets the month of its mean year, near enough to look around it.
    """
    if calendar is Calendar.JALALI:
        jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
        return int(jalali.year), int(jalali.month)
    if calendar is Calendar.GREGORIAN:
        return day.year, day.month
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return int((day.year - 622) * 33 / 32) + 1, 1
    return int(hijri.year), int(hijri.month)
