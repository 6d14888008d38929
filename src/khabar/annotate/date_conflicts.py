"""What on a page speaks against a publication date, in words for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from khabar.annotate.date_clues import Clue, Place, Placed, is_of_change
from khabar.annotate.date_context import Context, Day
from khabar.annotate.date_days import possible_days
from khabar.annotate.date_walk import Expression
from khabar.annotate.founded import Founding
from khabar.model.article import DateClaim
from khabar.model.claims import Claim
from khabar.model.mentions import DateStatus, Published
from khabar.model.span import Span

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEAR_DAYS = 3  # a date that would fit a weekday is looked for this far around the printed one
Against = tuple[Span | None, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a page says about the day it came out, and when somebody saw it.

    `said` are the claims as they are written, those that cannot be read among them.
    """

    text: str
    placed: Sequence[Placed]
    clues: Sequence[Clue]
    claims: Sequence[tuple[DateClaim, Expression]]
    files: Sequence[tuple[date, Span]]
    said: Sequence[Claim] = ()
    captured: datetime | None = None
    founding: Founding | None = None


def is_full(each: Placed) -> bool:
    """Whether a date is written with its year and its day."""
    return all(reading.year and reading.day and not reading.until for reading in each.expression.readings)


def checked(published: Published, each: Placed, day: Day, evidence: Evidence, context: Context) -> Published:
    """The same date, as a conflict where other words of the page contradict it."""
    against = [
        *_own_weekday(each, day.value),
        *text_against(evidence, day.value),
        *_dates_against(each, day, evidence, context),
        *_claims_against(day.value, evidence, context),
    ]
    if not against:
        return published
    spans = tuple(dict.fromkeys(span for span, _ in against if span is not None))
    note = " ".join(dict.fromkeys(sentence for _, sentence in against))
    return replace(published, status=DateStatus.CONFLICT, conflicts=spans, note=note)


def _own_weekday(each: Placed, day: date) -> list[Against]:
    weekday, place = each.expression.weekday, each.expression.weekday_place
    if weekday is None or place is None or weekday == day.isoweekday():
        return []
    span = Span(place[0] + each.at, place[1] + each.at)
    return [(span, _weekday_sentence(day, f"is printed beside {WEEKDAYS[weekday - 1]}", weekday))]


def text_against(evidence: Evidence, day: date) -> list[Against]:
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
        if other.place > Place.DATELINE or other is each or not is_full(other):
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
