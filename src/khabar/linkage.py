"""Things joined to groups by the log odds of their pairs: reports to stories, clauses to statements."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[str, str]

# A pair that was never compared lies so far apart that no near pair makes up for it.
NEVER_COMPARED = -8.0

_FARTHEST = 50.0  # log odds; what lies beyond is as sure and may not overflow
_LEAST_CHANCE = 1e-6  # a setting of 0 or 1 has no log odds


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How near two groups must be, as a share of how near the members of each are to one another.

    `single` holds where one of them has a single member, `both` where neither has.
    """

    single: float = 0.0
    both: float = 0.0


_NO_COHESION = Cohesion()


def to_chance(log_odds: float) -> float:
    """The chance from 0 to 1 that log odds stand for."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))


def to_log_odds(chance: float) -> float:
    """The log odds of a chance; 0 and 1 are taken as hardly less than sure."""
    bounded = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(bounded / (1 - bounded))


def join(
    items: Sequence[str],
    log_odds: Mapping[Pair, float],
    join_at: float,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
    cohesion: Cohesion = _NO_COHESION,
) -> list[list[str]]:
    """Groups of items in the order of their first member.

    Two groups are joined while the mean log odds over all pairs between them is above `join_at`: one far
    pair inside a group is held by the others, one near pair between two groups does not bridge them.
    Pairs of `together` are in one group whatever their log odds, pairs of `apart` never; where the two
    contradict each other, apart wins. With `cohesion` two groups must also be near in comparison with what
    each holds: what is all of one piece does not take in what only resembles it.
    Source: average linkage (Sokal and Michener 1958) on log odds.
    """
    groups: dict[int, list[str]] = {n: [item] for n, item in enumerate(items)}
    number = {item: n for n, item in enumerate(items)}
    links = _links(groups, number, {**log_odds, **dict.fromkeys(apart, -math.inf)})
    inside = dict.fromkeys(groups, 0.0)
    ruled = [(number[a], number[b]) for a, b in together]
    fresh = _join_ruled(groups, links, inside, ruled, len(items))
    heap = [(-value, a, b) for a in links for b, value in links[a].items() if a < b and value > join_at]
    heapq.heapify(heap)
    while heap:
        value, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or -value != links[a].get(b):
            continue
        if -value <= _limit(groups, inside, (a, b), cohesion):
            continue
        _merge(groups, links, inside, a, b, fresh)
        for other, mean in links[fresh].items():
            if mean > join_at:
                heapq.heappush(heap, (-mean, other, fresh))
        fresh += 1
    ordered = [sorted(group, key=number.__getitem__) for group in groups.values()]
    return sorted(ordered, key=lambda group: number[group[0]])


def _links(
    groups: Mapping[int, list[str]], number: Mapping[str, int], log_odds: Mapping[Pair, float]
) -> dict[int, dict[int, float]]:
    links: dict[int, dict[int, float]] = {n: {} for n in groups}
    for (a, b), value in log_odds.items():
        links[number[a]][number[b]] = value
        links[number[b]][number[a]] = value
    return links


def _limit(
    groups: Mapping[int, list[str]], inside: Mapping[int, float], pair: tuple[int, int], cohesion: Cohesion
) -> float:
    """What the mean between two groups must exceed besides `join_at`; anything does where both are single."""
    sizes = [(group, len(groups[group])) for group in pair]
    held = [2 * inside[group] / (size * (size - 1)) for group, size in sizes if size > 1]
    share = cohesion.both if len(held) > 1 else cohesion.single
    return min(held) * share if held and share else -math.inf


def _join_ruled(
    groups: dict[int, list[str]],
    links: dict[int, dict[int, float]],
    inside: dict[int, float],
    together: Sequence[tuple[int, int]],
    fresh: int,
) -> int:
    """Joins what was ruled to belong together; the number of the next group."""
    at = {n: n for n in groups}
    for first, second in together:
        a, b = at[first], at[second]
        if a == b or links[a].get(b) == -math.inf:
            continue
        _merge(groups, links, inside, a, b, fresh)
        at = {n: fresh if group in (a, b) else group for n, group in at.items()}
        fresh += 1
    return fresh


def _merge(
    groups: dict[int, list[str]],
    links: dict[int, dict[int, float]],
    inside: dict[int, float],
    a: int,
    b: int,
    fresh: int,
) -> None:
    """Group `fresh` takes the place of `a` and `b`; its links are the means weighted by size.

    `inside` is the sum over the pairs inside each group.
    """
    size_a, size_b = len(groups[a]), len(groups[b])
    between = links[a].get(b, NEVER_COMPARED)
    inside[fresh] = inside.pop(a) + inside.pop(b) + size_a * size_b * between
    links_a, links_b = links.pop(a), links.pop(b)
    links[fresh] = {}
    for other in (links_a.keys() | links_b.keys()) - {a, b}:
        total = size_a * links_a.get(other, NEVER_COMPARED) + size_b * links_b.get(other, NEVER_COMPARED)
        mean = total / (size_a + size_b)
        links[fresh][other] = mean
        for old in (a, b):
            links[other].pop(old, None)
        links[other][fresh] = mean
    groups[fresh] = groups.pop(a) + groups.pop(b)
