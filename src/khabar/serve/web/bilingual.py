"""A translation beside its original, sentence by sentence, with the words that have no partner marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from khabar.encode.centre import to_unit
from khabar.encode.types import Encoded, Vectors
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article, Block, Sentence
from khabar.model.mentions import NumberMention
from khabar.model.span import Span

# Sentences of the one side against those of the other that may stand together.
_STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1))
_MOST_SENTENCES = 200
# How many standard deviations above the mean of all pairs a pair must lie to stand together.
_ABOVE = 1.0
# Below this a word has no partner: looked at on one page of two languages, where translations of one another
# lay from .3 up and at .45 half of the marks stood on words that were rightly translated.
_PARTNERS_FROM = 0.3
_SHORTEST = 3
_DUAL = 2  # some languages say one and two by the ending of the noun
_SOUND_FROM = 0.5  # of the words that must have partners before the others are marked


@dataclass(frozen=True, slots=True)
class Bit:
    """Words of a sentence; `loose` where nothing on the other side corresponds."""

    text: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Sentences that say the same; one side is empty where nothing corresponds."""

    left: tuple[Bit, ...]
    right: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    context: Vectors
    counts: bool  # whether it carries content of its own


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its words. Shapes: `vectors` float32[n_words, dim], less the mean of its side."""

    span: Span
    vectors: Vectors
    words: tuple[_Word, ...]


def twins(article: Article) -> tuple[Block, Block] | None:
    """The two blocks of a page that tell the same in two languages, None where there are none."""
    found = [block for block in article.blocks if block.translates]
    return (found[0], found[1]) if len(found) >= 2 else None


def sentences_of(article: Article, block: Block) -> list[Sentence]:
    """The sentences that lie in a block."""
    inside = [one for one in article.sentences if block.span.contains(one.span)]
    return inside[:_MOST_SENTENCES]


def pair_sentences(
    article: Article,
    blocks: tuple[Block, Block],
    encoded: Mapping[str, Encoded],
    numbers: Sequence[NumberMention] = (),
) -> tuple[Pair, ...]:
    """The sentences of both blocks in pairs, in their order; `encoded` is by the sentences' ids.

    A number of `numbers` is marked where the other side has none of its value, other words by the encoder.

    Source of the alignment: dynamic programming over groups of sentences (Gale and Church 1993), with the
    nearness of their words in place of their lengths.
    """
    left, right = (_lines(article, sentences_of(article, block), encoded) for block in blocks)
    nearness = _nearness(left, right)
    steps = _best_way(nearness) if left and right else [(len(left), len(right))]
    pairs, i, j = [], 0, 0
    for a, b in steps:
        pairs.append(_pair(article, left[i : i + a], right[j : j + b], numbers))
        i, j = i + a, j + b
    return tuple(pairs)


def _lines(article: Article, sentences: Sequence[Sentence], encoded: Mapping[str, Encoded]) -> list[_Line]:
    known = [encoded[one.id].words for one in sentences]
    every = [words.top for words in known if len(words.spans)]
    mean = np.concatenate(every).mean(axis=0) if every else 0.0
    return [_line(article.text, one, encoded[one.id], mean) for one in sentences]


def _line(text: str, sentence: Sentence, encoded: Encoded, mean: Vectors | float) -> _Line:
    words = encoded.words
    if not words.spans:
        return _Line(sentence.span, words.top, ())
    contexts = to_unit(words.middle - words.middle.mean(axis=0))
    spans = [span.moved(sentence.span.start) for span in words.spans]
    made = [
        _Word(span, context, _has_content(span.of(text), sentence.language))
        for span, context in zip(spans, contexts, strict=True)
    ]
    return _Line(sentence.span, to_unit(words.top - mean), tuple(made))


def _has_content(word: str, language: str) -> bool:
    hits = lexicon(language, "function_words").find(word)
    return len(word) >= _SHORTEST and not any(len(hit.span) == len(word) for hit in hits)


def _nearness(left: Sequence[_Line], right: Sequence[_Line]) -> Vectors:
    """How near each sentence is to each of the other side, by the words' best partners both ways."""
    found = np.zeros((len(left), len(right)), np.float32)
    for i, one in enumerate(left):
        for j, other in enumerate(right):
            if len(one.vectors) and len(other.vectors):
                cosines = one.vectors @ other.vectors.T
                found[i, j] = (cosines.max(axis=1).mean() + cosines.max(axis=0).mean()) / 2
    return found


