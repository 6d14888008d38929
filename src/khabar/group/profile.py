"""What the pair decision looks at in one report: vectors, names, numbers and days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath

from khabar.encode.types import Vectors
from khabar.group.passages import find_passages
from khabar.group.traits import LATE_YEARS, LEAD_SENTENCES, Traits, traits_of
from khabar.group.words import marked_words
from khabar.lang.fold import Fold, folded_text
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind, NumberMention, Precision, Published
from khabar.model.span import Span

# Small counts stand in every report ("two sides", "three days") and say nothing about which event it is.
_SMALLEST_TELLING_NUMBER = 4
_YEARS = range(1300, 2101)
_FIGURE = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Profile:
    """The evidence of one report.

    Shapes: `vectors` float32[n_sentences, dim], unit length, language and background taken out.
    `persons` and the like count mentions by entity. `label` is what a reader calls the report; `day` is the
    day of publication, or else the first day that the text names. `names` says what to call a person or place
    whose key is no id of this result (`make_portable`). `words` are those that stand out, `word_pairs` those
    side by side; `quoted` are the numbers of the sentences that hold direct speech. `passages` are its
    stretches on one matter each, where it has several.
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
    words: Mapping[str, int] = field(default_factory=dict)
    word_pairs: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    quoted: tuple[int, ...] = ()
    passages: tuple[Passage, ...] = ()

    _traits: Traits | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def traits(self) -> Traits:
        """What is compared of it, worked out when it is first asked for."""
        if self._traits is None:
            traits = traits_of(self.vectors, self.languages, self.words, self.numbers.keys())
            object.__setattr__(self, "_traits", traits)
            return traits
        return self._traits

    @property
    def report(self) -> Vectors:
        """One vector for the whole report: title and lead count double. Shapes: float32[dim], unit length."""
        return self.traits.report


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report by its place, and its evidence alone."""

    span: Span
    profile: Profile


def make_profile(
    article: Article,
    vectors: Vectors,
    numbers: Sequence[NumberMention],
    kinds: Mapping[str, NameKind],
    divided: bool = True,
) -> Profile:
    """The profile of an article. Shapes: one vector a sentence, in the order of `article.sentences`.

    Unless `divided` it has no passages, which cost as much as the rest and say nothing about a pair.
    """
    whole = _profile(article, vectors, numbers, kinds)
    if not divided:
        return whole
    order = sorted(range(len(article.sentences)), key=lambda n: article.sentences[n].span)
    parts = [[order[at] for at in part] for part in find_passages(vectors[order])]
    if len(parts) < 2:
        return whole
    return replace(whole, passages=tuple(_passage(article, vectors, numbers, kinds, part) for part in parts))


def _passage(
    article: Article,
    vectors: Vectors,
    numbers: Sequence[NumberMention],
    kinds: Mapping[str, NameKind],
    part: list[int],
) -> Passage:
    """The passage of these sentences. The report's day is that of its lead; below, a day must be named."""
    sentences = tuple(article.sentences[n] for n in part)
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    inside = replace(
        article,
        sentences=sentences,
        names=tuple(one for one in article.names if span.contains(one.span)),
        dates=tuple(one for one in article.dates if span.contains(one.span)),
        quotes=tuple(one for one in article.quotes if span.overlap(one.span)),
        published=article.published if 0 in part else Published(),
    )
    within = [number for number in numbers if span.contains(number.span)]
    return Passage(span, _profile(inside, vectors[part], within, kinds))


def _profile(
    article: Article,
    vectors: Vectors,
    numbers: Sequence[NumberMention],
    kinds: Mapping[str, NameKind],
) -> Profile:
    days = list(_days(article))
    named = Counter(mention.entity for mention in article.names if mention.entity is not None)
    day = _day(article.published.value) or next(iter(days), None)
    words, word_pairs = marked_words(article)
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
        day=day,
        words=words,
        word_pairs=word_pairs,
        years=frozenset(_years(article, day)),
        quoted=tuple(_quoted(article)),
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


def _years(article: Article, day: date | None) -> Iterator[int]:
    """The year of its day, and years that stand at its head; further down they are of what went before."""
    if day is not None:
        yield day.year
    for sentence in article.sentences[:LEAD_SENTENCES]:
        text = folded_text(sentence.span.of(article.text), Fold.SEARCH)
        yield from (int(word) for word in _FIGURE.findall(text) if word.isdigit() and int(word) in LATE_YEARS)


def _quoted(article: Article) -> Iterator[int]:
    """The numbers of the sentences that hold direct speech."""
    direct = [quote.span for quote in article.quotes if quote.kind != "indirect"]
    for number, sentence in enumerate(article.sentences):
        if any(sentence.span.overlap(span) for span in direct):
            yield number


def _day(value: str | None) -> date | None:
    """The day of an ISO value; None where it names no day."""
    if value is None or len(value) < len("2020-07-08"):
        return None
    return date.fromisoformat(value[:10])
