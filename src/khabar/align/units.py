"""The clauses of a story, each with the vectors of its words: what is laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from khabar.align.clauses import Clause, split_clauses
from khabar.encode.centre import to_unit
from khabar.encode.types import Vectors, Words
from khabar.model.article import Article
from khabar.model.span import Span
from khabar.model.story import VoteKind

# A language with few words in the story leans on what the other languages share (in words).
_PRIOR_WORDS = 50
_LONGEST_WORD_WEIGHT = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, name, date or speaker in an article; equal keys of one kind mean the same in any language.

    `span` is where it holds: the number itself, for a speaker all that he is given. `words` are those to
    show for it, None where that is the span.
    """

    span: Span
    key: str
    kind: VoteKind = VoteKind.NUMBERS
    words: Span | None = None

    @property
    def shown(self) -> Span:
        """The words to point at."""
        return self.words or self.span

    def holds_for(self, content: Span) -> bool:
        """Whether a clause of that content has it: the whole words, of a speaker most of what he says."""
        if self.kind is VoteKind.SPEAKERS:
            return 2 * self.span.overlap(content) > len(content)
        return content.contains(self.span)


@dataclass(frozen=True, slots=True)
class Unit:
    """One clause of one report.

    Shapes: `words` and `vectors` n_words (content words of the clause, vectors of unit length with the
    language and the story's topic taken out); `weights` float32[n_words], longer words say more;
    `contexts` float32[n_words, dim], middle-layer vectors with the sentence's mean taken out, which align
    words one by one best.
    """

    id: str
    article: str
    block: int
    place: int
    clause: Clause
    words: tuple[Span, ...]
    vectors: Vectors
    weights: Vectors
    contexts: Vectors
    facts: tuple[Fact, ...] = ()
    heads: bool = False  # stands in the title

    @property
    def text(self) -> tuple[str, int]:
        """The text that it stands in: an article, and there one language block."""
        return self.article, self.block

    def keys(self, kind: VoteKind) -> frozenset[str]:
        """What facts of this kind the clause has."""
        return frozenset(fact.key for fact in self.facts if fact.kind is kind)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A clause before the topic is taken out."""

    article: str
    block: int
    clause: Clause
    words: tuple[Span, ...]
    vectors: Vectors
    contexts: Vectors
    heads: bool


def make_units(
    articles: Sequence[Article],
    words_of: Callable[[Article], Mapping[str, Words]],
    language_means: Callable[[str], Vectors],
    facts_of: Callable[[Article], Sequence[Fact]],
) -> tuple[Unit, ...]:
    """Every clause of every report, in the order of the reports.

    `words_of` gives an article's word vectors by sentence id, with spans inside the sentence;
    `language_means` the mean word vector of a language in background text; `facts_of` an article's numbers,
    names, dates and speakers.
    """
    raw = [piece for article in articles for piece in _raw_units(article, words_of(article))]
    means = _topic_means(raw, language_means)
    facts = {article.id: facts_of(article) for article in articles}
    return tuple(
        _unit(n, piece, means[piece.clause.language], facts[piece.article]) for n, piece in enumerate(raw)
    )


def _raw_units(article: Article, words: Mapping[str, Words]) -> list[_Raw]:
    units = []
    for sentence in article.sentences:
        here = words[sentence.id]
        spans = [span.moved(sentence.span.start) for span in here.spans]
        contexts = to_unit(here.middle - here.middle.mean(axis=0)) if spans else here.middle
        for clause in split_clauses(article.text, sentence):
            inside = [n for n, span in enumerate(spans) if clause.content.contains(span)]
            if inside:
                chosen = tuple(spans[n] for n in inside)
                place = (article.id, _block(article, clause))
                heads = article.title is not None and article.title.contains(clause.span)
                units.append(_Raw(*place, clause, chosen, here.top[inside], contexts[inside], heads))
    return units


def _block(article: Article, clause: Clause) -> int:
    """The number of the language block that holds the clause; a title belongs to that of its language."""
    for n, block in enumerate(article.blocks):
        if block.span.contains(clause.span):
            return n
    same = [n for n, block in enumerate(article.blocks) if block.language == clause.language]
    return same[0] if same else 0


def _topic_means(raw: Sequence[_Raw], language_means: Callable[[str], Vectors]) -> dict[str, Vectors]:
    """The mean word vector of the story in each language, shrunk to the mean topic where words are few.

    What all words of a story share (its language, its topic) makes every clause look like every other.
    """
    pools: dict[str, list[Vectors]] = {}
    for piece in raw:
        pools.setdefault(piece.clause.language, []).append(piece.vectors)
    sums = {language: np.concatenate(vectors) for language, vectors in pools.items()}
    topics = {language: words.mean(axis=0) - language_means(language) for language, words in sums.items()}
    shared = np.mean(list(topics.values()), axis=0) if topics else 0.0
    means = {}
    for language, words in sums.items():
        share = len(words) / (len(words) + _PRIOR_WORDS)
        means[language] = language_means(language) + share * topics[language] + (1 - share) * shared
    return means


def _unit(number: int, piece: _Raw, mean: Vectors, facts: Sequence[Fact]) -> Unit:
    weights = np.array([min(len(span), _LONGEST_WORD_WEIGHT) for span in piece.words], np.float32)
    return Unit(
        id=f"u{number}",
        article=piece.article,
        block=piece.block,
        place=number,
        clause=piece.clause,
        words=piece.words,
        vectors=to_unit(piece.vectors - mean),
        weights=weights / weights.sum(),
        contexts=piece.contexts,
        facts=tuple(fact for fact in facts if fact.holds_for(piece.clause.content)),
        heads=piece.heads,
    )
