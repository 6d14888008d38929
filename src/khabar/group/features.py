"""What is compared of two reports: each feature a number from 0 to 1, small enough to explain itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from khabar.encode.types import Vectors
from khabar.group.profile import Profile
from khabar.group.sounds import shared_sounds
from khabar.group.traits import LEAD_SENTENCES
from khabar.group.words import likeness as likeness_of
from khabar.group.words import shared_weight

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near the sentences of two reports are.

    Shapes: `forward` float32[n_a], `backward` float32[n_b], the best partner of each sentence (-1 to 1);
    `means` those of the two; `lead` the best pair among the titles and first sentences.
    """

    forward: Vectors
    backward: Vectors
    means: tuple[float, float]
    lead: float


_BRIEF = 3  # sentences; from so few hardly any fact can be expected
_MOST_UNEVEN = 4.0  # log of how many times longer one report is
_LARGE = 10  # a smaller whole number is shared by chance more often and counts half


def measure_likeness(a: Vectors, b: Vectors) -> Likeness:
    """The likeness of two reports' sentence vectors; nothing is like a report without sentences."""
    if not len(a) or not len(b):
        return Likeness(np.zeros(len(a), np.float32), np.zeros(len(b), np.float32), (0.0, 0.0), 0.0)
    cosines = a @ b.T
    lead = float(cosines[:LEAD_SENTENCES, :LEAD_SENTENCES].max())
    forward, backward = cosines.max(axis=1), cosines.max(axis=0)
    means = float(forward.sum()) / len(forward), float(backward.sum()) / len(backward)
    return Likeness(forward, backward, means, lead)


def best_pairs(reports: Sequence[Vectors], done: Callable[[int], None] | None = None) -> Vectors:
    """How near the three nearest pairs of sentences of each two reports are, as `best_three` has it.

    Shapes: float32[n_reports, n_reports], symmetric; one product a report, so that thousands stay bounded.
    """
    filled = [n for n, vectors in enumerate(reports) if len(vectors)]
    near = np.zeros((len(reports), len(reports)), np.float32)
    if not filled:
        return near
    everything = np.concatenate([reports[n] for n in filled])
    bounds = np.cumsum([0] + [len(reports[n]) for n in filled])[:-1]
    for n in filled:
        best = np.sort(np.maximum.reduceat(reports[n] @ everything.T, bounds, axis=1), axis=0)[::-1][:3]
        near[n, filled] = best.mean(axis=0)
        if done is not None:
            done(1)
    result: Vectors = np.maximum(near, near.T)
    return result


Feature = Callable[[Profile, Profile, Likeness], float]


def best_three(_a: Profile, _b: Profile, likeness: Likeness) -> float:
    """The mean of the three nearest pairs of sentences."""
    # Python's own sort: sentences are few, and this is asked of every pair.
    best = sorted([*likeness.forward.tolist(), *likeness.backward.tolist()], reverse=True)[:6:2]
    return _clip(sum(best) / len(best)) if best else 0.0


def coverage(_a: Profile, _b: Profile, likeness: Likeness) -> float:
    """How near a sentence's best partner is on average, in the report that is covered less."""
    return _clip(min(likeness.means))


def full_coverage(_a: Profile, _b: Profile, likeness: Likeness) -> float:
    """The same in the report that is covered more: a short report lies wholly inside a long one."""
    return _clip(max(likeness.means))


