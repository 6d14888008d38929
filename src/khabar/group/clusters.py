"""Decided pairs to groups: average linkage keeps firm groups apart, large stories take in brief reports."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from khabar.linkage import NEVER_COMPARED, Cohesion, Pair, join

# Two look-alike events are each of one piece, and only resemble each other. Chosen with the weights: pile_a,
# halves of NTREX, ECB+ in cross-validation (docs/decisions/grouping.md).
COHESION = Cohesion(single=0.35, both=0.5)
# The members of a large story tell different parts of it, and a brief report need resemble only some of them.
LARGE_FROM = 6
MOST_TAKEN_IN = 3  # larger groups stay as they are
NEAREST_SHARE = 0.2  # of a large story's members, those that speak for taking a small group in
TAKEN_IN_FROM = 0.1  # of the large story's own cohesion
# All its members together may doubt, but not refuse: look-alikes of the examples lie at -2.4 and -4.1, brief
# reports of ECB+ that belong at -0.1 to -1.1.
REFUSED_BELOW = -1.5


def form_groups(
    items: Sequence[str],
    log_odds: Mapping[Pair, float],
    join_at: float,
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> list[list[str]]:
    """Groups of items in the order of their first member, by the log odds of their pairs (`join`)."""
    groups = join(items, log_odds, join_at, together, apart, COHESION)
    if all(len(group) < LARGE_FROM for group in groups):
        return groups
    links = _Links.of({**log_odds, **dict.fromkeys(apart, -math.inf)})
    grown = {at: [*group] for at, group in enumerate(groups)}
    for at, home in _homes(groups, links, join_at).items():
        if not links.kept_apart(groups[at], grown[home]):
            grown[home] += grown.pop(at)
    number = {item: at for at, item in enumerate(items)}
    ordered = [sorted(group, key=number.__getitem__) for group in grown.values()]
    return sorted(ordered, key=lambda group: number[group[0]])


@dataclass(frozen=True, slots=True)
class _Links:
    """The log odds of each item's compared pairs."""

    beside: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, log_odds: Mapping[Pair, float]) -> _Links:
        """Both ways; what is kept apart in one order is so in the other."""
        beside: dict[str, dict[str, float]] = defaultdict(dict)
        for (a, b), value in log_odds.items():
            beside[a][b] = min(value, beside[a].get(b, math.inf))
            beside[b][a] = beside[a][b]
        return cls(beside)

    def mean(self, item: str, others: Sequence[str]) -> float:
        """The mean between an item and others."""
        held = self.beside.get(item, {})
        return sum(held.get(other, NEVER_COMPARED) for other in others) / len(others)

    def between(self, group: Sequence[str], others: Sequence[str]) -> float:
        """The mean over the pairs between two groups."""
        return sum(self.mean(item, others) for item in group) / len(group)

    def kept_apart(self, group: Sequence[str], others: Sequence[str]) -> bool:
        """Whether a pair between the two may never stand in one group."""
        return any(self.mean(item, others) == -math.inf for item in group)

    def within(self, members: Sequence[str]) -> float:
        """The mean over the pairs of a group of two or more."""
        sums = sum(self.mean(item, members[:at]) * at for at, item in enumerate(members) if at)
        return sums / (len(members) * (len(members) - 1) / 2)


def _homes(groups: Sequence[Sequence[str]], links: _Links, join_at: float) -> dict[int, int]:
    """The small groups that a large one takes in, each by its number with that of its home."""
    needed = {at: max(join_at, TAKEN_IN_FROM * links.within(group))
              for at, group in enumerate(groups) if len(group) >= LARGE_FROM}  # fmt: skip
    group_of = {item: at for at in needed for item in groups[at]}
    homes = {}
    for at, group in enumerate(groups):
        if len(group) > MOST_TAKEN_IN:
            continue
        near = {
            group_of[other] for item in group for other in links.beside.get(item, ()) if other in group_of
        }
        surplus = {
            large: _likeness(group, groups[large], links) - needed[large]
            for large in near
            if links.between(group, groups[large]) > REFUSED_BELOW
        }
        best = max(surplus, key=lambda large: (surplus[large], -large), default=None)
        if best is not None and surplus[best] > 0:
            homes[at] = best
    return homes


def _likeness(group: Sequence[str], members: Sequence[str], links: _Links) -> float:
    """How near a small group is to those members of a large one that it is nearest to."""
    means = sorted((links.mean(member, group) for member in members), reverse=True)
    nearest = means[: max(2, math.ceil(len(members) * NEAREST_SHARE))]
    return sum(nearest) / len(nearest)
