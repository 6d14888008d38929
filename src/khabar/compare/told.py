"""One telling of a statement with all that is compared in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from khabar.align.statements import Telling
from khabar.annotate.names.people import name_words, words_match
from khabar.encode.centre import to_unit
from khabar.encode.types import Vectors
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.model.article import Article
from khabar.model.mentions import DateMention, NameKind, NameMention, NumberMention
from khabar.model.span import Excerpt, Span
from khabar.model.story import Difference, DifferenceKind, Weight

# How near two pieces of text are by themselves, outside their sentences: (text, language) twice -> -1 to 1.
Nearness = Callable[[tuple[str, str], tuple[str, str]], float]


@dataclass(frozen=True, slots=True)
class Told:
    """A telling and what lies in its span: numbers, dates, names; spans address the article.

    `among_others`: the clause makes another statement as well; `named_near`: the entities that this report
    names in the sentences of any of its tellings of the statement.
    """

    article: Article
    telling: Telling
    numbers: tuple[NumberMention, ...]
    dates: tuple[DateMention, ...]
    names: tuple[NameMention, ...]
    among_others: bool = False
    named_near: frozenset[str] = frozenset()

    @property
    def language(self) -> str:
        """The language of the clause."""
        return self.telling.unit.clause.language

    @property
    def place(self) -> tuple[str, int]:
        """The text that the telling belongs to: an article, and there one language block."""
        return self.article.id, self.telling.unit.block

    @property
    def span(self) -> Span:
        """The words that make the statement."""
        return self.telling.span

    @property
    def content(self) -> Span:
        """The same without the words that say who says so."""
        content, span = self.telling.unit.clause.content, self.span
        if content.overlap(span) == 0:
            return span
        return Span(max(content.start, span.start), min(content.end, span.end))

    def excerpt(self, span: Span) -> Excerpt:
        """Words of this article to point at."""
        return Excerpt(self.article.id, span, span.of(self.article.text))

    def around(self, span: Span) -> Vectors | None:
        """The direction of the words of `span` and of those beside it; None where none is known.

        Shapes: float32[dim], unit length.
        """
        words = self.telling.unit.words
        inside = [n for n, word in enumerate(words) if word.overlap(span)]
        if not inside:
            return None
        near = range(max(0, inside[0] - 1), min(len(words), inside[-1] + 3))
        direction: Vectors = to_unit(self.telling.unit.contexts[list(near)].mean(axis=0, keepdims=True))[0]
        return direction

    def hits(self, table: str) -> list[Hit]:
        """The rows of a language table that stand in the content; spans address the article."""
        return self._hits(table, self.content)

    def frame_hits(self, table: str) -> list[Hit]:
        """The same in the words that say who says so."""
        frame = self.telling.unit.clause.frame
        return self._hits(table, frame) if frame is not None else []

    def clause_hits(self, table: str) -> list[Hit]:
        """The same in the whole clause, whatever part of it makes the statement."""
        return self._hits(table, self.telling.unit.clause.span)

    def sentence_hits(self, table: str) -> list[Hit]:
        """The same in the sentence that the clause is of."""
        name = self.telling.unit.clause.sentence
        spans = [sentence.span for sentence in self.article.sentences if sentence.id == name]
        return self._hits(table, spans[0]) if spans else []

    def word_at(self, span: Span) -> int | None:
        """The number of the first word of the clause that lies in `span`."""
        words = self.telling.unit.words
        return next((n for n, word in enumerate(words) if word.overlap(span)), None)

    def _hits(self, table: str, span: Span) -> list[Hit]:
        found = lexicon(self.language, table).find(span.of(self.article.text))
        return [Hit(hit.span.moved(span.start), hit.row, hit.prefix) for hit in found]


def tell_all(
    tellings: Iterable[Telling],
    articles: Mapping[str, Article],
    numbers: Mapping[str, Sequence[NumberMention]],
    busy: Collection[str],
) -> list[Told]:
    """The tellings of one statement, each with its facts, in their order.

    `busy` are the ids of the units that make more than one statement.
    """
    listed = list(tellings)
    sentences = {telling.unit.clause.sentence for telling in listed}
    named = {name: _named_in(articles[name], sentences) for name in {one.unit.article for one in listed}}
    return [
        replace(
            _tell(telling, articles[telling.unit.article], numbers),
            among_others=telling.unit.id in busy,
            named_near=named[telling.unit.article],
        )
        for telling in listed
    ]


def _named_in(article: Article, sentences: Collection[str]) -> frozenset[str]:
    spans = [sentence.span for sentence in article.sentences if sentence.id in sentences]
    return frozenset(
        mention.entity
        for mention in article.names
        if mention.entity is not None and any(span.contains(mention.span) for span in spans)
    )


def _tell(telling: Telling, article: Article, numbers: Mapping[str, Sequence[NumberMention]]) -> Told:
    span = telling.span
    return Told(
        article,
        telling,
        tuple(number for number in numbers[article.id] if span.contains(number.span)),
        tuple(mention for mention in article.dates if span.contains(mention.span)),
        tuple(mention for mention in article.names if span.contains(mention.span)),
    )


Side = tuple[Told, Span]


def differ(
    kind: DifferenceKind,
    statement: str | None,
    sides: tuple[Side, Side],
    reason: str,
    weight: Weight = Weight.MEANING,
) -> Difference:
    """A difference between words of two tellings."""
    (a, here), (b, there) = sides
    return Difference(kind, weight, statement, a.excerpt(here), b.excerpt(there), reason)


def may_differ(a: Told, one: NameMention, b: Told, other: NameMention) -> bool:
    """Whether two names that were not linked can mean others, and not the same in another spelling.

    In two languages persons differ when no word of one can be a spelling of a word of the other. What
    places and organisations are called is translated: they differ where a report knows both.
    """
    if a.language == b.language:
        return True
    if one.kind is other.kind is NameKind.PERSON:
        pairs = product(name_words(one.text), name_words(other.text))
        return not any(words_match(here, there) for here, there in pairs)
    return one.entity in _entities(b.article) or other.entity in _entities(a.article)


def _entities(article: Article) -> set[str | None]:
    return {mention.entity for mention in article.names if mention.entity is not None}
