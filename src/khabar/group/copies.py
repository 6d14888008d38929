"""Near copies of reports that a person ruled on: what was said of one holds for the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.group.features import measure_likeness
from khabar.group.profile import Profile
from khabar.group.rulings import Ruling
from khabar.linkage import Pair

_SAME_SENTENCE = 0.95  # cosine of two sentences that say the same in the same words
_COPY_FROM = 0.6  # share of the sentences of both reports that the other has too


def tie_copies(profiles: Mapping[str, Profile], rulings: Sequence[Ruling]) -> list[Pair]:
    """Reports that nobody ruled on, each with the one of those held apart that it is a near copy of."""
    apart = dict.fromkeys(name for one in rulings if not one.same for name in one.pair if name in profiles)
    ruled = {name for one in rulings for name in one.pair}
    ties = []
    for name in profiles.keys() - ruled if apart else ():
        shares = {other: _shared(profiles[name], profiles[other]) for other in apart}
        best = max(shares, key=lambda other: (shares[other], other))
        if shares[best] >= _COPY_FROM:
            ties.append((name, best))
    return sorted(ties)


def _shared(a: Profile, b: Profile) -> float:
    """The share of sentences in common, in the report that has fewer of the other's."""
    found = measure_likeness(a.vectors, b.vectors)
    if not len(found.forward) or not len(found.backward):
        return 0.0
    return float(min((side >= _SAME_SENTENCE).mean() for side in (found.forward, found.backward)))
