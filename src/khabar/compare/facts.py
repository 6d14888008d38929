"""Differences in what can be looked up: dates and names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from khabar.annotate.date_conflicts import WEEKDAYS
from khabar.compare.told import Told, differ, may_differ
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.mentions import DateMention, NameKind, NameMention, Precision
from khabar.model.story import Difference, DifferenceKind


def date_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days that stand in one telling each and do not agree; what could not be resolved is left out."""
    here, there = (
        [mention for mention in told.dates if mention.value and mention.precision in _DAYS] for told in (a, b)
    )
    days_a, days_b = {str(m.value)[:10] for m in here}, {str(m.value)[:10] for m in there}
    if len(days_a) == len(days_b) == 1 and days_a != days_b:
        reason = f"{days_a.pop()} here, {days_b.pop()} there."
        yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)
    elif not (days_a and days_b):
        yield from _weekday_differences(statement, a, b)


def _weekday_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Days of the week that differ, where that of one telling is in a week that is not known."""
    here, there = ([mention for mention in told.dates if _weekday(mention)] for told in (a, b))
    days_a, days_b = {_weekday(mention) for mention in here}, {_weekday(mention) for mention in there}
    if len(days_a) == len(days_b) == 1 and days_a != days_b:
        names = [WEEKDAYS[days.pop() - 1] for days in (days_a, days_b)]
        reason = f"A {names[0]} here, a {names[1]} there."
        yield differ(DifferenceKind.DATE, statement, ((a, here[0].span), (b, there[0].span)), reason)


def _weekday(mention: DateMention) -> int:
    """1 (Monday) to 7, as written or of the one day that is meant; 0 where neither is known."""
    if mention.value and mention.precision in _DAYS and "/" not in mention.value:
        return date.fromisoformat(mention.value[:10]).isoweekday()
    return mention.weekday or 0


_DAYS = (Precision.DAY, Precision.MINUTE)


def name_differences(statement: str, a: Told, b: Told, names: Mapping[str, str]) -> Iterator[Difference]:
    """Persons and places that stand in one telling each, where both tellings name one of that kind."""
    for kind in (NameKind.PERSON, NameKind.PLACE):
        here, there = _named(a, b, kind), _named(b, a, kind)
        if len(here) == len(there) == 1 and not _same_place(a, here[0], b, there[0]):
            one, other = here[0], there[0]
            if not may_differ(a, one, b, other):
                continue
            reason = f"{names[str(one.entity)]} here, {names[str(other.entity)]} there."
            yield differ(DifferenceKind.NAME, statement, ((a, one.span), (b, other.span)), reason)


def _same_place(a: Told, one: NameMention, b: Told, other: NameMention) -> bool:
    """Whether one name is part of the other, or a city stands for its country."""
    names = [folded_text(mention.text, Fold.SEARCH) for mention in (one, other)]
    return names[0] in names[1] or names[1] in names[0] or bool(_lands(a, one) & _lands(b, other))


def _lands(told: Told, name: NameMention) -> set[str]:
    """The countries (ISO codes) that a place name is of or in."""
    hits = lexicon(told.language, "places_words").find(name.text)
    return {hit.row.meaning.partition(":")[2].partition("/")[0] for hit in hits}


def _named(a: Told, b: Told, kind: NameKind) -> list[NameMention]:
    """The names of a kind in the content of `a` that the report of `b` does not name beside the statement."""
    found: dict[str, NameMention] = {}
    for mention in a.names:
        inside = a.content.contains(mention.span)
        if inside and mention.kind is kind and mention.entity and mention.entity not in b.named_near:
            found.setdefault(mention.entity, mention)
    return list(found.values())
