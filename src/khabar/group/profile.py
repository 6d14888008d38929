"""What the pair decision looks at in one report: vectors, names, numbers and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

import numpy as np

from khabar.encode.types import Vectors
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind, NumberMention, Precision

# Small counts stand in every report ("two sides", "three days") and say nothing about which event it is.
_SMALLEST_TELLING_NUMBER = 4
LEAD_SENTENCES = 3  # with the title: where a report says what happened
_YEARS = range(1300, 2101)


@dataclass(frozen=True, slots=True)
class Profile:
    """The evidence of one report.

    Shapes: `vectors` float32[n_sentences, dim], unit length, language and background taken out.
    `persons` and the like count mentions by entity. `label` is what a reader calls the report; `day` is the
    day of publication, or else the first day that the text names. `names` says what to call a person or place
    whose key is no id of this result (`make_portable`).
    """

    article: str
    label: str
    languages: tuple[str, ...]
    vectors: Vectors
    persons: Mapping[str, int]
    organisations: Mapping[str, int]
    places: Mapping[str, int]
    numbers: Mapping[tuple[float, str | None], int]
    days: frozenset[date]
    day: date | None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Vectors:
        """One vector for the whole report: title and lead count double. Shapes: float32[dim], unit length."""
        if not len(self.vectors):
            return np.zeros(self.vectors.shape[1], np.float32)
        mean = self.vectors.mean(axis=0) + self.vectors[:LEAD_SENTENCES].mean(axis=0)
        result: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return result


def make_profile(
    article: Article,
    vectors: Vectors,
    numbers: Sequence[NumberMention],
    kinds: Mapping[str, NameKind],
) -> Profile:
    """The profile of an article. Shapes: one vector a sentence, in the order of `article.sentences`."""
    days = list(_days(article))
    named = Counter(mention.entity for mention in article.names if mention.entity is not None)
    return Profile(
        article=article.id,
        label=article.outlet or PurePath(article.path).name,
        languages=article.languages,
        vectors=vectors,
        persons=_of_kind(named, kinds, NameKind.PERSON),
        organisations=_of_kind(named, kinds, NameKind.ORGANISATION, NameKind.OUTLET),
        places=_of_kind(named, kinds, NameKind.PLACE),
        numbers=Counter((n.value, n.unit) for n in numbers if _tells(n)),
        days=frozenset(days),
        day=_day(article.published.value) or next(iter(days), None),
    )


def kinds_of(entities: Iterable[Entity]) -> dict[str, NameKind]:
    """The kind of each entity, by id."""
    return {entity.id: entity.kind for entity in entities}


def _of_kind(named: Counter[str], kinds: Mapping[str, NameKind], *wanted: NameKind) -> dict[str, int]:
    return {entity: count for entity, count in named.items() if kinds.get(entity) in wanted}


def _tells(number: NumberMention) -> bool:
    if number.unit is None and number.value in _YEARS:
        return False
    return number.value >= _SMALLEST_TELLING_NUMBER or number.value != int(number.value)


def _days(article: Article) -> Iterable[date]:
    for mention in article.dates:
        if mention.precision in (Precision.DAY, Precision.MINUTE):
            day = _day(mention.value)
            if day is not None:
                yield day


def _day(value: str | None) -> date | None:
    """The day of an ISO value; None where it names no day."""
    if value is None or len(value) < len("2020-07-08"):
        return None
    return date.fromisoformat(value[:10])
