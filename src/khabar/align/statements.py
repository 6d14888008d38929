"""A story's clauses joined to statements: the same assertion in any report, language and order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from khabar.align.evidence import Matrix, containment_features, measure_likeness, pair_features
from khabar.align.units import Unit
from khabar.align.weights import AlignWeights
from khabar.linkage import NEVER_COMPARED, join, to_chance
from khabar.model.span import Span
from khabar.model.story import Coverage

# One report seldom says a thing twice: clauses of one text are joined only when they are near copies.
_REPEAT_PENALTY = 6.0
_NOTHING: Matrix = np.zeros((0, 0), np.float32)
# A word of a clause tells the statement when its best partner is this near (docs/decisions/alignment.md).
_PARTNER_AT = 0.3
# So much nearer a word must be to show a second statement, and so large a share of the clause.
_CLEARLY_NEARER = 0.05
_LEAST_GAIN = 0.15
# Below this share of the fullest telling's words a report tells only a part.
_PART_BELOW = 0.62
# A statement is found inside another clause from these log odds on (docs/decisions/alignment.md).
_GUEST_FROM = 0.0
# So many partners are asked what a telling has in common with them.
_MOST_PARTNERS = 8
# Words further apart than this are two places, not one.
_WIDEST_GAP = 4


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause, or the part of it that makes the statement. `score` 0 to 1.

    `partners`: the clauses of other reports that it was joined with, the nearest first.
    """

    unit: Unit
    span: Span
    coverage: Coverage
    score: float
    reason: str
    partners: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One assertion and every place that makes it; `members` are units wholly given to it."""

    members: tuple[Unit, ...]
    tellings: tuple[Telling, ...]


def join_units(units: Sequence[Unit], weights: AlignWeights) -> tuple[Group, ...]:
    """The statements in the order of their first unit; what no other report makes is one of its own.

    First whole clauses are joined. Then each statement is looked for inside the longer clauses of the
    reports that seem to lack it: reports cut their sentences differently.
    """
    if len({(unit.article, unit.block) for unit in units}) < 2:  # there is nothing to lay it beside
        return tuple(_tell(units, [n], {}, _NOTHING, _NOTHING) for n in range(len(units)))
    likeness = measure_likeness(units)
    log_odds = _between_texts(units, weights.same.log_odds(pair_features(units, likeness)))
    contains = weights.contains.log_odds(containment_features(units, likeness))
    joined = _joined(units, log_odds)
    homes = {n: members for members in joined for n in members}
    groups = []
    for members in joined:
        found = _find_inside(units, members, contains)
        guests = {n: odds for n, odds in found.items() if _adds(units, n, members, homes[n])}
        groups.append(_tell(units, members, guests, likeness.covers, log_odds))
    return tuple(_without_fragments(groups))


def _without_fragments(groups: Sequence[Group]) -> list[Group]:
    """The groups, those put together that say one thing which some reports cut in two.

    A group is a fragment of another when at least half of its tellings are clauses of the other and the
    rest stand right beside one, in the same sentence.
    """
    kept: list[Group] = []
    for group in sorted(groups, key=lambda group: -len(group.members)):
        home = next((n for n, other in enumerate(kept) if _is_fragment(group, other)), None)
        if home is None:
            kept.append(group)
        else:
            kept[home] = _merge(kept[home], group)
    return sorted(kept, key=lambda group: group.tellings[0].unit.place)


def _is_fragment(group: Group, other: Group) -> bool:
    mine = {telling.unit.id for telling in group.tellings}
    theirs = {telling.unit.id for telling in other.tellings}
    if 2 * len(mine & theirs) < len(mine):
        return False
    places = {telling.unit.place for telling in other.tellings}
    sentences = {telling.unit.clause.sentence for telling in other.tellings}
    return all(
        telling.unit.id in theirs
        or (
            telling.unit.clause.sentence in sentences
            and {telling.unit.place - 1, telling.unit.place + 1} & places
        )
        for telling in group.tellings
    )


def _merge(group: Group, fragment: Group) -> Group:
    """The group with the fragment's tellings; a clause that tells both is told once, as a whole."""
    tellings = {telling.unit.id: telling for telling in (*fragment.tellings, *group.tellings)}
    members = {unit.id: unit for unit in (*group.members, *fragment.members)}
    ordered = sorted(tellings.values(), key=lambda telling: telling.unit.place)
    return Group(tuple(members.values()), tuple(ordered))


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


