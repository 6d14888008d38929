"""How the machine decides, in figures: measured error of each language, and the weights of decisions."""

from __future__ import annotations

from functools import cache
from typing import Any

from khabar.group import load_weights
from khabar.show.abilities import abilities


@cache
def languages_measured() -> list[dict[str, Any]]:
    """Each language with what it has, what was measured and what was not; measured ones first."""
    return sorted(abilities(), key=lambda one: (-len(one["measured"]), one["code"]))


@cache
def weights_shown() -> list[tuple[str, float, float]]:
    """What speaks for one story: its weight across languages and within one, the strongest first."""
    weights = load_weights()
    across, within = weights.across.features, weights.within.features
    names = dict.fromkeys([*across, *within])
    found = [(name, across.get(name, 0.0), within.get(name, 0.0)) for name in names]
    return sorted(found, key=lambda one: -max(abs(one[1]), abs(one[2])))
