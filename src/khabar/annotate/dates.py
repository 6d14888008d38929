"""What date words mean: which calendar, which day, and how much stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from khabar.annotate.calendars import month_days, month_of, to_gregorian, year_days
from khabar.annotate.date_grammar import find_expressions
from khabar.annotate.date_items import Clock, date_lexicon, read_items
from khabar.annotate.date_walk import Expression, Reading
from khabar.lang.loader import Languages
from khabar.model.mentions import Calendar, DateMention, Precision
from khabar.model.span import Span

# Years that two calendars share. Press in Persian reaches back a century in its own calendar; a year
# above 1420 there is a Hijri one, as Jalali 1420 lies in the 2040s. Elsewhere only the years
# since about 1990 are taken for Hijri without a month's name or an era.
_SHARED_YEARS = range(1300, 1501)
_LAST_JALALI = 1420
_FIRST_LONE_HIJRI = 1411
# A lone weekday is the last one where that lies nearer than the next; otherwise it may be either.
_NEAR_WEEKDAY_DAYS = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What a page tells about its dates: its calendars, whether its language writes the day first."""

    calendars: tuple[Calendar, ...]
    day_first: bool
    anchor: date | None = None


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
    return Context(tuple(calendars) or (Calendar.GREGORIAN,), "order:dmy" in order)


def possible_days(expression: Expression, context: Context) -> list[Day]:
    """Every day that the words may mean, those first that the page's habits speak for.

    Those that agree with a weekday written beside them displace the others.
    """
    days: list[Day] = []
    for reading in expression.readings:
        for calendar in _calendars(reading, expression.calendar, context):
            day = _day(reading, calendar, context.anchor)
            if day and Day(day, calendar) not in days:
                days.append(Day(day, calendar))
    agreeing = [day for day in days if day.value.isoweekday() == expression.weekday]
    return agreeing or days


def _calendars(reading: Reading, calendar: Calendar | None, context: Context) -> tuple[Calendar, ...]:
    """The calendars that a year may be of; none where two are as likely."""
    if calendar is not None:
        return (calendar,)
    year = reading.year
    if year is not None and year < 100:
        return (Calendar.JALALI,) if context.calendars[:1] == (Calendar.JALALI,) else (Calendar.GREGORIAN,)
    if year is None or year not in _SHARED_YEARS:
        return (Calendar.GREGORIAN,)
    if Calendar.JALALI in context.calendars and year <= _LAST_JALALI:
        return (Calendar.JALALI,)
    hijri = Calendar.HIJRI in context.calendars and year >= _FIRST_LONE_HIJRI
    return (Calendar.HIJRI,) if hijri else ()


def _day(reading: Reading, calendar: Calendar, anchor: date | None) -> date | None:
    if reading.month is None or reading.day is None:
        return None
    if reading.year is None:
        return _nearest(reading, calendar, anchor) if anchor else None
    return to_gregorian(calendar, _full_year(reading.year, calendar), reading.month, reading.day)


def _nearest(reading: Reading, calendar: Calendar, anchor: date) -> date | None:
    """The day of that name which lies nearest to the anchor."""
    year, _ = month_of(calendar, anchor)
    days = (to_gregorian(calendar, year + n, reading.month or 0, reading.day or 0) for n in (-1, 0, 1))
    return min((day for day in days if day), key=lambda day: abs(day - anchor), default=None)


def _full_year(year: int, calendar: Calendar) -> int:
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


def mention(expression: Expression, at: int, text: str, context: Context) -> DateMention:
    """The mention of an expression that begins `at` characters further on in the whole text."""
    span = Span(expression.start, expression.end).moved(at)
    bare = DateMention(span, span.of(text), None, None, expression.calendar, expression.weekday)
    if expression.relative:
        return _relative(bare, expression, context)
    if all(reading.day is None for reading in expression.readings):
        return _period(bare, expression, context)
    day = decided_day(expression, context)
    if day is None:
        return replace(bare, precision=Precision.DAY)
    filled = all(reading.year is None for reading in expression.readings)
    anchor = context.anchor.isoformat() if filled and context.anchor else None
    if expression.readings[0].until is not None:
        stretch = _stretch(expression, day, context)
        return replace(bare, value=stretch, precision=Precision.DAY, calendar=day.calendar, anchor=anchor)
    value, precision = at_clock(day.value, expression.clock)
    return replace(bare, value=value, precision=precision, calendar=day.calendar, anchor=anchor)


