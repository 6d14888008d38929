"""Where a page's date words stand, and what each place says about the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise

from khabar.annotate.calendars import to_gregorian
from khabar.annotate.date_context import Context
from khabar.annotate.date_days import decided_day
from khabar.annotate.date_grammar import find_expressions
from khabar.annotate.date_items import read_items
from khabar.annotate.date_walk import Expression
from khabar.lang.match import Lexicon
from khabar.model.article import BoilerplateKind, DateClaim, Extract
from khabar.model.mentions import Calendar
from khabar.model.span import Span

# What stands twice says nothing new, and lists of other articles carry the dates of those.
_UNREAD = {
    BoilerplateKind.REPEAT,
    BoilerplateKind.TITLE_REPEAT,
    BoilerplateKind.RELATED,
    BoilerplateKind.NAVIGATION,
    BoilerplateKind.ADVERTISEMENT,
    BoilerplateKind.COMMENT_FORM,
}
_BESIDE_DATE = {
    BoilerplateKind.BYLINE,
    BoilerplateKind.SECTION,
    BoilerplateKind.COUNTER,
    BoilerplateKind.SOURCE_LINE,
    BoilerplateKind.OTHER,
}
_SHORT_LINE_CHARS = 160
_DATELINE_CHARS = 80
_DATELINE_END = re.compile(r"\s*(\([^()\n]{1,40}\)|/[^/\n]{1,30}/)?\s*[-–—:ـ|]")
_COMPACT_DAY = re.compile(r"(?<!\d)(19\d\d|20\d\d)(\d\d)(\d\d)(?!\d)")
_APPOSED = re.compile(r"[\s,،(\-–—]{0,4}")


class Place(IntEnum):
    """Where date words stand, the likeliest home of a publication date first."""

    DATE_LINE = 0
    DATELINE = 1  # "DAMASCUS, July 8 (agency) -" at the head of the body
    LINE = 2  # a short line of another kind
    TEXT = 3  # title and body
    FILE_NAME = 4
    ELSEWHERE = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A date expression, how far into the page its segment begins, and what place that is."""

    expression: Expression
    at: int
    place: Place

    @property
    def span(self) -> Span:
        """Its place in the page."""
        return Span(self.expression.start, self.expression.end).moved(self.at)


@dataclass(frozen=True, slots=True)
class Clue:
    """Words of the text that tell on what weekday, or on what day, it came out."""

    span: Span
    weekday: int
    day: date | None = None


def place_expressions(extract: Extract, lexicon: Lexicon) -> list[Placed]:
    """Every date expression of the page outside repeats and lists of other articles, in order."""
    placed: list[Placed] = []
    for span, place in _segments(extract):
        words = span.of(extract.text)
        for expression in find_expressions(words, read_items(words, lexicon)):
            placed.append(Placed(expression, span.start, _place(words, expression, place)))
    return sorted(placed, key=lambda each: each.span)


def _segments(extract: Extract) -> Iterator[tuple[Span, Place]]:
    if extract.title is not None:
        yield extract.title, Place.TEXT
    for n, span in enumerate(extract.body):
        yield span, Place.DATELINE if n < 2 else Place.TEXT
    for piece in extract.boilerplate:
        if piece.kind not in _UNREAD:
            yield piece.span, _boilerplate_place(piece.kind, piece.span)


def _boilerplate_place(kind: BoilerplateKind, span: Span) -> Place:
    if kind is BoilerplateKind.DATE_LINE:
        return Place.DATE_LINE
    if kind is BoilerplateKind.FILE_NAME:
        return Place.FILE_NAME
    return Place.LINE if kind in _BESIDE_DATE and len(span) <= _SHORT_LINE_CHARS else Place.ELSEWHERE


def _place(words: str, expression: Expression, place: Place) -> Place:
    """A body paragraph that is hardly more than its date is a date line that was not seen as one."""
    if place not in (Place.DATELINE, Place.TEXT) or expression.relative:
        return Place.TEXT if place is Place.DATELINE else place
    if len(words) <= _SHORT_LINE_CHARS and expression.end - expression.start >= 0.5 * len(words.strip()):
        return Place.DATE_LINE
    early = expression.end <= _DATELINE_CHARS and "." not in words[: expression.start]
    if place is Place.DATELINE and early and _DATELINE_END.match(words, expression.end):
        return Place.DATELINE
    return Place.TEXT


def text_clues(text: str, placed: Sequence[Placed], context: Context) -> list[Clue]:
    """What "today, Wednesday", "yesterday, Sunday" and "today, 8 July 2020" say of the day of publication."""
    clues: list[Clue] = []
    told = [each for each in placed if each.place in (Place.TEXT, Place.DATELINE)]
    for each, following in pairwise([*told, None]):
        if each is None or each.expression.days is None:
            continue
        days = each.expression.days
        day = _apposed_day(text, each, following, context) if following else None
        if day and following:
            day -= timedelta(days=days)
            clues.append(Clue(Span(each.span.start, following.span.end), day.isoweekday(), day))
        elif each.expression.weekday:
            clues.append(Clue(each.span, (each.expression.weekday - days - 1) % 7 + 1))
    return clues


def _apposed_day(text: str, each: Placed, following: Placed, context: Context) -> date | None:
    if following.expression.relative or following.span.start < each.span.end:
        return None
    if not _APPOSED.fullmatch(text[each.span.end : following.span.start][:8]):
        return None
    day = decided_day(following.expression, context)
    return day.value if day else None


def file_days(extract: Extract, placed: Iterable[Placed], context: Context) -> list[tuple[date, Span]]:
    """The days that names of picture files carry, "photo_2020-07-08" or "IMG_20200708"."""
    days: list[tuple[date, Span]] = []
    for each in placed:
        if each.place is Place.FILE_NAME:
            day = decided_day(each.expression, context)
            days += [(day.value, each.span)] if day else []
    for piece in extract.boilerplate:
        if piece.kind is BoilerplateKind.FILE_NAME:
            for match in _COMPACT_DAY.finditer(piece.span.of(extract.text)):
                value = to_gregorian(Calendar.GREGORIAN, *map(int, match.groups()))
                start = piece.span.start + match.start()
                days += [(value, Span(start, start + 8))] if value else []
    return days


def claimed(
    claims: Sequence[DateClaim], lexicon: Lexicon, context: Context
) -> list[tuple[DateClaim, Expression]]:
    """The metadata claims that can be read, those of publication before those of changes."""
    found: list[tuple[DateClaim, Expression]] = []
    for claim in sorted(claims, key=is_of_change):
        for expression in find_expressions(claim.text, read_items(claim.text, lexicon))[:1]:
            if decided_day(expression, context):
                found.append((claim, expression))
    return found


def is_of_change(claim: DateClaim) -> bool:
    """Whether a claim tells of a change and not of the publication."""
    return any(word in claim.origin.lower() for word in ("modif", "updat", "change"))
