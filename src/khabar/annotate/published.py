"""When a page came out: what it prints, held against what else it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from khabar.annotate.date_bounds import instant
from khabar.annotate.date_clues import Clue, Place, Placed
from khabar.annotate.date_conflicts import Evidence, checked, is_full
from khabar.annotate.date_context import Context, Day
from khabar.annotate.date_days import possible_days
from khabar.annotate.date_inference import infer
from khabar.annotate.date_limits import limited
from khabar.annotate.date_values import at_clock
from khabar.annotate.date_walk import Reading
from khabar.annotate.dates import mention
from khabar.model.mentions import Calendar, DateStatus, Precision, Published

_HOUR = timedelta(hours=1)
_MOST_CANDIDATES = 20  # a page of thousands of dates is a list, and none of them is its own


def conclude(evidence: Evidence, context: Context) -> Published:
    """The publication date with its bounds, how it was come by, all claims, and what speaks against it.

    What is printed wins over metadata, metadata over the text's own "today", that over a file's name;
    a contradiction never changes a printed date, it is told beside it.
    """
    return limited(_chosen(evidence, context), evidence, context)


def _chosen(evidence: Evidence, context: Context) -> Published:
    open_dates = []
    for each in _candidates(evidence.placed):
        published = _printed(each, evidence, context)
        if published.value is not None:
            return published
        open_dates.append(published)
    found = _counted(evidence) or infer(evidence, context)
    return found if found.value is not None or not open_dates else open_dates[0]


def _counted(evidence: Evidence) -> Published | None:
    """A date line that counts from the moment of reading, "3 hours ago": the capture was that moment."""
    for each in evidence.placed:
        if evidence.captured is None or each.place is not Place.DATE_LINE or not each.expression.relative:
            continue
        counted = Context((Calendar.GREGORIAN,), True, evidence.captured.date(), evidence.captured)
        found = mention(each.expression, each.at, evidence.text, counted)
        if found.value is not None and found.precision in (Precision.DAY, Precision.MINUTE):
            seen = evidence.captured.isoformat(timespec="minutes")
            first, last = _ago(each.expression.minutes, evidence.captured) or (None, None)
            return Published(
                value=found.value,
                precision=found.precision,
                calendar=Calendar.GREGORIAN,
                text=found.text,
                span=found.span,
                status=DateStatus.RESOLVED,
                note=f"“{found.text}” is printed, counted from {seen}, when the page was captured.",
                earliest=first,
                latest=last,
            )
    return None


def _ago(minutes: int | None, captured: datetime) -> tuple[str, str] | None:
    """Between which instants "3 hours ago" lies: sites leave out the minutes of an hour begun."""
    if minutes is None:
        return None
    unit = _HOUR if minutes % 60 == 0 else timedelta(minutes=1)
    counted = captured + timedelta(minutes=minutes)
    return instant(counted - unit), instant(counted)


def _candidates(placed: Sequence[Placed]) -> list[Placed]:
    """Printed dates, the full ones by their place; those that only tell of an update come last."""
    dated = [each for each in placed if each.place <= Place.LINE and not each.expression.relative]
    dated = [each for each in dated if any(_is_one(reading) for reading in each.expression.readings)]
    return sorted(dated, key=_rank)[:_MOST_CANDIDATES]


def _is_one(reading: Reading) -> bool:
    return reading.month is not None and reading.until is None


def _rank(each: Placed) -> tuple[bool, bool, Place, bool]:
    """A Hijri day comes behind another calendar's in the same place: sighted, it may be a day off."""
    expression = each.expression
    hijri = expression.calendar is Calendar.HIJRI
    return expression.label == "updated", not is_full(each), each.place, hijri