def whole(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """How near the reports are as wholes: parts of one event share no sentence, but what they are about."""
    return _clip(float(a.report @ b.report))


def brief(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when one of them has three sentences or fewer."""
    return float(min(len(a.vectors), len(b.vectors)) <= _BRIEF)


def uneven(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """How much longer one is than the other, on a scale of logarithms."""
    short, long = sorted((max(1, len(a.vectors)), max(1, len(b.vectors))))
    return min(1.0, math.log(long / short) / _MOST_UNEVEN)


def sounds(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Names and rare words in common by their consonants; within one language the words themselves tell."""
    if a.traits.languages & b.traits.languages:
        return 0.0
    return shared_sounds(a.traits.sounds, b.traits.sounds)


def lead(_a: Profile, _b: Profile, likeness: Likeness) -> float:
    """The nearest pair among titles and first sentences."""
    return _clip(likeness.lead)


def title(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """How near the titles are, or the first sentences of reports without one."""
    return _clip(float(a.vectors[0] @ b.vectors[0])) if len(a.vectors) and len(b.vectors) else 0.0


def quotations(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """How near the nearest two sentences with direct speech are."""
    if not a.quoted or not b.quoted:
        return 0.0
    return _clip(float((a.vectors[list(a.quoted)] @ b.vectors[list(b.quoted)].T).max()))


def marked_words(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Names, figures and rare words in common, by how often they stand and how rare they are."""
    return likeness_of(a.traits.words, b.traits.words)


def marked_share(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """The share of all names, figures and rare words that both hold."""
    return shared_weight(a.traits.words, b.traits.words)


def marked_pairs(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """The share of names of two words and the like that both hold as they stand."""
    return _jaccard(a.word_pairs, b.word_pairs)


def figures(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """The share of all figures, written in digits, that both hold."""
    return _jaccard(a.traits.figures, b.traits.figures)


def other_years(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when both name years at their head and none in common."""
    return float(bool(a.years and b.years and not a.years & b.years))


def one_language(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when the reports share a language: their vectors are nearer for the same meaning."""
    return float(bool(a.traits.languages & b.traits.languages))


def shared_persons(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Persons that both name, three or more count as 1."""
    return _shared(a.persons, b.persons, 3)


def other_persons(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Persons that stand in each without the other, three or more on both sides count as 1."""
    return _apart(a.persons, b.persons, 3)


def shared_organisations(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Organisations that both name, three or more count as 1."""
    return _shared(a.organisations, b.organisations, 3)


def shared_places(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """The share of the shorter list of places that both name."""
    smaller = min(len(a.places), len(b.places))
    return len(a.places.keys() & b.places.keys()) / smaller if smaller else 0.0


def other_places(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Places that stand in each without the other, three or more on both sides count as 1."""
    return _apart(a.places, b.places, 3)


def shared_numbers(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Telling numbers that both give; three large ones count as 1, one below ten counts half."""
    shared = a.traits.values & b.traits.values
    return min(3.0, sum(0.5 if value < _LARGE and value == int(value) else 1.0 for value in shared)) / 3


def other_numbers(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """Numbers of one unit on which the reports agree nowhere: the share of common units."""
    one, two = a.traits.by_unit, b.traits.by_unit
    apart = [unit for unit in one.keys() & two.keys() if not one[unit] & two[unit]]
    return min(3, len(apart)) / 3


def same_day(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when both are of the same day or of neighbouring days, as far as they say."""
    gap = days_apart(a, b)
    return float(gap is not None and gap <= 1)


def near_days(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when two to four days lie between them."""
    gap = days_apart(a, b)
    return float(gap is not None and 1 < gap <= 4)


def far_days(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """0.5 when more than four days lie between them, 1 when more than two weeks do."""
    gap = days_apart(a, b)
    if gap is None or gap <= 4:
        return 0.0
    return 1.0 if gap > 14 else 0.5


def shared_days(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when both name one day."""
    return float(bool(a.days & b.days))


def no_day(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when one of them names no day."""
    return float(days_apart(a, b) is None)


def other_season(a: Profile, b: Profile, _likeness: Likeness) -> float:
    """1 when more than 300 days lie between them."""
    gap = days_apart(a, b)
    return float(gap is not None and gap > 300)


def days_apart(a: Profile, b: Profile) -> int | None:
    """Days between the reports; None when one of them names no day."""
    return abs((a.day - b.day).days) if a.day and b.day else None


FEATURES: Mapping[str, Feature] = {
    function.__name__: function
    for function in (
        best_three,
        coverage,
        full_coverage,
        whole,
        brief,
        uneven,
        lead,
        title,
        quotations,
        marked_words,
        marked_share,
        marked_pairs,
        figures,
        sounds,
        one_language,
        shared_persons,
        other_persons,
        shared_organisations,
        shared_places,
        other_places,
        shared_numbers,
        other_numbers,
        same_day,
        near_days,
        far_days,
        shared_days,
        no_day,
        other_season,
        other_years,
    )
}


def measure(a: Profile, b: Profile) -> dict[str, float]:
    """Every feature of a pair, by name."""
    likeness = measure_likeness(a.vectors, b.vectors)
    return {name: feature(a, b, likeness) for name, feature in FEATURES.items()}


def _shared(a: Mapping[K, int], b: Mapping[K, int], enough: int) -> float:
    return min(enough, len(a.keys() & b.keys())) / enough


def _apart(a: Mapping[K, int], b: Mapping[K, int], enough: int) -> float:
    return min(enough, len(a.keys() - b.keys()), len(b.keys() - a.keys())) / enough


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 0.0


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))
