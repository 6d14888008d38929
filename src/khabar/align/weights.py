"""The numbers of the alignment decisions, in one list that anyone can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from khabar.align.evidence import Matrix


@dataclass(frozen=True, slots=True)
class Weights:
    """One decision: a bias and a weight a feature."""

    bias: float
    features: Mapping[str, float]

    def log_odds(self, features: Mapping[str, Matrix]) -> Matrix:
        """The bias and every feature times its weight. Shapes: as the features."""
        total = np.zeros_like(next(iter(features.values()))) + np.float32(self.bias)
        for name, weight in self.features.items():
            total += np.float32(weight) * features[name]
        return total


@dataclass(frozen=True, slots=True)
class AlignWeights:
    """`same`: two clauses make one assertion. `contains`: a clause makes an assertion among others."""

    same: Weights
    contains: Weights
    made_from: str


@cache
def load_weights() -> AlignWeights:
    """The weights that ship with khabar, trained by evaluations/align/train.py."""
    data = json.loads(files("khabar.align").joinpath("weights.json").read_text(encoding="utf-8"))
    return AlignWeights(Weights(**data["same"]), Weights(**data["contains"]), data["made_from"])
