"""A story's clauses joined to statements: the same assertion in any report, language and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from khabar.align.evidence import (
    Likeness,
    Matrix,
    containment_features,
    measure_likeness,
    pair_features,
    restated,
    without_votes,
)
from khabar.align.inside import adds, find_inside, tell_inside
from khabar.align.telling import Group, Telling
from khabar.align.units import Unit
from khabar.align.weights import AlignWeights, Weights
from khabar.linkage import NEVER_COMPARED, join, to_chance
from khabar.model.story import Coverage

__all__ = ["Group", "Telling", "join_units", "join_wholes"]

# One report seldom says a thing twice: clauses of one text are joined only when they are near copies.
_REPEAT_PENALTY = 6.0
_NOTHING: Matrix = np.zeros((0, 0), np.float32)
# Below this share of the fullest telling's words a report tells only a part.
_PART_BELOW = 0.62
# So many partners are asked what a telling has in common with them.
_MOST_PARTNERS = 8
# A clause with fewer words is no statement beside the rest of its sentence; a title tells one in short
# where so much of it is found there (docs/decisions/alignment.md).
_FEWEST_WORDS = 6
_TITLE_AT = 0.5
# By so many of the others a clause must be held for it to be the half of a statement.
_HELD_BY = 0.75


@dataclass(frozen=True, slots=True)
class _Ties:
    """What ties a clause to a statement of which it is no whole telling.

    Shapes: `contains` float32[n_units, n_units], log odds that what the one says stands in the other;
    `number` gives a unit's row.
    """

    restated: frozenset[tuple[str, str]]
    contains: Matrix
    number: Mapping[str, int]

    def belongs(self, unit: Unit, tellings: Sequence[Unit]) -> bool:
        """Whether a title says it, or it goes on beside, in few words or where others tell both at once."""
        if any((unit.id, one.id) in self.restated for one in tellings):
            return True
        beside = any(
            one.clause.sentence == unit.clause.sentence and abs(one.place - unit.place) == 1
            for one in tellings
        )
        return beside and (len(unit.words) < _FEWEST_WORDS or self._is_held(unit, tellings))

    def _is_held(self, unit: Unit, tellings: Sequence[Unit]) -> bool:
        """Whether most of the other reports tell both in one clause."""
        others = [self.number[one.id] for one in tellings if one.article != unit.article]
        held = self.contains[self.number[unit.id], others] > 0
        return bool(others) and float(held.mean()) >= _HELD_BY


def join_units(units: Sequence[Unit], weights: AlignWeights) -> tuple[Group, ...]:
    """The statements in the order of their first unit; what no other report makes is one of its own.

    First whole clauses are joined. Then each statement is looked for inside the longer clauses of the
    reports that seem to lack it: reports cut their sentences differently.
    """
    if len({(unit.article, unit.block) for unit in units}) < 2:  # there is nothing to lay it beside
        return tuple(_tell(units, [n], {}, _NOTHING, _NOTHING) for n in range(len(units)))
    likeness = measure_likeness(units)
    joined, log_odds = join_wholes(units, likeness, weights.same)
    contains = weights.contains.log_odds(containment_features(units, likeness, joined))
    homes = {n: members for members in joined for n in members}
    number = {unit.id: n for n, unit in enumerate(units)}
    groups = []
    for members in joined:
        found = find_inside(units, members, contains)
        guests = {n: odds for n, odds in found.items() if adds(units, n, members, homes[n])}
        groups.append(_tell(units, members, guests, likeness.covers, log_odds))
    return tuple(_without_fragments(groups, _Ties(restated(units, likeness), contains, number)))


def join_wholes(
    units: Sequence[Unit], likeness: Likeness, weights: Weights
) -> tuple[list[list[int]], Matrix]:
    """The groups of whole clauses that make one assertion, and the log odds of every pair."""
    features = pair_features(units, likeness)
    log_odds = _between_texts(units, weights.log_odds(features))
    log_odds[without_votes(likeness, features)] = NEVER_COMPARED
    return _with_titles(units, _joined(units, log_odds), likeness.covers), log_odds


def _without_fragments(groups: Sequence[Group], ties: _Ties) -> list[Group]:
    """The groups, those put together that say one thing which some reports cut in two.

    A group is a fragment of another when at least half of its tellings are clauses of the other and the
    rest belong there too.
    """
    kept: list[Group] = []
    for group in sorted(groups, key=lambda group: -len(group.members)):
        home = next((n for n, other in enumerate(kept) if _is_fragment(group, other, ties)), None)
        if home is None:
            kept.append(group)
        else:
            kept[home] = _merge(kept[home], group)
    return sorted(kept, key=lambda group: group.tellings[0].unit.place)


def _is_fragment(group: Group, other: Group, ties: _Ties) -> bool:
    mine = {telling.unit.id for telling in group.tellings}
    theirs = {telling.unit.id for telling in other.tellings}
    if 2 * len(mine & theirs) < len(mine):
        return False
    return all(
        telling.unit.id in theirs or ties.belongs(telling.unit, [one.unit for one in other.tellings])
        for telling in group.tellings
    )


def _merge(group: Group, fragment: Group) -> Group:
    """The group with the fragment's tellings; a clause that tells both is told once, as a whole."""
    added = {telling.unit.id: _as_part(telling, group) for telling in fragment.tellings}
    tellings = added | {telling.unit.id: telling for telling in group.tellings}
    members = {unit.id: unit for unit in (*group.members, *fragment.members)}
    ordered = sorted(tellings.values(), key=lambda telling: telling.unit.place)
    return Group(tuple(members.values()), tuple(ordered))


