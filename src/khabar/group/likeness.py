"""How far two reports tell of one event, as one number with its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from khabar.group.decide import Verdict, Weights, decide
from khabar.group.profile import Profile
from khabar.group.reasons import Namer, explain
from khabar.model.story import Reason


@dataclass(frozen=True, slots=True)
class Similarity:
    """`score` is the chance from 0 to 1 that two reports tell of one event.

    `parts` are what each feature adds to the log odds, those that speak against below zero; `one_matter` is
    what is taken off where little says that the two are of one matter. With the bias of the scale they sum to
    the log odds of `score`.
    """

    score: float
    verdict: Verdict
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]


def similarity(a: Profile, b: Profile, weights: Weights, namer: Namer, language: str = "en") -> Similarity:
    """How far two reports tell of one event, with reasons in the reader's language."""
    decision = decide(a, b, weights)
    scale = weights.within if decision.features["one_language"] else weights.across
    parts = {name: scale.features[name] * value for name, value in decision.features.items()}
    parts["one_matter"] = decision.log_odds - scale.log_odds(decision.features)
    reasons = explain(decision, a, b, namer, language)
    return Similarity(decision.score, decision.verdict, parts, reasons)
