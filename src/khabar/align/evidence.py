"""What speaks for two clauses making the same assertion."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.align.units import Unit
from khabar.encode.centre import to_unit
from khabar.model.story import VoteKind

Matrix = NDArray[np.float32]
# From so near on two clauses are told to mean nearly the same and a word to have found its partner, and from
# that share of words on the words speak for a pair (docs/decisions/alignment.md, "What votes").
WHOLE_AT, WORD_AT, SHARE_AT = 0.25, 0.3, 0.4
# A title tells the same as the nearest clause of its own text from there on.
RESTATED_AT = 0.4
FACTS = (VoteKind.NUMBERS, VoteKind.DATES, VoteKind.SPEAKERS, VoteKind.NAMES)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near the words of the units are.

    Shapes: float32[n_units, n_units]. `covers[i, j]`: how well the words of unit i find partners among
    those of unit j, weighted mean of the best cosines, -1 to 1. `wholes`: cosines of the units' own vectors.
    `found[i, j]`: the share of the words of i that have a near word in j, 0 to 1.
    """

    covers: Matrix
    wholes: Matrix
    found: Matrix


def measure_likeness(units: Sequence[Unit]) -> Likeness:
    """The likeness of every pair of units.

    Source: late interaction over contextual word vectors (Khattab and Zaharia 2020), both ways.
    """
    count = len(units)
    covers = np.zeros((count, count), np.float32)
    if not count:
        return Likeness(covers, covers, covers)
    found = np.zeros_like(covers)
    bounds = np.cumsum([0] + [len(unit.words) for unit in units])
    everything = np.concatenate([unit.vectors for unit in units])
    for i, unit in enumerate(units):
        cosines = unit.vectors @ everything.T
        best = np.maximum.reduceat(cosines, bounds[:-1], axis=1)
        covers[i] = unit.weights @ best
        found[i] = unit.weights @ (best >= WORD_AT)
    own = to_unit(np.stack([unit.weights @ unit.vectors for unit in units]))
    return Likeness(covers, (own @ own.T).astype(np.float32), found)


def without_votes(likeness: Likeness, features: Mapping[str, Matrix]) -> NDArray[np.bool_]:
    """The pairs that neither meaning nor words nor any fact speaks for: place alone makes no statement."""
    facts = sum((features[f"shared_{kind}"] for kind in FACTS), np.zeros_like(likeness.wholes))
    words = np.maximum(likeness.found, likeness.found.T)
    unlike: NDArray[np.bool_] = (likeness.wholes < WHOLE_AT) & (words < SHARE_AT) & (facts == 0)
    return unlike


def pair_features(units: Sequence[Unit], likeness: Likeness) -> Mapping[str, Matrix]:
    """The features of every pair, by name. Shapes: float32[n_units, n_units], symmetric."""
    covers = likeness.covers
    both = _mean(covers)
    lead = _lead_over_rivals(units, both)
    return {
        "words": both,
        "fuller_side": np.maximum(covers, covers.T),
        "lead": np.maximum(lead, lead.T),
        "mutual_lead": np.minimum(lead, lead.T),
        "neighbours": _neighbours(units, both),
        "one_language": _same([unit.clause.language for unit in units]),
        "vectors": likeness.wholes,
        **_fact_features(units),
    }


def containment_features(
    units: Sequence[Unit], likeness: Likeness, groups: Sequence[Sequence[int]]
) -> Mapping[str, Matrix]:
    """What speaks for the assertion of unit i standing, among others, in unit j.

    `groups` are the units that were joined as wholes: what already has its partner in the report of i is no
    rival of j. Shapes: float32[n_units, n_units], not symmetric.
    """
    covers = likeness.covers
    free = np.where(_taken(units, groups), np.float32(0), covers)
    sizes = np.array([len(unit.words) for unit in units], np.float32)
    longer = np.log(sizes[None, :] / sizes[:, None])
    return {
        "covered": covers,
        "covers": covers.T,
        "lead": _lead_over_rivals(units, covers, free),
        "longer": np.clip(longer, -2, 2),
        "neighbours": _neighbours(units, _mean(covers)),
        "one_language": _same([unit.clause.language for unit in units]),
        "vectors": likeness.wholes,
        **_fact_features(units),
    }


