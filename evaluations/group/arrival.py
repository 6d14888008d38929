"""How little the order of arrival changes the stories that grow by one report at a time.

    python -m evaluations.group.arrival [PILE...]

The reports of a pile arrive in random orders. Printed is how well the stories of two orders agree, and those
of each order with all at once (BCubed F1 of one against the other).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping, Sequence
from itertools import combinations

from evaluations.group.bcubed import bcubed
from evaluations.group.measure import HERE, Pile, form_clusters, read_pile
from khabar.group import load_weights
from khabar.group.grouping import Grouping
from khabar.group.growing import Rules
from khabar.group.profile import Profile
from khabar.pipeline import open_encoder
from khabar.settings import Settings

ORDERS = 10


def grow(profiles: Sequence[Profile], rules: Rules) -> dict[str, str]:
    """The story of each report after they arrived in this order."""
    grouping = Grouping()
    for profile in profiles:
        grouping = grouping.add(profile, rules).grouping
    return {name: standing.story for name, standing in grouping.reports.items()}


def measure(pile: Pile, orders: int = ORDERS) -> dict[str, float]:
    """The least agreement between two orders, the mean one, and the least with all at once."""
    rules = Rules(load_weights(), Settings().same_at, lambda entity: pile.names.get(entity, entity))
    found = [grow(_shuffled(pile.profiles, seed), rules) for seed in range(orders)]
    between = [_agreement(a, b) for a, b in combinations(found, 2)]
    at_once = form_clusters(pile, load_weights())
    return {
        "between_least": round(min(between), 3),
        "between_mean": round(sum(between) / len(between), 3),
        "at_once_least": round(min(_agreement(each, at_once) for each in found), 3),
    }


def _shuffled(profiles: Sequence[Profile], seed: int) -> list[Profile]:
    return random.Random(seed).sample(list(profiles), len(profiles))


def _agreement(a: Mapping[str, str], b: Mapping[str, object]) -> float:
    return bcubed(a, dict(b)).f1


if __name__ == "__main__":
    opened = open_encoder(Settings())
    for name in sys.argv[1:] or ("pile_b",):
        print(name, *(f"{key} {value:.3f}" for key, value in measure(read_pile(HERE / name, opened)).items()))
