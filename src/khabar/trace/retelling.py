"""How much of what one report states another states too, and in which order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.model.article import Article
from khabar.model.story import Statement

# docs/decisions/origins.md: the most that reports without a credit share is .76, in any order.
_TRANSLATED_FROM = 0.9
_ORDER_FROM = 0.85
_FEWEST_STATEMENTS = 8
_MOSTLY_FROM = 0.75  # of what a report states stands in the one that it credits: it adds little


@dataclass(frozen=True, slots=True)
class Outline:
    """What a report states: where it first states each statement, and with how many letters in all."""

    places: Mapping[str, int]
    letters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Retelling:
    """The statements that two reports share. `order` is 1 in the same order, -1 in the opposite one.

    `of_one` and `of_other` are the shares of what either states, by letters, 0 to 1.
    """

    of_one: float
    of_other: float
    order: float
    shared: int


def outline_reports(statements: Sequence[Statement]) -> dict[str, Outline]:
    """The outline of each report that makes any of these statements."""
    places: dict[str, dict[str, int]] = {}
    letters: dict[str, dict[str, int]] = {}
    for statement in statements:
        for one in statement.attestations:
            own, size = (
                places.setdefault(one.excerpt.article, {}),
                letters.setdefault(one.excerpt.article, {}),
            )
            own[statement.id] = min(one.excerpt.span.start, own.get(statement.id, one.excerpt.span.start))
            size[statement.id] = size.get(statement.id, 0) + len(one.excerpt.span)
    return {article: Outline(places[article], letters[article]) for article in places}


def compare_outlines(one: Outline, other: Outline) -> Retelling:
    """What two reports both state. Source of the order: rank correlation (Kendall 1938)."""
    shared = sorted(one.places.keys() & other.places.keys(), key=one.places.__getitem__)
    return Retelling(
        _share(one, shared), _share(other, shared), _order([other.places[s] for s in shared]), len(shared)
    )


def _share(outline: Outline, shared: Sequence[str]) -> float:
    return sum(outline.letters[s] for s in shared) / max(1, sum(outline.letters.values()))


def _order(places: Sequence[int]) -> float:
    pairs, kept, before = len(places) * (len(places) - 1) // 2, 0, list[int]()
    for place in places:
        kept += bisect_left(before, place)
        insort(before, place)
    return 2 * kept / pairs - 1 if pairs else 0.0


def is_translation(taker: Article, origin: Article, found: Retelling, credited: bool) -> bool:
    """Whether one report looks like the other in another language; `found.of_one` is the taker's share.

    Beside a credit the origin may be longer: translators cut.
    """
    if set(taker.languages) & set(origin.languages) or found.shared < _FEWEST_STATEMENTS:
        return False
    covered = found.of_one if credited else min(found.of_one, found.of_other)
    return covered >= _TRANSLATED_FROM and found.order >= _ORDER_FROM


def is_mostly(found: Retelling) -> bool:
    """Whether most of what the first report states stands in the second."""
    return found.of_one >= _MOSTLY_FROM
