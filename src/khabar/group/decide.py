"""Whether two reports tell of one event: a weighted sum of features, with weights that anyone can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.group.features import FEATURES, measure
from khabar.group.profile import Profile
from khabar.linkage import to_chance


@dataclass(frozen=True, slots=True)
class Weights:
    """The pair decision's numbers: `bias` and a weight a feature, trained by evaluations/group/train.py."""

    bias: float
    features: Mapping[str, float]
    made_from: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What speaks for and against two reports being of one event.

    `log_odds` above 0 means the same event; `features` are the values it was made from.
    """

    a: str
    b: str
    log_odds: float
    features: Mapping[str, float]

    @property
    def score(self) -> float:
        """From 0 (two events) to 1 (one event)."""
        return to_chance(self.log_odds)


@cache
def load_weights() -> Weights:
    """The weights that ship with khabar."""
    data = json.loads(files("khabar.group").joinpath("weights.json").read_text(encoding="utf-8"))
    missing = FEATURES.keys() ^ data["features"].keys()
    if missing:
        raise AssertionError(f"weights.json and the features differ in {sorted(missing)}; train again")
    return Weights(data["bias"], data["features"], data["made_from"])


def decide(a: Profile, b: Profile, weights: Weights) -> Decision:
    """The decision about one pair."""
    features = measure(a, b)
    total = weights.bias + sum(weights.features[name] * value for name, value in features.items())
    return Decision(a.article, b.article, total, features)
