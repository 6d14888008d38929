"""What the features ask of a report again and again, worked out once: it is held against many."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from khabar.encode.types import Vectors
from khabar.group.sounds import Sounds, sounds_of
from khabar.group.words import Weighed, weigh

LEAD_SENTENCES = 3  # with the title: where a report says what happened
LATE_YEARS = range(1950, 2050)
_YEAR_DIGITS = 4

Quantity = tuple[float, str | None]


@dataclass(frozen=True, slots=True)
class Traits:
    """Parts of a profile as they are compared.

    `report` is one vector for the whole report, title and lead counting double; `figures` are words in digits
    that are no years; `values` are the numbers without their units, `by_unit` those that have one.
    Shapes: `report` float32[dim], unit length.
    """

    report: Vectors
    languages: frozenset[str]
    words: Weighed
    sounds: Sounds
    figures: frozenset[str]
    values: frozenset[float]
    by_unit: Mapping[str, frozenset[float]]


def traits_of(
    vectors: Vectors, languages: Iterable[str], words: Mapping[str, int], numbers: Collection[Quantity]
) -> Traits:
    """The traits of a report. Shapes: `vectors` float32[n_sentences, dim], unit length."""
    return Traits(
        report=_report(vectors),
        languages=frozenset(languages),
        words=weigh(words),
        sounds=sounds_of(words),
        figures=frozenset(word for word in words if word.isdigit() and not _is_year(word)),
        values=frozenset(value for value, _ in numbers),
        by_unit=_by_unit(numbers),
    )


def _report(vectors: Vectors) -> Vectors:
    if not len(vectors):
        return np.zeros(vectors.shape[1], np.float32)
    mean = vectors.mean(axis=0) + vectors[:LEAD_SENTENCES].mean(axis=0)
    result: Vectors = mean / max(math.sqrt(float(mean @ mean)), 1e-9)
    return result


def _is_year(word: str) -> bool:
    return len(word) == _YEAR_DIGITS and int(word) in LATE_YEARS


def _by_unit(numbers: Iterable[Quantity]) -> dict[str, frozenset[float]]:
    units: dict[str, set[float]] = {}
    for value, unit in numbers:
        if unit is not None:
            units.setdefault(unit, set()).add(value)
    return {unit: frozenset(values) for unit, values in units.items()}
