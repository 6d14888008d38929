"""All that is said of when an article came out, and how it stands to the conclusion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from khabar.annotate.date_bounds import instant, read_instant
from khabar.annotate.date_clues import Place, Placed, is_of_change
from khabar.annotate.date_conflicts import Evidence
from khabar.annotate.date_context import Context
from khabar.annotate.date_days import possible_days
from khabar.annotate.date_values import at_clock, days_of
from khabar.annotate.date_walk import Expression
from khabar.model.claims import ClaimField
from khabar.model.mentions import Published, TimeClaim

_PLACES = {Place.DATE_LINE: "date line", Place.DATELINE: "dateline", Place.LINE: "another line"}
_A_DAY = timedelta(days=1)
_MOST_CLAIMS = 40
_DATED = (ClaimField.PUBLISHED, ClaimField.MODIFIED)


def account(published: Published, evidence: Evidence, context: Context) -> tuple[TimeClaim, ...]:
    """Every claim with its place, its value, and whether it agrees with the conclusion."""
    found = [
        *_visible(published, evidence, context),
        *_metadata(published, evidence, context),
        *_captures(published, evidence),
        *_words(published, evidence),
        *_files(published, evidence),
    ]
    return tuple(dict.fromkeys(found))[:_MOST_CLAIMS]


def _visible(published: Published, evidence: Evidence, context: Context) -> Iterator[TimeClaim]:
    for each in evidence.placed:
        if each.place not in _PLACES or (each.expression.relative and each.span != published.span):
            continue
        origin = _PLACES[each.place]
        if each.expression.label == "updated":
            origin += ", of an update"
        value = _value(each.expression, context)
        if each.span == published.span:
            value = published.value
        yield TimeClaim(
            origin, each.span.of(evidence.text), value, _agrees(value, published, each), each.span
        )


def _metadata(published: Published, evidence: Evidence, context: Context) -> Iterator[TimeClaim]:
    read = {(claim.origin, claim.text): said for claim, said in evidence.claims}
    for claim, said in evidence.claims:
        value = _value(said, context)
        yield TimeClaim(claim.origin, claim.text, value, _after(value, published, is_of_change(claim)))
    for other in evidence.said:
        if (
            other.field in (ClaimField.PUBLISHED, ClaimField.MODIFIED)
            and (other.origin, other.text) not in read
        ):
            yield TimeClaim(other.origin, other.text)


def _captures(published: Published, evidence: Evidence) -> Iterator[TimeClaim]:
    for claim in evidence.said:
        if claim.field is ClaimField.CAPTURED:
            moment = read_instant(claim.text)
            value = instant(moment) if moment else None
            late = None if not value or not published.earliest else value >= published.earliest
            yield TimeClaim(claim.origin, claim.text, value, late)


def _words(published: Published, evidence: Evidence) -> Iterator[TimeClaim]:
    day = _day(published.value)
    for clue in evidence.clues:
        told = clue.day.isoformat() if clue.day else None
        agrees = None if day is None else day == clue.day if clue.day else day.isoweekday() == clue.weekday
        yield TimeClaim("the text's own words", clue.span.of(evidence.text), told, agrees, clue.span)


def _files(published: Published, evidence: Evidence) -> Iterator[TimeClaim]:
    for day, span in evidence.files:
        agrees = _near(day.isoformat(), published.value)
        yield TimeClaim("the name of a picture", span.of(evidence.text), day.isoformat(), agrees, span)


def _value(expression: Expression, context: Context) -> str | None:
    days = possible_days(expression, context)
    if not days or (len({day.value for day in days}) > 1 and not context.day_first):
        return None
    return at_clock(days[0].value, expression.clock)[0]


def _agrees(value: str | None, published: Published, each: Placed) -> bool | None:
    return _after(value, published, each.expression.label == "updated")


def _after(value: str | None, published: Published, of_change: bool) -> bool | None:
    """Whether it is of the same day, or of a later one where it tells of a change."""
    one, other = _day(value), _day(published.value)
    if one is None or other is None:
        return None
    return one >= other - _A_DAY if of_change else abs(one - other) <= _A_DAY


def _near(value: str | None, other: str | None) -> bool | None:
    first, second = _day(value), _day(other)
    return None if first is None or second is None else abs(first - second) <= _A_DAY


def _day(value: str | None) -> date | None:
    days = days_of(value) if value else None
    return days[0] if days and days[0] == days[1] else None
