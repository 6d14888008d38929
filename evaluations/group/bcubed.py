"""BCubed precision, recall and F1 of one clustering against another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Agreement of a found clustering with the true one; each figure runs from 0 to 1, higher is closer."""

    precision: float
    recall: float
    f1: float


def bcubed(found: Mapping[Item, Hashable], truth: Mapping[Item, Hashable]) -> BCubed:
    """The figures of `found` against `truth`, each a mapping from item to the name of its cluster.

    Precision is the share of an item's found cluster that truly belongs with it, recall the share of its
    true cluster that was found with it, both averaged over items. An item belongs with itself. Cluster names
    need not agree between the two. Two empty clusterings agree wholly.
    Errors: KeyError when the two do not hold the same items, since a lost report must not raise a score.
    Source: Bagga and Baldwin 1998; Amigó et al. 2009.
    """
    if found.keys() != truth.keys():
        odd = sorted(map(str, found.keys() ^ truth.keys()))
        raise KeyError(f"the clusterings hold different items: {', '.join(odd)}")
    precision, recall = _share(found, truth), _share(truth, found)
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall))


def _share(of: Mapping[Item, Hashable], other: Mapping[Item, Hashable]) -> float:
    """Mean over items of the share of the item's cluster in `of` that is also in its cluster in `other`."""
    if not of:
        return 1.0
    sizes = Counter(of.values())
    both = Counter((of[item], other[item]) for item in of)
    return sum(both[of[item], other[item]] / sizes[of[item]] for item in of) / len(of)
