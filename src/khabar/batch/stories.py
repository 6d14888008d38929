"""Stories of any number of reports: connected parts first, each then split by the rules of a library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khabar.linkage import Pair, join, to_log_odds


def join_stories(ids: Sequence[str], log_odds: Mapping[Pair, float], same_at: float) -> list[list[str]]:
    """The stories in the order of their first report, each report in one.

    The same as joining all at once: two groups join where their mean is above the limit, so one pair between
    them is, and both lie in one connected part.
    """
    at = to_log_odds(same_at)
    parts = _connected(ids, [pair for pair, value in log_odds.items() if value > at])
    part_of = {name: number for number, part in enumerate(parts) for name in part}
    inside: dict[int, dict[Pair, float]] = defaultdict(dict)
    for pair, value in log_odds.items():
        if part_of[pair[0]] == part_of[pair[1]]:
            inside[part_of[pair[0]]][pair] = value
    groups = [group for number, part in enumerate(parts) for group in join(part, inside[number], at)]
    place = {name: number for number, name in enumerate(ids)}
    return sorted(groups, key=lambda group: place[group[0]])


def _connected(ids: Sequence[str], links: Sequence[Pair]) -> list[list[str]]:
    """The parts that the links hold together, members in the order given."""
    root = {name: name for name in ids}

    def find(name: str) -> str:
        while root[name] != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for a, b in links:
        root[find(b)] = find(a)
    parts: dict[str, list[str]] = defaultdict(list)
    for name in ids:
        parts[find(name)].append(name)
    return list(parts.values())
