"""The words of a report that tell it from others, and how rare each is in any language."""

from __future__ import annotations

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from khabar.annotate.names.tokens import Token, find_tokens
from khabar.lang.fold import Fold, folded_text
from khabar.model.article import Article

# From here on a word of the table counts a little, and at the end wholly; in nats below certainty, as the
# encoder's vocabulary has words. Chosen in cross-validation on ECB+ (docs/decisions/grouping.md).
_COMMON, _RARE = 7.0, 13.0
_CASELESS_FROM = 0.5  # without capitals a word must be this rare to stand for a name
_SHORTEST = 2
_ADDRESSES = ("http", "www.")


def marked_words(article: Article) -> tuple[dict[str, int], frozenset[str]]:
    """The words that stand out, with counts, and the pairs of them that stand side by side.

    A word stands out by its capital, as a figure, or by being rare where its script has no capitals.
    """
    words: Counter[str] = Counter()
    pairs: set[str] = set()
    for sentence in article.sentences:
        text = sentence.span.of(article.text)
        if text.lstrip().lower().startswith(_ADDRESSES):
            continue
        for run in _runs(find_tokens(text)):
            words.update(run)
            pairs.update(f"{a} {b}" for a, b in pairwise(run))
    return dict(words), frozenset(pairs)


def _runs(tokens: Iterable[Token]) -> Iterator[list[str]]:
    """Marked words that follow each other without another word or mark between them."""
    run: list[str] = []
    for token in tokens:
        word = folded_text(token.text, Fold.SEARCH).lower()
        if (token.is_word or word.isdigit()) and _stands_out(token.text, word):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _stands_out(written: str, word: str) -> bool:
    first = written[0]
    if first.isdigit() or first.isupper():
        return True
    has_case = first.upper() != first.lower()
    return not has_case and len(word) >= _SHORTEST and rarity(word) >= _CASELESS_FROM


@lru_cache(maxsize=300_000)  # the same words stand in many reports
def rarity(word: str) -> float:
    """How much a word tells, from 0 (it stands everywhere) to 1; a word that the table lacks is rare."""
    return rarity_of(surprises().get(word))


def rarity_of(surprise: float | None) -> float:
    """How much tells what is so unlikely, in nats; what is unknown is rare."""
    return min(1.0, max(0.0, ((_RARE if surprise is None else surprise) - _COMMON) / (_RARE - _COMMON)))


@cache
def surprises() -> Mapping[str, float]:
    """Words to how unlikely they are. Built by evaluations/group/build_word_weights.py."""
    packed = files("khabar.group").joinpath("common_words.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return {word: int(tenths) / 10 for tenths, words in rows for word in words.split(" ")}


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of a report, each with its weight, rare words counting more, and with its rarity.

    `square` is the sum of the squared weights, `total` that of the rarities.
    """

    weights: Mapping[str, float]
    rarities: Mapping[str, float]
    square: float
    total: float


def weigh(counts: Mapping[str, int]) -> Weighed:
    """The words of these counts, a count as 1 + log. Source: Spärck Jones 1972."""
    rarities = {word: rarity(word) for word in counts}
    weights = {word: (1 + math.log(count)) * rarities[word] for word, count in counts.items()}
    return Weighed(
        weights, rarities, math.fsum(w * w for w in weights.values()), math.fsum(rarities.values())
    )


def shared_weight(a: Weighed, b: Weighed) -> float:
    """The share of what two sets of words hold that both hold, rare words counting more."""
    # fsum: the order in which a set is gone through differs from process to process, its sum does not.
    shared = math.fsum(a.rarities[word] for word in a.rarities.keys() & b.rarities.keys())
    whole = a.total + b.total - shared
    return min(1.0, shared / whole) if whole else 0.0


def likeness(a: Weighed, b: Weighed) -> float:
    """Cosine of two counts of words, rare words counting more."""
    norm = math.sqrt(a.square * b.square)
    shared = a.weights.keys() & b.weights.keys()
    return math.fsum(a.weights[word] * b.weights[word] for word in shared) / norm if norm else 0.0
