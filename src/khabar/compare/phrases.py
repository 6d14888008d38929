"""Phrases that a report leaves out of a statement which it otherwise makes in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from khabar.compare.omissions import ReportWords, omission
from khabar.compare.told import Told
from khabar.compare.words import is_fact, is_function, is_speech
from khabar.encode.types import Vectors
from khabar.model.span import Span
from khabar.model.story import Coverage, Difference

# A phrase of three content words: how near its words come, on average, to any word of the other report and,
# in place, to any of the other clause. Chosen on NTREX and the constructed pairs (see
# docs/decisions/differences.md).
_WORDS = 3
_WIDEST = 6
_SAID_FROM = 0.45
_DOUBT = {True: 0.62, False: 0.25}
# By so much of its content words the other clause must be shorter, or it says something else in their place.
_SHORTER = 0.25
# Words beside the phrase go with it up to here.
_GOES_ALONG = 0.8


def phrase_omissions(
    statement: str, full: Told, other: Told, reports: Mapping[str, ReportWords]
) -> Iterator[Difference]:
    """The phrase of one telling that comes least near to anything in the other, which has to be shorter."""
    report = reports.get(other.article.id)
    if (
        report is None
        or Coverage.WHOLE is not full.telling.coverage
        or other.telling.coverage is not Coverage.WHOLE
    ):
        return
    own, theirs = _content(full), _content(other)
    if len(own) - len(theirs) < _SHORTER * len(own) or not other.telling.unit.words:
        return
    said = (full.telling.unit.vectors @ report.vectors.T).max(axis=1)
    doubt = said + (full.telling.unit.contexts @ other.telling.unit.contexts.T).max(axis=1)
    found = _least_said(full, own, said, doubt)
    if found and float(doubt[found].mean()) < _DOUBT[full.language == other.language]:
        span = _widened(full, found, own, doubt)
        yield omission(statement, full.article, span, other.article)


def _least_said(told: Told, places: Sequence[int], said: Vectors, doubt: Vectors) -> list[int]:
    """The window of words with the least said for it; names, numbers and speakers are compared elsewhere."""
    open_places = {n for n in places if not is_fact(told, n) and not is_speech(told, n)}
    windows = [list(places[at : at + _WORDS]) for at in range(len(places) - _WORDS + 1)]
    fit = [
        one
        for one in windows
        if one[-1] - one[0] < _WIDEST and set(one) <= open_places and float(said[one].mean()) < _SAID_FROM
    ]
    return min(fit, key=lambda one: float(doubt[one].mean()), default=[])


def _widened(told: Told, found: Sequence[int], places: Sequence[int], doubt: Vectors) -> Span:
    """The phrase with the content words on both sides that are as little said."""
    first, last = places.index(found[0]), places.index(found[-1])
    while first > 0 and doubt[places[first - 1]] < _GOES_ALONG:
        first -= 1
    while last + 1 < len(places) and doubt[places[last + 1]] < _GOES_ALONG:
        last += 1
    words = told.telling.unit.words
    return Span(words[places[first]].start, words[places[last]].end)


def _content(told: Told) -> list[int]:
    """The numbers of the words that carry content, in order."""
    inside = [n for n, word in enumerate(told.telling.unit.words) if told.content.contains(word)]
    return [n for n in inside if not is_function(told, n)]
