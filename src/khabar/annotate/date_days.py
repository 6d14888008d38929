"""Which days written numbers may mean, in which calendar, and how much stays open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from khabar.annotate.calendars import month_days, month_of, to_gregorian, year_days
from khabar.annotate.date_context import Context, Day
from khabar.annotate.date_walk import Expression, Reading
from khabar.model.mentions import Calendar

# Years that two calendars share. Press in Persian reaches back a century in its own calendar; a year
# above 1420 there is a Hijri one, as Jalali 1420 lies in the 2040s. Elsewhere only the years
# since about 1990 are taken for Hijri without a month's name or an era.
SHARED_YEARS = range(1300, 1501)
_LAST_JALALI = 1420
_FIRST_LONE_HIJRI = 1411


def possible_days(expression: Expression, context: Context) -> list[Day]:
    """Every day that the words may mean, those first that the page's habits speak for.

    Those that agree with a weekday written beside them displace the others.
    """
    days: list[Day] = []
    for reading in _in_order(expression, context):
        for calendar in calendars_of(reading, expression.calendar, context):
            day = day_of(reading, calendar, context.anchor)
            if day and Day(day, calendar) not in days:
                days.append(Day(day, calendar))
    agreeing = [day for day in days if day.value.isoweekday() == expression.weekday]
    return agreeing or days


def _in_order(expression: Expression, context: Context) -> tuple[Reading, ...]:
    """The readings; of a year in two digits only the one with the year in front, where that is the habit."""
    readings = expression.readings
    short = len(readings) > 1 and all((reading.year or 0) < 100 for reading in readings)
    return readings[-1:] if short and context.year_first else readings


def calendars_of(reading: Reading, calendar: Calendar | None, context: Context) -> tuple[Calendar, ...]:
    """The calendars that a year may be of; none where two are as likely."""
    if calendar is not None:
        return (calendar,)
    year = reading.year
    if year is not None and year < 100:
        return (Calendar.JALALI,) if context.calendars[:1] == (Calendar.JALALI,) else (Calendar.GREGORIAN,)
    if year is None or year not in SHARED_YEARS:
        return (Calendar.GREGORIAN,)
    if Calendar.JALALI in context.calendars and year <= _LAST_JALALI:
        return (Calendar.JALALI,)
    if Calendar.HIJRI in context.calendars and year >= _FIRST_LONE_HIJRI:
        return (Calendar.HIJRI,)
    told = context.named & {Calendar.JALALI, Calendar.HIJRI}
    return tuple(told) if len(told) == 1 else ()


def open_readings(expression: Expression, context: Context) -> Iterator[tuple[Calendar, date, date]]:
    """Every stretch of days that the words may mean, in any calendar, where they leave it open."""
    for reading in expression.readings:
        chosen = calendars_of(reading, expression.calendar, context) or tuple(Calendar)
        for calendar in chosen:
            days = days_in(reading, calendar, context.anchor)
            if days:
                yield calendar, *days


def day_of(reading: Reading, calendar: Calendar, anchor: date | None) -> date | None:
    """The day of a reading; without a year the one nearest to the anchor."""
    if reading.month is None or reading.day is None:
        return None
    if reading.year is None:
        return _nearest(reading, calendar, anchor) if anchor else None
    return to_gregorian(calendar, full_year(reading.year, calendar), reading.month, reading.day)


def days_in(reading: Reading, calendar: Calendar, anchor: date | None) -> tuple[date, date] | None:
    """The first and the last day of the day, month or year that a reading names."""
    if reading.day is not None:
        day = day_of(reading, calendar, anchor)
        return (day, day) if day else None
    if reading.month is not None:
        year = reading.year if reading.year is not None else _nearest_year(reading, calendar, anchor)
        return None if year is None else month_days(calendar, full_year(year, calendar), reading.month)
    return None if reading.year is None else year_days(calendar, full_year(reading.year, calendar))


def _nearest(reading: Reading, calendar: Calendar, anchor: date) -> date | None:
    """The day of that name which lies nearest to the anchor."""
    year, _ = month_of(calendar, anchor)
    days = (to_gregorian(calendar, year + n, reading.month or 0, reading.day or 0) for n in (-1, 0, 1))
    return min((day for day in days if day), key=lambda day: abs(day - anchor), default=None)


def _nearest_year(reading: Reading, calendar: Calendar, anchor: date | None) -> int | None:
    """The year whose month of that name lies nearest to the anchor."""
    if anchor is None:
        return None
    year, month = month_of(calendar, anchor)
    return min((year - 1, year, year + 1), key=lambda n: abs((n - year) * 12 + (reading.month or 0) - month))


def full_year(year: int, calendar: Calendar) -> int:
    """A year with its century: of two digits the one that the web can print."""
    if year >= 100:
        return year
    if calendar is Calendar.JALALI:
        return 1300 + year if year >= 50 else 1400 + year
    return 1900 + year if year >= 70 else 2000 + year


def decided_day(expression: Expression, context: Context) -> Day | None:
    """The one day that the words mean; None where they leave it open.

    An order of day and month that the language always writes decides; in others 07/08 stays open.
    """
    days = possible_days(expression, context)
    if len({day.value for day in days}) <= 1 or context.day_first:
        return days[0] if days else None
    return None
