"""How much of what one report states another states too, and in which order."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.model.story import Statement

# docs/decisions/origins.md has what reports share that were written apart.
_TRANSLATED_FROM = 0.9
_ORDER_FROM = 0.85
_FEWEST_STATEMENTS = 8
_FEWEST_CREDITED = 5
_FEWEST_CUT = 6
_CUT_RUN_FROM = 0.9  # of what the origin states between the first and the last that the cut one keeps
_CUT_KEEPS_FROM = 0.4  # of the origin; a line or two of it is no translation
_CUT_ORDER_FROM = 0.95
_MOSTLY_FROM = 0.75  # of what a report states stands in the one that it credits: it adds little


@dataclass(frozen=True, slots=True)
class Outline:
    """What a report states: where it first states each statement, and with how many letters in all."""

    places: Mapping[str, int]
    letters: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Retelling:
    """What two reports share. `order` is 1 in the same order, -1 in the opposite one.

    `of_one` and `of_other` are the shares of what either states, by letters, 0 to 1. `run_of_other` is the
    same between the first and the last place of the other that is shared: 1 where none is left out there.
    """

    of_one: float
    of_other: float
    order: float
    shared: int
    run_of_other: float = 0.0


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
    order = _order([other.places[s] for s in shared])
    return Retelling(_share(one, shared), _share(other, shared), order, len(shared), _run(other, shared))


def _share(outline: Outline, shared: Sequence[str]) -> float:
    return sum(outline.letters[s] for s in shared) / max(1, sum(outline.letters.values()))


def _run(outline: Outline, shared: Sequence[str]) -> float:
    places = [outline.places[s] for s in shared]
    inside = [s for s, place in outline.places.items() if places and min(places) <= place <= max(places)]
    return sum(outline.letters[s] for s in shared) / max(1, sum(outline.letters[s] for s in inside))


def _order(places: Sequence[int]) -> float:
    pairs, kept, before = len(places) * (len(places) - 1) // 2, 0, list[int]()
    for place in places:
        kept += bisect_left(before, place)
        insort(before, place)
    return 2 * kept / pairs - 1 if pairs else 0.0


def is_retold(found: Retelling, credited: bool) -> bool:
    """Whether one report looks like the other in other words; `found.of_one` is the taker's share.

    The same statements and no others, in nearly the same order. The origin may be longer where the taker
    credits it, or keeps a run of it with nothing left out between: translators cut.
    """
    if found.order < _ORDER_FROM or found.of_one < _TRANSLATED_FROM:
        return False
    if credited:
        return found.shared >= _FEWEST_CREDITED
    if found.of_other >= _TRANSLATED_FROM:
        return found.shared >= _FEWEST_STATEMENTS
    return _is_cut(found)


def _is_cut(found: Retelling) -> bool:
    kept = found.of_other >= _CUT_KEEPS_FROM and found.run_of_other >= _CUT_RUN_FROM
    return kept and found.shared >= _FEWEST_CUT and found.order >= _CUT_ORDER_FROM


def is_mostly(found: Retelling) -> bool:
    """Whether most of what the first report states stands in the second."""
    return found.of_one >= _MOSTLY_FROM