def _find_inside(units: Sequence[Unit], members: Sequence[int], contains: Matrix) -> dict[int, float]:
    """The best clause of each report without the statement that holds it all the same, with its log odds."""
    reports = {units[n].article for n in members}
    best: dict[tuple[str, int], tuple[float, int]] = {}
    odds = contains[members].mean(axis=0)
    for n, unit in enumerate(units):
        key = (unit.article, unit.block)
        if (
            unit.article not in reports
            and odds[n] > _GUEST_FROM
            and (key not in best or odds[n] > best[key][0])
        ):
            best[key] = (float(odds[n]), n)
    return {n: value for value, n in best.values()}


def _adds(units: Sequence[Unit], guest: int, members: Sequence[int], home: Sequence[int]) -> bool:
    """Whether the clause has words that this statement explains and the clause's own statement does not.

    Two statements about one matter share most of their words; only the others show that both are made.
    The clause's own statement is taken from reports that make both apart, where there are any.
    """
    apart = {units[n].article for n in members}
    others = [n for n in home if units[n].article != units[guest].article]
    rest = [n for n in others if units[n].article in apart] or others
    if not rest:
        return True
    unit = units[guest]
    here, there = (_nearness(unit, [units[n] for n in group]) for group in (members, rest))
    gained = (here >= _PARTNER_AT) & (here - there >= _CLEARLY_NEARER)
    return float(unit.weights[gained].sum()) >= _LEAST_GAIN


def _nearness(unit: Unit, others: Sequence[Unit]) -> Matrix:
    """How near each word of the unit is to its best partner among the others' words. Shapes: n_words."""
    theirs = np.concatenate([other.vectors for other in others])
    nearness: Matrix = (unit.vectors @ theirs.T).max(axis=1)
    return nearness


def _tell(
    units: Sequence[Unit], members: list[int], guests: Mapping[int, float], covers: Matrix, log_odds: Matrix
) -> Group:
    tellings = [_whole_telling(units, n, members, covers, log_odds) for n in members]
    hosts = [units[n] for n in members]
    tellings += [_part_telling(units[n], hosts, odds) for n, odds in guests.items()]
    tellings.sort(key=lambda telling: telling.unit.place)
    return Group(tuple(hosts), tuple(tellings))


def _whole_telling(
    units: Sequence[Unit], at: int, members: Sequence[int], covers: Matrix, log_odds: Matrix
) -> Telling:
    others = [n for n in members if units[n].article != units[at].article]
    if not others:
        return Telling(units[at], units[at].clause.span, Coverage.WHOLE, 1.0, "No other report says this.")
    odds = float(log_odds[at, others].mean())
    # A telling that covers the fullest one badly, while being covered well itself, leaves a part out.
    fullest = max(others, key=lambda n: len(units[n].words))
    part = covers[fullest, at] < _PART_BELOW * covers[at, fullest]
    coverage = Coverage.PART if part else Coverage.WHOLE
    nearest = sorted(others, key=lambda n: -log_odds[at, n])[:_MOST_PARTNERS]
    partners = tuple(units[n] for n in nearest)
    return Telling(units[at], units[at].clause.span, coverage, to_chance(odds), _why(others, part), partners)


def _why(others: Sequence[int], part: bool) -> str:
    told = "A part of it stands" if part else "It stands"
    return f"{told} in words near those of {len(others)} other clause{'s' if len(others) > 1 else ''}."


def _part_telling(unit: Unit, hosts: Sequence[Unit], odds: float) -> Telling:
    span = _shared_words(unit, hosts)
    reason = "The statement stands inside a longer clause of this report."
    partners = sorted(hosts, key=lambda host: -float(_nearness(unit, [host]).mean()))[:_MOST_PARTNERS]
    return Telling(unit, span, Coverage.WHOLE, to_chance(odds), reason, tuple(partners))


def _shared_words(unit: Unit, hosts: Sequence[Unit]) -> Span:
    """The longest stretch of the clause whose words have partners in the statement."""
    near = _nearness(unit, hosts) >= _PARTNER_AT
    runs = _runs([n for n, yes in enumerate(near) if yes])
    if not runs:
        return unit.clause.span
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return Span(unit.words[first].start, unit.words[last].end)


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place - runs[-1][1] <= _WIDEST_GAP:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