def _as_part(telling: Telling, group: Group) -> Telling:
    """The telling of a fragment in the statement that it is a part of."""
    if telling.partners:
        return telling
    partners = [one for one in group.members if one.article != telling.unit.article][:_MOST_PARTNERS]
    score = max(
        (one.score for one in group.tellings if one.unit.article == telling.unit.article), default=0.5
    )
    reason = "It stands right beside the rest of the statement, in the same sentence."
    part = replace(telling, coverage=Coverage.PART, score=score, reason=reason, partners=tuple(partners))
    return part if partners else telling


def _between_texts(units: Sequence[Unit], log_odds: Matrix) -> Matrix:
    texts = {key: n for n, key in enumerate(dict.fromkeys((unit.article, unit.block) for unit in units))}
    home = np.array([texts[unit.article, unit.block] for unit in units])
    result: Matrix = log_odds - np.float32(_REPEAT_PENALTY) * (home[:, None] == home[None, :])
    return result


def _joined(units: Sequence[Unit], log_odds: Matrix) -> list[list[int]]:
    number = {unit.id: n for n, unit in enumerate(units)}
    # What lies below counts as never compared: a story of thousands of clauses keeps its memory.
    near = np.argwhere(np.triu(log_odds > NEVER_COMPARED, k=1))
    pairs = {(units[i].id, units[j].id): float(log_odds[i, j]) for i, j in near.tolist()}
    return [[number[name] for name in group] for group in join(list(number), pairs, join_at=0.0)]


def _with_titles(units: Sequence[Unit], joined: Sequence[list[int]], covers: Matrix) -> list[list[int]]:
    """The groups, those of titles alone given to the statement of several reports that they tell in short."""
    alone = [group for group in joined if all(units[n].heads for n in group)]
    others = [list(group) for group in joined if not all(units[n].heads for n in group)]
    shared = [group for group in others if len({units[n].article for n in group}) > 1]
    for group in alone:
        near = [float(covers[np.ix_(group, home)].max(axis=1).mean()) for home in shared]
        best = int(np.argmax(near)) if near else -1
        if best >= 0 and near[best] >= _TITLE_AT:
            shared[best][:] = sorted([*shared[best], *group])
        else:
            others.append(group)
    return sorted(others)


def _tell(
    units: Sequence[Unit], members: list[int], guests: Mapping[int, float], covers: Matrix, log_odds: Matrix
) -> Group:
    hosts = [units[n] for n in members]
    inside = [tell_inside(units[n], hosts, odds) for n, odds in guests.items()]
    tellings = [_whole_telling(units, n, members, covers, log_odds, inside) for n in members] + inside
    tellings.sort(key=lambda telling: telling.unit.place)
    return Group(tuple(hosts), tuple(tellings))


def _whole_telling(
    units: Sequence[Unit],
    at: int,
    members: Sequence[int],
    covers: Matrix,
    log_odds: Matrix,
    inside: Sequence[Telling],
) -> Telling:
    unit, others = units[at], _beside(units, at, members)
    if not others:
        return _told_apart(unit, inside)
    # A telling that covers the fullest one badly, while being covered well itself, leaves a part out.
    fullest = max(others, key=lambda n: len(units[n].words))
    part = covers[fullest, at] < _PART_BELOW * covers[at, fullest]
    nearest = sorted(others, key=lambda n: -log_odds[at, n])[:_MOST_PARTNERS]
    in_short = unit.heads and not units[nearest[0]].heads
    return Telling(
        unit,
        unit.clause.span,
        Coverage.PART if part else Coverage.WHOLE,
        float(covers[at, nearest[0]]) if in_short else to_chance(float(log_odds[at, others].mean())),
        _why(others, part, in_short),
        tuple(units[n] for n in nearest),
    )


def _told_apart(unit: Unit, inside: Sequence[Telling]) -> Telling:
    """The telling of a clause that no other report has as a clause of its own."""
    span, near = unit.clause.span, sorted(inside, key=lambda telling: -telling.score)[:_MOST_PARTNERS]
    if not near:
        return Telling(unit, span, Coverage.WHOLE, 1.0, "No other report says this.")
    count = len({telling.unit.article for telling in inside})
    reason = f"It stands inside longer clauses of {count} other report{'s' if count > 1 else ''}."
    return Telling(unit, span, Coverage.WHOLE, near[0].score, reason, tuple(one.unit for one in near))


def _beside(units: Sequence[Unit], at: int, members: Sequence[int]) -> list[int]:
    """The members in other reports, the titles only where there is nothing else."""
    others = [n for n in members if units[n].article != units[at].article]
    return [n for n in others if not units[n].heads] or others


def _why(others: Sequence[int], part: bool, in_short: bool) -> str:
    if in_short:
        return "The title of this report says it in short."
    told = "A part of it stands" if part else "It stands"
    return f"{told} in words near those of {len(others)} other clause{'s' if len(others) > 1 else ''}."
