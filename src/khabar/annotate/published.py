"""When a page came out: what it prints, held against what else it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from khabar.annotate.date_clues import Clue, Place, Placed, is_of_change
from khabar.annotate.date_walk import Expression
from khabar.annotate.dates import Context, Day, at_clock, possible_days
from khabar.model.article import DateClaim
from khabar.model.mentions import Calendar, DateStatus, Precision, Published
from khabar.model.span import Span

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LATER_DAYS = 2  # a report follows the latest day that it names by no more, if it is to tell its own day
_NEAR_DAYS = 3  # a date that would fit a weekday is looked for this far around the printed one


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a page says about the day it came out."""

    text: str
    placed: Sequence[Placed]
    clues: Sequence[Clue]
    claims: Sequence[tuple[DateClaim, Expression]]
    files: Sequence[tuple[date, Span]]


def conclude(evidence: Evidence, context: Context) -> Published:
    """The publication date, how it was come by, and in words what speaks against it.

    What is printed wins over metadata, metadata over the text's own "today", that over a file's name;
    a contradiction never changes a printed date, it is told beside it.
    """
    for each in _candidates(evidence.placed):
        published = _printed(each, evidence, context)
        if published.value is not None or each.place in (Place.DATE_LINE, Place.DATELINE):
            return published
    return (
        _claimed(evidence, context)
        or _told(evidence)
        or _from_file(evidence)
        or _from_text(evidence, context)
        or _unknown(evidence)
    )


def _candidates(placed: Sequence[Placed]) -> list[Placed]:
    """Printed dates by their place; those that only tell of an update come last."""
    dated = [each for each in placed if each.place <= Place.LINE and not each.expression.relative]
    dated = [each for each in dated if any(reading.month for reading in each.expression.readings)]
    return sorted(
        dated, key=lambda each: (each.place, each.expression.label == "updated", not _is_full(each))
    )


def _is_full(each: Placed) -> bool:
    return all(reading.year and reading.day for reading in each.expression.readings)


