"""The numbers of the alignment decision, in one list that anyone can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """A bias and a weight a feature, trained by evaluations/align/train.py."""

    bias: float
    features: Mapping[str, float]
    made_from: str


@cache
def load_weights() -> Weights:
    """The weights that ship with khabar."""
    data = json.loads(files("khabar.align").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(data["bias"], data["features"], data["made_from"])