def _stretch(expression: Expression, day: Day, context: Context) -> str | None:
    """The first and the last day of "8-10 July", as ISO writes an interval."""
    reading = expression.readings[0]
    last = _day(replace(reading, day=reading.until), day.calendar, context.anchor)
    return f"{day.value.isoformat()}/{last.isoformat()}" if last and last > day.value else None


def _period(bare: DateMention, expression: Expression, context: Context) -> DateMention:
    reading = expression.readings[0]
    precision = Precision.MONTH if reading.month else Precision.YEAR
    calendars = _calendars(reading, expression.calendar, context)
    if not calendars or reading.year is None:
        return replace(bare, precision=precision)
    value = period(calendars[0], _full_year(reading.year, calendars[0]), reading.month)
    return replace(bare, value=value, precision=precision, calendar=calendars[0])


def period(calendar: Calendar, year: int, month: int | None = None) -> str | None:
    """A month or a year as ISO writes it: "2020-07", "2020".

    One of another calendar lies in two Gregorian ones: its first and its last day, "2020-06-21/2020-07-21".
    """
    if calendar is Calendar.GREGORIAN:
        return f"{year:04}-{month:02}" if month else f"{year:04}"
    days = month_days(calendar, year, month) if month else year_days(calendar, year)
    return f"{days[0].isoformat()}/{days[1].isoformat()}" if days else None


def _relative(bare: DateMention, expression: Expression, context: Context) -> DateMention:
    anchor = context.anchor
    bare = replace(bare, relative=True, calendar=None)
    if expression.shift and not expression.weekday and not expression.month_day:
        precision = {"month": Precision.MONTH, "year": Precision.YEAR}.get(expression.shift[0])
        value = _shifted(anchor, *expression.shift, context.calendars[0]) if anchor else None
    else:
        precision = Precision.DAY
        day = _relative_day(expression, anchor, context.calendars[0]) if anchor else None
        value = day.isoformat() if day else None
    return replace(bare, value=value, precision=precision, anchor=anchor.isoformat() if anchor else None)


def _relative_day(expression: Expression, anchor: date, calendar: Calendar) -> date | None:
    """The day counted from the anchor; None where a weekday beside "today" contradicts it."""
    if expression.days is not None:
        day = anchor + timedelta(days=expression.days)
        return None if expression.weekday not in (None, day.isoweekday()) else day
    if expression.shift:
        return _day_in_shift(expression, anchor, calendar)
    if expression.weekday is None:
        return None
    back = (anchor.isoweekday() - expression.weekday) % 7
    if expression.turn == "next":
        return anchor + timedelta(days=7 - back)
    if expression.turn == "last":
        return anchor - timedelta(days=back or 7)
    return anchor - timedelta(days=back) if back <= _NEAR_WEEKDAY_DAYS else None


def _day_in_shift(expression: Expression, anchor: date, calendar: Calendar) -> date | None:
    """ "Friday next week", "the 20th of this month"."""
    _, number = expression.shift or ("", 0)
    if expression.month_day is None:
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=number)
        return monday + timedelta(days=(expression.weekday or 1) - 1)
    year, month = month_of(calendar, anchor)
    months = year * 12 + month - 1 + number
    return to_gregorian(calendar, months // 12, months % 12 + 1, expression.month_day)


def _shifted(anchor: date, unit: str, number: int, calendar: Calendar) -> str | None:
    """A week as ISO writes it ("2020-W27"); a month or a year of the calendar that the page lives by."""
    if unit == "week":
        year, week, _ = (anchor + timedelta(weeks=number)).isocalendar()
        return f"{year:04}-W{week:02}"
    year, month = month_of(calendar, anchor)
    if unit == "year":
        return period(calendar, year + number)
    months = year * 12 + month - 1 + number
    return period(calendar, months // 12, months % 12 + 1)


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
    moment = datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=_zone(clock.zone))
    return moment.isoformat(timespec="minutes"), Precision.MINUTE


@lru_cache(maxsize=256)
def _zone(zone: int | str | None) -> timezone | ZoneInfo | None:
    if isinstance(zone, int):
        return timezone(timedelta(minutes=zone)) if abs(zone) < 24 * 60 else None
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, OSError):
        return None  # a machine without zone data: the time stands as local


def find_dates(
    text: str, codes: Sequence[str], languages: Languages, anchor: date | None = None
) -> list[DateMention]:
    """Every date expression of a text in those languages, in order; relative ones counted from `anchor`."""
    context = replace(page_context(languages, codes), anchor=anchor)
    items = read_items(text, date_lexicon(languages, codes))
    return [mention(expression, 0, text, context) for expression in find_expressions(text, items)]