def _printed(each: Placed, evidence: Evidence, context: Context) -> Published:
    known = _known_days(each, evidence, context)
    days = possible_days(each.expression, context)
    base = Published(text=each.span.of(evidence.text), span=each.span, calendar=each.expression.calendar)
    if not days:
        return _completed(base, each, evidence, known, context)
    fitting = _narrow(days, evidence.clues, known)
    if len(fitting) == 1 and len(days) > 1:
        note = "Day and month could be exchanged; the rest of the page decides."
        return _checked(
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
    return _checked(_dated(base, days[0], each, DateStatus.PRINTED, note), each, days[0], evidence, context)


def _dated(base: Published, day: Day, each: Placed, status: DateStatus, note: str) -> Published:
    value, precision = at_clock(day.value, each.expression.clock)
    return replace(base, value=value, precision=precision, calendar=day.calendar, status=status, note=note)


def _known_days(each: Placed, evidence: Evidence, context: Context) -> list[date]:
    """The other full dates of the page that may be near its day of publication."""
    known = [clue.day for clue in evidence.clues if clue.day]
    known += [day.value for _, said in evidence.claims for day in possible_days(said, context)[:1]]
    known += [day for day, _ in evidence.files]
    for other in evidence.placed:
        if other is not each and _is_full(other) and not other.expression.relative:
            days = possible_days(other.expression, context)
            known += [days[0].value] if len(days) == 1 and other.place <= Place.TEXT else []
    return known


def _narrow(days: Sequence[Day], clues: Sequence[Clue], known: Sequence[date]) -> list[Day]:
    """Those days that agree with a known day or, where none is, with the weekday that the text tells."""
    near = [day for day in days if any(abs(day.value - other) <= timedelta(days=1) for other in known)]
    told = {clue.weekday for clue in clues}
    return near or [day for day in days if day.value.isoweekday() in told]


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
    return _checked(_dated(base, day, each, DateStatus.RESOLVED, note), each, day, evidence, context)


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


# What speaks against a date


def _checked(published: Published, each: Placed, day: Day, evidence: Evidence, context: Context) -> Published:
    """The same date, as a conflict where other words of the page contradict it."""
    against = [
        *_own_weekday(each, day.value),
        *_text_against(evidence, day.value),
        *_dates_against(each, day, evidence, context),
        *_claims_against(day.value, evidence, context),
    ]
    if not against:
        return published
    spans = tuple(dict.fromkeys(span for span, _ in against if span is not None))
    note = " ".join(dict.fromkeys(sentence for _, sentence in against))
    return replace(published, status=DateStatus.CONFLICT, conflicts=spans, note=note)


Against = tuple[Span | None, str]


def _own_weekday(each: Placed, day: date) -> list[Against]:
    weekday, place = each.expression.weekday, each.expression.weekday_place
    if weekday is None or place is None or weekday == day.isoweekday():
        return []
    span = Span(place[0] + each.at, place[1] + each.at)
    return [(span, _weekday_sentence(day, f"is printed beside {WEEKDAYS[weekday - 1]}", weekday))]


def _text_against(evidence: Evidence, day: date) -> list[Against]:
    """The text's own words, unless others of them agree: a quotation may tell of another day."""
    wrong = [clue for clue in evidence.clues if (clue.day or day) != day or clue.weekday != day.isoweekday()]
    if len(wrong) < len(evidence.clues):
        return []
    return [(clue.span, _clue_sentence(day, clue, clue.span.of(evidence.text))) for clue in wrong]


def _clue_sentence(day: date, clue: Clue, words: str) -> str:
    if clue.day:
        return f"{day} is printed, but “{words}” makes it {clue.day}."
    return _weekday_sentence(
        day, f"is printed, but “{words}” makes it a {WEEKDAYS[clue.weekday - 1]}", clue.weekday
    )


def _weekday_sentence(day: date, what: str, weekday: int) -> str:
    near = [day + timedelta(days=n) for n in (1, -1, 2, -2, 3, -3)]
    fits = next((other for other in near[: 2 * _NEAR_DAYS] if other.isoweekday() == weekday), day)
    return f"{day}, a {WEEKDAYS[day.isoweekday() - 1]}, {what}; {fits} would fit."


def _dates_against(each: Placed, day: Day, evidence: Evidence, context: Context) -> list[Against]:
    """Other printed dates of the page's own. A second calendar may differ by a day, an update is later."""
    against: list[Against] = []
    for other in evidence.placed:
        if other.place > Place.DATELINE or other is each or not _is_full(other):
            continue
        days = possible_days(other.expression, context)
        if not days or any(abs(another.value - day.value) <= timedelta(days=1) for another in days):
            continue
        if other.expression.label == "updated" and days[0].value > day.value:
            continue
        words = other.span.of(evidence.text)
        against.append((other.span, f"{day.value} is printed, and “{words}” ({days[0].value}) as well."))
    return against


def _claims_against(day: date, evidence: Evidence, context: Context) -> list[Against]:
    against: list[Against] = []
    for claim, said in evidence.claims:
        days = possible_days(said, context)
        later = bool(days) and is_of_change(claim) and days[0].value > day
        if days and abs(days[0].value - day) > timedelta(days=1) and not later:
            against.append((None, f"{day} is printed, but {claim.origin} says {claim.text}."))
    return against


# Nothing is printed


def _claimed(evidence: Evidence, context: Context) -> Published | None:
    for claim, said in evidence.claims:
        day = possible_days(said, context)[0]
        value, precision = at_clock(day.value, said.clock)
        note = f"Not in the visible text; it stands in the page's metadata ({claim.origin})."
        published = Published(value, precision, day.calendar, claim.text, None, DateStatus.PRINTED, note)
        against = _text_against(evidence, day.value)
        if against:
            spans = tuple(span for span, _ in against if span is not None)
            sentences = " ".join(sentence for _, sentence in against)
            return replace(published, status=DateStatus.CONFLICT, conflicts=spans, note=f"{note} {sentences}")
        return published
    return None


def _told(evidence: Evidence) -> Published | None:
    """A text that names its own day: "today, Wednesday 8 July 2020"."""
    days = {clue.day for clue in evidence.clues if clue.day}
    if len(days) != 1:
        return None
    clue = next(clue for clue in evidence.clues if clue.day)
    day = days.pop()
    words = clue.span.of(evidence.text)
    note = f"No date line; the text itself says “{words}”."
    return Published(
        day.isoformat(), Precision.DAY, Calendar.GREGORIAN, words, clue.span, DateStatus.RESOLVED, note
    )


def _from_file(evidence: Evidence) -> Published | None:
    """The day in a picture's name, where the text speaks of its own day and no weekday contradicts."""
    days = {day for day, _ in evidence.files}
    today = [each for each in evidence.placed if each.expression.days == 0 and each.place is Place.TEXT]
    if len(days) != 1 or not today:
        return None
    day, span = evidence.files[0]
    if any(clue.weekday != day.isoweekday() for clue in evidence.clues):
        return None
    note = (
        f"No date is printed. The name of a picture carries {day}, and the text tells of “"
        f"{today[0].span.of(evidence.text)}”: it probably came out on that day."
    )
    words = span.of(evidence.text)
    return Published(
        day.isoformat(), Precision.DAY, Calendar.GREGORIAN, words, span, DateStatus.INFERRED, note
    )


def _from_text(evidence: Evidence, context: Context) -> Published | None:
    """The day that the text's own "yesterday, Sunday" asks for, where its latest full date lies just before.

    Only where no other full date of the text is near: one that lies ahead would lead a week astray.
    """
    weekdays = {clue.weekday for clue in evidence.clues}
    full = [each for each in evidence.placed if each.place is Place.TEXT and _is_full(each)]
    days = {each: possible_days(each.expression, context) for each in full if not each.expression.relative}
    known = sorted((found[0].value, each.span) for each, found in days.items() if len(found) == 1)
    if len(weekdays) != 1 or not known:
        return None
    last, span = known[-1]
    later = (weekdays.pop() - last.isoweekday()) % 7
    crowded = any(timedelta() < last - day < timedelta(days=30) for day, _ in known)
    if later > _LATER_DAYS or crowded:
        return None
    day = last + timedelta(days=later)
    words, clue = span.of(evidence.text), evidence.clues[0].span.of(evidence.text)
    note = (
        f"No date is printed. The latest full date in the text is “{words}”, and “{clue}” means that it came "
        f"out on a {WEEKDAYS[day.isoweekday() - 1]}: probably on {day}."
    )
    return Published(day.isoformat(), Precision.DAY, None, words, span, DateStatus.INFERRED, note)


def _unknown(evidence: Evidence) -> Published:
    notes = ["The page names no date."]
    if evidence.files:
        notes.append(f"The name of a picture carries {evidence.files[0][0]}; the report may be later.")
    weekdays = {clue.weekday for clue in evidence.clues}
    if len(weekdays) == 1:
        words = evidence.clues[0].span.of(evidence.text)
        notes.append(f"“{words}” means that it came out on a {WEEKDAYS[weekdays.pop() - 1]}.")
    return Published(note=" ".join(notes))
