"""What limits the day of publication from outside: when it was seen, when its outlet began, what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from khabar.annotate.date_account import account
from khabar.annotate.date_bounds import bounds, instant
from khabar.annotate.date_clues import Place, is_of_change
from khabar.annotate.date_conflicts import WEEKDAYS, Evidence, is_full
from khabar.annotate.date_context import Context
from khabar.annotate.date_days import decided_day
from khabar.annotate.date_values import days_of
from khabar.model.article import DateClaim
from khabar.model.mentions import DateStatus, Precision, Published, TimeClaim, TimeConstraint

_STEP, _WIDEST = timedelta(minutes=15), timedelta(hours=14)  # of zones
_MINUTE = timedelta(seconds=59)
_CLOCKS_DIFFER = timedelta(minutes=15)
_FIRM = (DateStatus.PRINTED, DateStatus.RESOLVED, DateStatus.INFERRED)


def limited(published: Published, evidence: Evidence, context: Context) -> Published:
    """The conclusion with its bounds, every claim and constraint; a conflict where a limit is crossed."""
    published = _bounded(published, evidence)
    published = _zoned(replace(published, claims=account(published, evidence, context)))
    against = [*_after_capture(published, evidence), *_before_outlet(published, evidence)]
    against += _claims_against(published)
    if against and published.value is not None and published.status is not DateStatus.UNKNOWN:
        kept = (published.note,) if published.status in (DateStatus.CONFLICT, DateStatus.INFERRED) else ()
        note = " ".join(dict.fromkeys((*kept, *against)))
        published = replace(published, status=DateStatus.CONFLICT, note=note)
    constraints = tuple(_constraints(published, evidence, context))
    return _within(replace(published, constraints=constraints), evidence)


def _bounded(published: Published, evidence: Evidence) -> Published:
    found = bounds(published.value, published.precision, published.calendar) if published.value else None
    if found is None or published.earliest is not None:
        return published
    first, last = found
    if evidence.captured is not None and first <= evidence.captured < last:
        last = evidence.captured
    return replace(published, earliest=instant(first), latest=instant(last))


def _zoned(published: Published) -> Published:
    """Narrower bounds where a claim tells the same moment with its zone: "18:42" and "18:42:00+04:00"."""
    if published.value is None or published.precision is not Precision.MINUTE:
        return published
    plain = datetime.fromisoformat(published.value)
    if plain.tzinfo is not None:
        return published
    for claim in published.claims:
        moment = (
            datetime.fromisoformat(claim.value)
            if claim.value and claim.span is None and claim.agrees
            else None
        )
        changed = is_of_change(DateClaim(claim.text, claim.origin))
        if moment is None or moment.tzinfo is None or changed or _is_capture(claim, published):
            continue
        offset = plain.replace(tzinfo=UTC) - moment.astimezone(UTC)
        if not offset % _STEP and abs(offset) <= _WIDEST:
            return replace(published, earliest=instant(moment), latest=instant(moment + _MINUTE))
    return published


def _after_capture(published: Published, evidence: Evidence) -> Iterator[str]:
    if evidence.captured is None or published.earliest is None:
        return
    if datetime.fromisoformat(published.earliest) > evidence.captured + _CLOCKS_DIFFER:
        seen = instant(evidence.captured)
        yield f"{published.value} lies after {seen}, when the page was already captured."


def _before_outlet(published: Published, evidence: Evidence) -> Iterator[str]:
    founding, days = evidence.founding, days_of(published.value[:10]) if published.value else None
    if founding is not None and days and days[1].year < founding.year:
        yield f"{published.value} lies before {founding.year}, when {founding.name} was founded."


def _claims_against(published: Published) -> list[str]:
    """Claims of the page's metadata against each other, where nothing visible was held against them."""
    if published.span is not None or published.status not in _FIRM or published.text is None:
        return []
    return [
        f"{published.text} is claimed, but {claim.origin} says {claim.text}."
        for claim in published.claims
        if claim.agrees is False and claim.span is None and not _is_capture(claim, published)
    ]


def _is_capture(claim: TimeClaim, published: Published) -> bool:
    return (claim.value or "").endswith("Z") and not (published.text or "").startswith(claim.text)


def _constraints(published: Published, evidence: Evidence, context: Context) -> Iterator[TimeConstraint]:
    """What is known where the day is not; of a conflict, what speaks besides the date that is printed."""
    if published.value is not None and published.status is not DateStatus.CONFLICT:
        return
    weekdays = {clue.weekday for clue in evidence.clues}
    if len(weekdays) == 1:
        words, weekday = evidence.clues[0].span.of(evidence.text), weekdays.pop()
        yield TimeConstraint(
            "weekday", str(weekday), f"“{words}” means that it came out on a {WEEKDAYS[weekday - 1]}."
        )
    if evidence.captured is not None:
        day = evidence.captured.date().isoformat()
        yield TimeConstraint("not_after", day, f"It was captured at {instant(evidence.captured)}.")
    yield from _not_before(evidence, context)


def _not_before(evidence: Evidence, context: Context) -> Iterator[TimeConstraint]:
    """The latest day of which the text tells as of the past."""
    told = []
    for each in evidence.placed:
        if each.place is Place.TEXT and each.expression.turn == "behind" and is_full(each):
            day = decided_day(each.expression, context)
            told += [(day.value, each.span)] if day and each.expression.readings else []
    if told:
        latest, span = max(told)
        words = span.of(evidence.text)
        yield TimeConstraint("not_before", latest.isoformat(), f"The text tells of “{words}” as past.")


def _within(published: Published, evidence: Evidence) -> Published:
    """An unknown day lies between its constraints."""
    if published.value is not None:
        return published
    first = next((each.value for each in published.constraints if each.kind == "not_before"), None)
    found = bounds(first, None, None) if first else None
    told = (each.reason for each in published.constraints if each.reason not in published.note)
    return replace(
        published,
        note=" ".join((published.note, *told)),
        earliest=instant(found[0]) if found else None,
        latest=instant(evidence.captured) if evidence.captured else None,
    )