def _best_way(nearness: Vectors) -> list[tuple[int, int]]:
    """The steps through both texts whose pairs lie highest above what any two sentences have."""
    gain = nearness - (nearness.mean() + _ABOVE * nearness.std())
    rows, columns = gain.shape
    best = np.full((rows + 1, columns + 1), -np.inf)
    step = np.zeros((rows + 1, columns + 1), int)
    best[0, 0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1):
            for number, (a, b) in enumerate(_STEPS):
                if i >= a and j >= b and best[i - a, j - b] + _gain(gain, i, j, a, b) > best[i, j]:
                    best[i, j], step[i, j] = best[i - a, j - b] + _gain(gain, i, j, a, b), number
    way, i, j = list[tuple[int, int]](), rows, columns
    while i or j:
        a, b = _STEPS[step[i, j]]
        way.append((a, b))
        i, j = i - a, j - b
    return way[::-1]


def _gain(gain: Vectors, i: int, j: int, a: int, b: int) -> float:
    """What sentences that end before `i` and `j` gain by standing together."""
    return float(gain[i - a : i, j - b : j].mean() * max(a, b)) if a and b else 0.0


def _pair(
    article: Article, left: Sequence[_Line], right: Sequence[_Line], numbers: Sequence[NumberMention]
) -> Pair:
    if not left or not right:
        return Pair(_bits(article.text, left, ()), _bits(article.text, right, ()))
    ours, theirs = ([word for line in lines for word in line.words] for lines in (left, right))
    loose = [
        [word.span for n, word in enumerate(words) if n not in held]
        for words, held in zip((ours, theirs), _partners(ours, theirs), strict=True)
    ]
    told = [one for one in numbers if one.value > _DUAL or any(map(str.isdecimal, one.text))]
    counted = [[one for one in told if _lies_in(one.span, lines)] for lines in (left, right)]
    named = [[one for one in article.names if _lies_in(one.span, lines)] for lines in (left, right)]
    both = {one.entity for one in named[0]} & {one.entity for one in named[1]} - {None}
    for mine, other, names, spans in zip(counted, counted[::-1], named, loose, strict=True):
        values = {one.value for one in other}
        known = [one.span for one in mine] + [one.span for one in names if one.entity in both]
        spans[:] = [span for span in spans if not any(one.overlap(span) for one in known)]
        spans += [one.span for one in mine if one.value not in values]
    return Pair(_bits(article.text, left, loose[0]), _bits(article.text, right, loose[1]))


def _lies_in(span: Span, lines: Sequence[_Line]) -> bool:
    return any(line.span.contains(span) for line in lines)


def _partners(left: Sequence[_Word], right: Sequence[_Word]) -> tuple[set[int], set[int]]:
    """The words of both sides that need no mark: those with a partner, and all where too few have one.

    Source: nearest neighbours of middle-layer vectors (Jalili Sabet et al. 2020, SimAlign).
    """
    if not left or not right:
        return set(range(len(left))), set(range(len(right)))
    cosines = np.array([one.context for one in left]) @ np.array([one.context for one in right]).T
    held = (
        {n for n, near in enumerate(cosines.max(axis=1)) if near >= _PARTNERS_FROM or not left[n].counts},
        {n for n, near in enumerate(cosines.max(axis=0)) if near >= _PARTNERS_FROM or not right[n].counts},
    )
    sound = all(len(some) >= _SOUND_FROM * len(side) for some, side in zip(held, (left, right), strict=True))
    return held if sound else (set(range(len(left))), set(range(len(right))))


def _bits(text: str, lines: Sequence[_Line], loose: Sequence[Span]) -> tuple[Bit, ...]:
    if not lines:
        return ()
    found, at = list[Bit](), lines[0].span.start
    for span in sorted(loose):
        if span.start >= at:
            found += [Bit(text[at : span.start]), Bit(span.of(text), True)]
            at = span.end
    return tuple(bit for bit in (*found, Bit(text[at : lines[-1].span.end])) if bit.text)
