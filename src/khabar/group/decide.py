"""Whether two reports tell of one event: a weighted sum of features, with weights that anyone can read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from khabar.group.features import FEATURES, measure
from khabar.group.profile import Profile
from khabar.linkage import NEVER_COMPARED, to_chance


class Verdict(StrEnum):
    """What the chance that two reports tell one event comes to."""

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


SCALES = ("across", "within", "across_matter", "within_matter")
SAME_FROM, DIFFERENT_TO = 0.8, 0.2  # chances; in between a person should look
# Below this mean of the three nearest pairs of sentences two reports share no topic, and no day or place in
# common makes them one event: on the two constructed piles the farthest of 114 true pairs has .31, and six of
# ten unrelated pairs lie below .22.
COMPARED_FROM = 0.22
_TOO_FAR = 20.0  # log odds a unit below it; of a brief report, which has no three sentences to choose, none
# Two brief reports of one event may share nothing that can be seen: within one language they lose at most so
# much log odds to the doubt that they are of one matter, across languages none.
_MOST_DOUBT_OF_BRIEF = 0.5


@dataclass(frozen=True, slots=True)
class Scale:
    """A bias and a weight a feature; their sum over a pair's features is log odds."""

    bias: float
    features: Mapping[str, float]

    def log_odds(self, features: Mapping[str, float]) -> float:
        """The sum for one pair."""
        return self.bias + sum(weight * features[name] for name, weight in self.features.items())


@dataclass(frozen=True, slots=True)
class Weights:
    """The pair decision's numbers, trained by evaluations/group/train.py.

    `within` is for reports that share a language, where words can be compared, `across` for the others. Both
    tell one event from another that looks like it; whether two reports are of one matter at all, which a day
    in common says nothing about, the other two tell.
    """

    across: Scale
    within: Scale
    across_matter: Scale
    within_matter: Scale
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
    def link(self) -> float:
        """What forms groups: the log odds; reports that share no topic are as if never compared."""
        return self.log_odds if self.features["best_three"] >= COMPARED_FROM else NEVER_COMPARED

    @property
    def score(self) -> float:
        """From 0 (two events) to 1 (one event)."""
        return to_chance(self.log_odds)

    @property
    def verdict(self) -> Verdict:
        """One event, two, or unsure."""
        if self.score >= SAME_FROM:
            return Verdict.SAME
        return Verdict.DIFFERENT if self.score <= DIFFERENT_TO else Verdict.UNSURE


@cache
def load_weights() -> Weights:
    """The weights that ship with khabar."""
    data = json.loads(files("khabar.group").joinpath("weights.json").read_text(encoding="utf-8"))
    scales = {name: Scale(data[name]["bias"], data[name]["features"]) for name in SCALES}
    odd = {name for scale in scales.values() for name in scale.features.keys() - FEATURES.keys()}
    odd |= {name for kind in ("across", "within") for name in FEATURES.keys() - scales[kind].features.keys()}
    if odd:
        raise AssertionError(f"weights.json and the features differ in {sorted(odd)}; train again")
    return Weights(**scales, made_from=data["made_from"])


def decide(a: Profile, b: Profile, weights: Weights) -> Decision:
    """The decision about one pair."""
    features = measure(a, b)
    scale = weights.within if features["one_language"] else weights.across
    total = scale.log_odds(features) - doubt_of_matter(features, weights)
    if not features["brief"]:
        total -= _TOO_FAR * max(0.0, COMPARED_FROM - features["best_three"])
    return Decision(a.article, b.article, total, features)


def doubt_of_matter(features: Mapping[str, float], weights: Weights) -> float:
    """What is taken off the log odds of one event since the two may not even be of one matter.

    The chance of one event is that of one matter times that of one event within a matter; so this is the log
    of the former with its sign changed, next to nothing where the two are surely of one matter.
    """
    within = bool(features["one_language"])
    against = -(weights.within_matter if within else weights.across_matter).log_odds(features)
    doubt = max(0.0, against) + math.log1p(math.exp(-abs(against)))
    return min(doubt, _MOST_DOUBT_OF_BRIEF * within) if features["brief"] else doubt
