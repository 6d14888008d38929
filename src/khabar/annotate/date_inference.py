"""The publication date of a page that prints none: from metadata, the text's own words, a picture's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from khabar.annotate.date_clues import Place, is_of_change
from khabar.annotate.date_conflicts import WEEKDAYS, Evidence, is_full, text_against
from khabar.annotate.date_context import Context
from khabar.annotate.date_days import possible_days
from khabar.annotate.date_values import at_clock
from khabar.model.mentions import Calendar, DateStatus, Precision, Published

_LATER_DAYS = 2  # a report follows the latest day that it names by no more, if it is to tell its own day


def infer(evidence: Evidence, context: Context) -> Published:
    """The date that metadata claims or the text allows to conclude; unknown with what is known otherwise."""
    return (
        _claimed(evidence, context)
        or _told(evidence)
        or _from_file(evidence)
        or _from_text(evidence, context)
        or _unknown(evidence)
    )


def _claimed(evidence: Evidence, context: Context) -> Published | None:
    for claim, said in evidence.claims:
        day = possible_days(said, context)[0]
        value, precision = at_clock(day.value, said.clock)
        note = f"Not in the visible text; it stands in the page's metadata ({claim.origin})."
        status = DateStatus.INFERRED if is_of_change(claim) else DateStatus.PRINTED
        published = Published(value, precision, day.calendar, claim.text, None, status, note)
        against = text_against(evidence, day.value)
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
    full = [each for each in evidence.placed if each.place is Place.TEXT and is_full(each)]
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
