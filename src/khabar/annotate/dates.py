"""What date words mean: the mentions of a text with value, precision and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from khabar.annotate.calendars import month_of
from khabar.annotate.date_context import Context, page_context
from khabar.annotate.date_days import (
    calendars_of,
    day_of,
    days_in,
    decided_day,
    full_year,
    open_readings,
)
from khabar.annotate.date_grammar import find_expressions
from khabar.annotate.date_items import date_lexicon, read_items
from khabar.annotate.date_relative import read_relative
from khabar.annotate.date_values import at_clock, part_of, period, stretch
from khabar.annotate.date_walk import Expression, Reading
from khabar.lang.loader import Languages
from khabar.model.mentions import DateCandidate, DateMention, Precision
from khabar.model.span import Span


def mention(expression: Expression, at: int, text: str, context: Context) -> DateMention:
    """The mention of an expression that begins `at` characters further on in the whole text."""
    span = Span(expression.start, expression.end).moved(at)
    bare = DateMention(span, span.of(text), None, None, expression.calendar, expression.weekday)
    if expression.relative:
        return _ended(read_relative(bare, expression, context))
    if expression.ends is not None:
        found = _from_to(bare, expression, expression.ends, context)
    elif all(reading.day is None for reading in expression.readings):
        found = _period(bare, expression, context)
    else:
        found = _day(bare, expression, context)
    return _ended(found) if found.value else replace(found, candidates=_candidates(expression, context))


def _ended(found: DateMention) -> DateMention:
    _, _, last = (found.value or "").partition("/")
    return replace(found, end=last or None)


def _candidates(expression: Expression, context: Context) -> tuple[DateCandidate, ...]:
    """What an open mention may mean, in every calendar that has such a day."""
    found = (
        DateCandidate(first.isoformat() if first == last else stretch(first, last), calendar)
        for calendar, first, last in open_readings(expression, context)
    )
    return tuple(dict.fromkeys(found))


def _day(bare: DateMention, expression: Expression, context: Context) -> DateMention:
    day = decided_day(expression, context)
    if day is None:
        return replace(bare, precision=Precision.DAY)
    filled = all(reading.year is None for reading in expression.readings)
    anchor = context.anchor.isoformat() if filled and context.anchor else None
    bare = replace(bare, calendar=day.calendar, anchor=anchor)
    if expression.readings[0].until is not None:
        closing = replace(expression.readings[0], day=expression.readings[0].until)
        last = day_of(closing, day.calendar, context.anchor)
        value = stretch(day.value, last) if last and last > day.value else None
        return replace(bare, value=value, precision=Precision.DAY)
    value, precision = at_clock(day.value, expression.clock)
    return replace(bare, value=value, precision=precision)


def _from_to(bare: DateMention, expression: Expression, last: Reading, context: Context) -> DateMention:
    """The first and the last day of a stretch over days, months or years."""
    first = expression.readings[0]
    precision = Precision.DAY if first.day else Precision.MONTH if first.month else Precision.YEAR
    calendars = calendars_of(first, expression.calendar, context)
    if not calendars:
        return replace(bare, precision=precision)
    opening, closing = (days_in(each, calendars[0], context.anchor) for each in (first, last))
    fits = opening and closing and opening[0] < closing[1]
    value = stretch(opening[0], closing[1]) if opening and closing and fits else None
    anchor = context.anchor.isoformat() if first.year is None and context.anchor and value else None
    return replace(bare, value=value, precision=precision, calendar=calendars[0], anchor=anchor)


def _period(bare: DateMention, expression: Expression, context: Context) -> DateMention:
    reading = expression.readings[0]
    bare = replace(bare, precision=Precision.MONTH if reading.month else Precision.YEAR, part=expression.part)
    calendars = calendars_of(reading, expression.calendar, context)
    if not calendars:
        return bare
    year, anchor = reading.year, None
    if year is None:
        days = days_in(reading, calendars[0], context.anchor)
        if days is None or context.anchor is None:
            return bare
        year, anchor = month_of(calendars[0], days[0])[0], context.anchor.isoformat()
    year = full_year(year, calendars[0])
    if expression.part:
        value = part_of(calendars[0], year, reading.month, expression.part)
    else:
        value = period(calendars[0], year, reading.month)
    return replace(bare, value=value, calendar=calendars[0], anchor=anchor)


def find_dates(
    text: str, codes: Sequence[str], languages: Languages, anchor: date | None = None
) -> list[DateMention]:
    """Every date expression of a text in those languages, in order; relative ones counted from `anchor`."""
    context = replace(page_context(languages, codes), anchor=anchor)
    items = read_items(text, date_lexicon(languages, codes))
    return [mention(expression, 0, text, context) for expression in find_expressions(text, items)]
