"""Passages of another story than their report's: items of a review, a look back at an older event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from khabar.group.decide import Decision, Weights, decide
from khabar.group.profile import Passage, Profile
from khabar.group.reasons import Namer, explain
from khabar.model.story import StoryPassage

MOST_COMPARED = 12  # reports that a passage is held against
PLACED_FROM = 0.9  # the chance of one event; lower, look-backs at look-alikes are taken for it


def place_passages(
    groups: Sequence[Sequence[str]], profiles: Mapping[str, Profile], weights: Weights, namer: Namer
) -> list[tuple[StoryPassage, ...]]:
    """For each group the passages of other groups' reports that tell of its event."""
    names = [name for group in groups for name in group]
    number = {name: at for at, group in enumerate(groups) for name in group}
    divided = [name for name in names if profiles[name].passages]
    if not divided:
        return [() for _ in groups]
    reports = np.stack([profiles[name].report for name in names])
    placed: list[tuple[str, Passage, Decision]] = []
    for name in divided:
        for passage in profiles[name].passages:
            near = np.argsort(-(reports @ passage.profile.report), kind="stable")[:MOST_COMPARED]
            others = [names[at] for at in near.tolist() if number[names[at]] != number[name]]
            own = [profiles[other] for other in groups[number[name]] if other != name][:MOST_COMPARED]
            best = _surest(passage, [profiles[other] for other in others], weights)
            home = _surest(passage, own, weights)
            fits_better = best is not None and (home is None or best.log_odds > home.log_odds)
            if best is not None and fits_better and best.score >= PLACED_FROM:
                placed.append((name, passage, best))
    return _by_story(placed, groups, number, profiles, namer)


def _by_story(
    placed: Sequence[tuple[str, Passage, Decision]],
    groups: Sequence[Sequence[str]],
    number: Mapping[str, int],
    profiles: Mapping[str, Profile],
    namer: Namer,
) -> list[tuple[StoryPassage, ...]]:
    """The passages by story. A report that is itself of several matters is no witness for another."""
    several = {name for name, _, _ in placed}
    found: list[list[StoryPassage]] = [[] for _ in groups]
    for name, passage, best in placed:
        if best.b not in several or len(groups[number[best.b]]) == 1:
            reasons = explain(best, passage.profile, profiles[best.b], namer)
            found[number[best.b]].append(StoryPassage(name, passage.span, reasons))
    return [tuple(each) for each in found]


def _surest(passage: Passage, others: Sequence[Profile], weights: Weights) -> Decision | None:
    decisions = [decide(passage.profile, other, weights) for other in others]
    return max(decisions, key=lambda decision: decision.log_odds, default=None)
