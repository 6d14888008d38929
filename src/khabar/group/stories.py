"""Reports to stories, with what holds each together and what was kept out of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from khabar.group.clusters import form_groups
from khabar.group.decide import COMPARED_FROM, Decision, Weights, decide
from khabar.group.features import best_pairs
from khabar.group.nearest import near_pairs
from khabar.group.parts import place_passages
from khabar.group.profile import Profile
from khabar.group.reasons import Namer, explain
from khabar.linkage import Pair, to_log_odds
from khabar.model.story import Lookalike, Reason, StoryPassage

# From here on they share so much that a reader would ask why they are not one story; the nearest are named.
ALIKE_FROM = 0.4
MOST_LOOKALIKES = 6
# Of more reports each is held only against its nearest, so that time grows with their number.
MOST_HELD_AGAINST_ALL = 1_000
MOST_NEIGHBOURS = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A story before its statements are known."""

    articles: tuple[str, ...]
    reasons: tuple[Reason, ...]
    lookalikes: tuple[Lookalike, ...]
    passages: tuple[StoryPassage, ...] = ()


def form_stories(
    profiles: Sequence[Profile],
    weights: Weights,
    namer: Namer,
    same_at: float,
    done: Callable[[int], None] | None = None,
) -> tuple[Draft, ...]:
    """The stories in the order of their first report; from the chance `same_at` on two tell one event."""
    by_id = {profile.article: profile for profile in profiles}
    decisions = decide_pairs(profiles, weights, done)
    log_odds = {pair: decision.log_odds for pair, decision in decisions.items()}
    groups = form_groups(list(by_id), log_odds, join_at=to_log_odds(same_at))
    parts = place_passages(groups, by_id, weights, namer)
    beside = _by_article(decisions)
    drafts = (draft_story(group, by_id, _touching(group, beside), namer) for group in groups)
    return tuple(replace(draft, passages=parts[at]) for at, draft in enumerate(drafts))


def decide_pairs(
    profiles: Sequence[Profile], weights: Weights, done: Callable[[int], None] | None = None
) -> dict[Pair, Decision]:
    """A decision about every pair that shares a topic; the others are never compared."""
    if len(profiles) <= MOST_HELD_AGAINST_ALL:
        near = best_pairs([profile.vectors for profile in profiles], done)
        pairs = [(i, j) for i, j in np.argwhere(np.triu(near >= COMPARED_FROM, k=1)).tolist()]
    else:
        pairs = near_pairs(np.stack([profile.report for profile in profiles]), MOST_NEIGHBOURS, done)
    found = ((profiles[i], profiles[j]) for i, j in pairs)
    decisions = (((a.article, b.article), decide(a, b, weights)) for a, b in found)
    return dict(decisions)


def _by_article(decisions: Mapping[Pair, Decision]) -> dict[str, dict[Pair, Decision]]:
    """The decisions that each report stands in."""
    beside: dict[str, dict[Pair, Decision]] = defaultdict(dict)
    for pair, decision in decisions.items():
        for name in pair:
            beside[name][pair] = decision
    return beside


def _touching(group: Sequence[str], beside: Mapping[str, Mapping[Pair, Decision]]) -> dict[Pair, Decision]:
    return {pair: decision for name in group for pair, decision in beside.get(name, {}).items()}


def draft_story(
    group: Sequence[str],
    profiles: Mapping[str, Profile],
    decisions: Mapping[tuple[str, str], Decision],
    namer: Namer,
) -> Draft:
    """The story of this group, with what holds it together and what of the decided pairs stayed outside."""
    inside = set(group)
    reasons = [
        reason
        for decision in _strongest_links(group, decisions)
        for reason in explain(decision, profiles[decision.a], profiles[decision.b], namer)
    ]
    outside: dict[str, Decision] = {}
    for (a, b), decision in decisions.items():
        if (a in inside) != (b in inside) and _alike(decision):
            stranger = b if a in inside else a
            if stranger not in outside or outside[stranger].log_odds < decision.log_odds:
                outside[stranger] = decision
    nearest = sorted(outside.items(), key=lambda item: -item[1].log_odds)
    lookalikes = [
        _lookalike(stranger, decision, profiles, namer) for stranger, decision in nearest[:MOST_LOOKALIKES]
    ]
    return Draft(tuple(group), tuple(reasons), tuple(lookalikes))


def _lookalike(stranger: str, decision: Decision, profiles: Mapping[str, Profile], namer: Namer) -> Lookalike:
    """The stranger beside the member that it is nearest to."""
    member = decision.a if decision.b == stranger else decision.b
    return Lookalike(stranger, explain(decision, profiles[stranger], profiles[member], namer))


def _alike(decision: Decision) -> bool:
    return decision.features["best_three"] >= ALIKE_FROM or decision.log_odds > to_log_odds(0.2)


def _strongest_links(group: Sequence[str], decisions: Mapping[tuple[str, str], Decision]) -> list[Decision]:
    """One link a report but the first: the surest pair that ties it to those before."""
    links = []
    for at in range(1, len(group)):
        pairs = [(a, group[at]) for a in group[:at]]
        known = [decisions.get(pair) or decisions.get(pair[::-1]) for pair in pairs]
        held = [decision for decision in known if decision is not None]
        if held:
            links.append(max(held, key=lambda decision: decision.log_odds))
    return links
