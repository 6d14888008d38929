"""A story's clauses joined to statements: the same assertion in any report, language and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from khabar.align.evidence import Likeness, Matrix, measure_likeness, pair_features
from khabar.align.units import Unit
from khabar.align.weights import Weights
from khabar.linkage import join

# One report seldom says a thing twice: its own clauses are joined only when they are near copies.
_REPEAT_PENALTY = 6.0


@dataclass(frozen=True, slots=True)
class Group:
    """Units that make one assertion. `log_odds` of each pair is what joined them."""

    units: tuple[Unit, ...]


def join_units(units: Sequence[Unit], weights: Weights) -> tuple[Group, ...]:
    """The groups in the order of their first unit; a unit that no other matches is a group of its own."""
    if not units:
        return ()
    log_odds = score_pairs(units, measure_likeness(units), weights)
    number = {unit.id: n for n, unit in enumerate(units)}
    pairs = {
        (units[i].id, units[j].id): float(log_odds[i, j])
        for i in range(len(units))
        for j in range(i + 1, len(units))
    }
    joined = join([unit.id for unit in units], pairs, join_at=0.0)
    return tuple(Group(tuple(units[number[name]] for name in group)) for group in joined)


def score_pairs(units: Sequence[Unit], likeness: Likeness, weights: Weights) -> Matrix:
    """The log odds that two units make one assertion. Shapes: float32[n_units, n_units]."""
    total = weighted_sum(pair_features(units, likeness), weights)
    home = np.array([hash((unit.article, unit.block)) for unit in units])
    same_text = home[:, None] == home[None, :]
    result: Matrix = np.where(same_text, total - _REPEAT_PENALTY, total).astype(np.float32)
    return result


def weighted_sum(features: Mapping[str, Matrix], weights: Weights) -> Matrix:
    """The bias and every feature times its weight."""
    total = np.zeros_like(next(iter(features.values()))) + np.float32(weights.bias)
    for name, values in features.items():
        total += np.float32(weights.features[name]) * values
    return total
