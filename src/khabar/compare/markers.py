"""Differences in whether a thing is said to be so, and how surely: polarity and strength."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.compare.told import Told, differ
from khabar.lang.match import Hit
from khabar.model.span import Span
from khabar.model.story import Coverage, Difference, DifferenceKind

# "Will" only sets the time; beside it a promise, a duty or a doubt is weaker or stronger.
_PLAIN = frozenset({"will", "certain"})


def polarity_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """One telling denies in an odd number of words what the other says without.

    Parts are not compared: the negation may belong to what the other leaves out.
    """
    if not _both_whole(a, b):
        return
    here, there = _negations(a), _negations(b)
    if len(here) % 2 == len(there) % 2:
        return
    sides = ((a, here[0].span if here else a.content), (b, there[0].span if there else b.content))
    reason = "One of the two denies in so many words what the other says."
    yield differ(DifferenceKind.POLARITY, statement, sides, reason)


def strength_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """The tellings commit themselves in different strength: promised against will, may against is."""
    here, there = _strengths(a), _strengths(b)
    only_here = {kind: hit for kind, hit in here.items() if kind not in there}
    only_there = {kind: hit for kind, hit in there.items() if kind not in here}
    if not (only_here.keys() | only_there.keys()) - _PLAIN or not _both_whole(a, b):
        return
    reason = f"{_kinds(only_here)} here, {_kinds(only_there)} there."
    sides = ((a, _span(a, only_here)), (b, _span(b, only_there)))
    yield differ(DifferenceKind.STRENGTH, statement, sides, reason)


def _negations(told: Told) -> list[Hit]:
    """Negations and verbs of denial, one a place."""
    hits = {hit.span: hit for table in ("negation", "polarity") for hit in told.hits(table)}
    return [hits[span] for span in sorted(hits)]


def _strengths(told: Told) -> dict[str, Hit]:
    found: dict[str, Hit] = {}
    for hit in told.hits("hedges"):
        found.setdefault(hit.row.meaning, hit)
    return found


def _span(told: Told, hits: dict[str, Hit]) -> Span:
    return next(iter(hits.values())).span if hits else told.content


def _kinds(hits: dict[str, Hit]) -> str:
    return ", ".join(kind.capitalize() for kind in sorted(hits)) or "No such word"


def _both_whole(a: Told, b: Told) -> bool:
    return a.telling.coverage is b.telling.coverage is Coverage.WHOLE