def _printed(each: Placed, evidence: Evidence, context: Context) -> Published:
    known = _known_days(each, evidence, context)
    days = possible_days(each.expression, context)
    base = Published(text=each.span.of(evidence.text), span=each.span, calendar=each.expression.calendar)
    if not days:
        return _completed(base, each, evidence, known, context)
    fitting = _narrow(days, evidence.clues, known) or _seen(days, evidence.captured)
    if len(fitting) == 1 and len(days) > 1:
        note = "Day and month could be exchanged; the rest of the page decides."
        return checked(
            _dated(base, fitting[0], each, DateStatus.RESOLVED, note), each, fitting[0], evidence, context
        )
    if len(days) > 1 and not context.day_first:
        options = " or ".join(day.value.isoformat() for day in days)
        return replace(base, precision=Precision.DAY, note=f"Printed, but it can be read as {options}.")
    note = "Printed in full."
    if len(days) > 1:
        note = "Printed; read with the day first, as the page's language writes it."
    if each.expression.label == "updated":
        note = "Only the day of an update is printed; the report may be older."
        return _dated(base, days[0], each, DateStatus.INFERRED, note)
    return checked(_dated(base, days[0], each, DateStatus.PRINTED, note), each, days[0], evidence, context)


def _dated(base: Published, day: Day, each: Placed, status: DateStatus, note: str) -> Published:
    value, precision = at_clock(day.value, each.expression.clock)
    return replace(base, value=value, precision=precision, calendar=day.calendar, status=status, note=note)


def _known_days(each: Placed, evidence: Evidence, context: Context) -> list[date]:
    """The other full dates of the page that may be near its day of publication."""
    known = [clue.day for clue in evidence.clues if clue.day]
    known += [day.value for _, said in evidence.claims for day in possible_days(said, context)[:1]]
    known += [day for day, _ in evidence.files]
    for other in evidence.placed:
        if other is not each and is_full(other) and not other.expression.relative:
            days = possible_days(other.expression, context)
            known += [days[0].value] if len(days) == 1 and other.place <= Place.TEXT else []
    return known


def _narrow(days: Sequence[Day], clues: Sequence[Clue], known: Sequence[date]) -> list[Day]:
    """Those days that agree with a known day or, where none is, with the weekday that the text tells."""
    near = [day for day in days if any(abs(day.value - other) <= timedelta(days=1) for other in known)]
    told = {clue.weekday for clue in clues}
    return near or [day for day in days if day.value.isoweekday() in told]


def _seen(days: Sequence[Day], captured: datetime | None) -> list[Day]:
    """Those days that had come when the page was captured."""
    return [day for day in days if day.value <= captured.date() + timedelta(days=1)] if captured else []


def _completed(
    base: Published, each: Placed, evidence: Evidence, known: Sequence[date], context: Context
) -> Published:
    """A date without its year, completed from the full date that lies nearest; a month as it stands."""
    reading = each.expression.readings[0]
    if reading.day is None:
        return _month_only(base, each)
    if reading.year is not None:
        note = "Printed, but the calendar is not told, or has no such day."
        return replace(base, precision=Precision.DAY, note=note)
    tried = [(other, possible_days(each.expression, replace(context, anchor=other))) for other in known]
    near = [(abs(days[0].value - other), days[0]) for other, days in tried if days]
    if not near or min(near, key=lambda pair: pair[0])[0] > timedelta(days=60):
        return replace(base, precision=Precision.DAY, note="Printed without a year, and the page tells none.")
    day = min(near, key=lambda pair: pair[0])[1]
    note = "Printed without a year; another full date of the page completes it."
    return checked(_dated(base, day, each, DateStatus.RESOLVED, note), each, day, evidence, context)


def _month_only(base: Published, each: Placed) -> Published:
    reading, calendar = each.expression.readings[0], each.expression.calendar
    if reading.year is None or calendar is not Calendar.GREGORIAN:
        return replace(base, precision=Precision.MONTH, note="Only a month is printed.")
    value = f"{reading.year:04}-{reading.month:02}"
    return replace(
        base,
        value=value,
        precision=Precision.MONTH,
        status=DateStatus.PRINTED,
        note="Only a month is printed.",
    )