def _fact_features(units: Sequence[Unit]) -> Mapping[str, Matrix]:
    """How rare in the story the names, numbers, dates and speakers of both are, and whether both differ.

    A story's persons stand in most of its statements and its first speaker says half of them, so what is in
    many clauses says little; other names or speakers say nothing.
    """
    keys = {kind: [unit.keys(kind) for unit in units] for kind in FACTS}
    shared = {f"shared_{kind}": _rarest(sets) for kind, sets in keys.items()}
    return shared | {f"other_{kind}": _apart(keys[kind]) for kind in (VoteKind.NUMBERS, VoteKind.DATES)}


def _rarest(sets: Sequence[frozenset[str]]) -> Matrix:
    """How rare the rarest fact of both is, from 0 where every unit has it to nearly 1."""
    counted = Counter(key for one in sets for key in one)
    shared = np.zeros((len(sets), len(sets)), np.float32)
    for key, count in counted.most_common():  # the rarest last, so that it is what remains
        holders = [n for n, one in enumerate(sets) if key in one]
        shared[np.ix_(holders, holders)] = rarity(count, len(sets))
    return shared


def rarity(count: int, of: int) -> float:
    """How much a fact says that `count` clauses have: 1 where one does, nearly 0 where all do."""
    return 1 - math.log(count) / math.log(of + 1)


def _apart(sets: Sequence[frozenset[str]]) -> Matrix:
    """1 where both have some and share none."""
    keys = sorted(frozenset().union(*sets))
    holds = np.array([[key in one for key in keys] for one in sets], np.float32).reshape(len(sets), len(keys))
    some = np.array([bool(one) for one in sets], bool)
    apart: Matrix = (np.outer(some, some) & (holds @ holds.T == 0)).astype(np.float32)
    return apart


def _mean(covers: Matrix) -> Matrix:
    """How well two units cover each other, whichever is asked."""
    both: Matrix = (covers + covers.T) * np.float32(0.5)
    return both


def _lead_over_rivals(units: Sequence[Unit], near: Matrix, rivals: Matrix | None = None) -> Matrix:
    """How far unit j is ahead of unit i's other partners in j's report; negative when behind the best.

    `rivals` is how near those are, where it is not `near` itself.
    """
    rivals = near if rivals is None else rivals
    columns: dict[tuple[str, int], list[int]] = {}
    for n, unit in enumerate(units):
        columns.setdefault(unit.text, []).append(n)
    lead = np.zeros_like(near)
    for members in columns.values():
        part = rivals[:, members]
        order = np.sort(part, axis=1)
        best = order[:, -1:]
        second = order[:, -2:-1] if len(members) > 1 else np.zeros_like(best)
        lead[:, members] = near[:, members] - np.where(part >= best, second, best)
    return lead


def restated(units: Sequence[Unit], likeness: Likeness) -> frozenset[tuple[str, str]]:
    """The ids of each title and the clause of its own text that says the same, both ways."""
    both, found = _mean(likeness.covers), set()
    for n, title in enumerate(units):
        body = [m for m, unit in enumerate(units) if unit.text == title.text and not unit.heads]
        best = max(body, key=lambda m: float(both[n, m]), default=n)
        if title.heads and both[n, best] >= RESTATED_AT:
            found |= {(title.id, units[best].id), (units[best].id, title.id)}
    return frozenset(found)


def _taken(units: Sequence[Unit], groups: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Whether unit j is joined with another unit of the text of i. Shapes: bool[n_units, n_units]."""
    taken = np.zeros((len(units), len(units)), bool)
    for group in groups:
        texts = {units[n].text for n in group}
        rows = [n for n, unit in enumerate(units) if unit.text in texts]
        taken[np.ix_(rows, list(group))] = True
        taken[np.ix_(list(group), list(group))] = False
    return taken


def _neighbours(units: Sequence[Unit], both: Matrix) -> Matrix:
    """The nearest pair among the clauses right before and right after the two, in the same direction."""
    count = len(units)
    near = np.zeros_like(both)
    for step in (-1, 1):
        rows = [n for n in range(count) if 0 <= n + step < count and _together(units[n], units[n + step])]
        if rows:
            shifted = both[np.ix_([n + step for n in rows], [n + step for n in rows])]
            block = np.ix_(rows, rows)
            near[block] = np.maximum(near[block], shifted)
    return near


def _together(a: Unit, b: Unit) -> bool:
    return (a.article, a.block) == (b.article, b.block)


def _same(values: Sequence[str]) -> Matrix:
    array = np.array(values)
    same: Matrix = (array[:, None] == array[None, :]).astype(np.float32)
    return same
