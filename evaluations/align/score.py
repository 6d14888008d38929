"""How well found statements agree with marked ones: by cells and by links between reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.model.span import Span

# report -> the places where it makes one statement
Cells = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def agree_on_cells(found: Sequence[Cells], marked: Sequence[Cells]) -> Agreement:
    """Agreement over cells (statement by report), only statements that two reports or more make.

    A marked statement takes the found one that shares most cells with it; a cell is right when both point
    at overlapping words of that report.
    """
    right = wrong = missed = 0
    for cells in marked:
        if len(cells) < 2:
            continue
        best = max(found, key=lambda one: len(_shared(one, cells)), default={})
        shared = _shared(best, cells)
        right += len(shared)
        missed += len(cells) - len(shared)
        wrong += len(best) - len(shared) if shared else 0
    return _agreement(right, wrong, missed)


def agree_on_links(found: Sequence[Cells], marked: Sequence[Cells]) -> Agreement:
    """Agreement over pairs of reports: a link joins places of two reports that make one statement.

    A found link is right when a marked link overlaps it on both sides, and the other way round.
    """
    found_links, marked_links = list(_links(found)), list(_links(marked))
    right = sum(any(_meet(link, other) for other in marked_links) for link in found_links)
    reached = sum(any(_meet(link, other) for other in found_links) for link in marked_links)
    return Agreement(
        right / len(found_links) if found_links else 0.0, reached / len(marked_links) if marked_links else 0.0
    )


def _shared(found: Cells, marked: Cells) -> list[str]:
    return [report for report in found if report in marked and _overlap(found[report], marked[report])]


def _overlap(a: Iterable[Span], b: Sequence[Span]) -> bool:
    return any(one.overlap(other) for one in a for other in b)


Link = tuple[str, Sequence[Span], str, Sequence[Span]]


def _links(statements: Sequence[Cells]) -> Iterable[Link]:
    for cells in statements:
        for a, b in combinations(sorted(cells), 2):
            yield a, cells[a], b, cells[b]


def _meet(one: Link, other: Link) -> bool:
    return (
        (one[0], one[2]) == (other[0], other[2]) and _overlap(one[1], other[1]) and _overlap(one[3], other[3])
    )


def _agreement(right: int, wrong: int, missed: int) -> Agreement:
    return Agreement(
        right / (right + wrong) if right + wrong else 0.0,
        right / (right + missed) if right + missed else 0.0,
    )
