"""The tagged corpora with the encoder's vectors, and how well a tagger does on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluations.names.corpora import Corpus, Tagged, read_corpus
from khabar.annotate.names.features import cheap_features
from khabar.annotate.names.tagger import KINDS, Tagger, best_tags, read_tags
from khabar.annotate.names.tokens import Token, find_tokens, token_vectors
from khabar.encode.load import load_encoder
from khabar.encode.types import Vectors

KIND_NAMES = tuple(kind.value for kind in KINDS)
MASKED = -1
Names = set[tuple[int, int, str]]
Figures = dict[str, tuple[float, float, float]]
Scorer = Callable[[list[Vectors]], list[Vectors]]


@dataclass(frozen=True)
class Part:
    """A corpus, encoded. Shapes: vectors float16[n_tokens, 2 * dim]; tags int8, -1 where masked."""

    corpus: Corpus
    vectors: NDArray[np.float16]
    cheap: Vectors
    tags: NDArray[np.int8]
    starts: NDArray[np.int64]  # of sentences, one more for the end

    def __len__(self) -> int:
        return len(self.starts) - 1

    def features(self, start: int, end: int) -> Vectors:
        """The tagger's input for these tokens."""
        here = slice(start, end)
        return np.concatenate([self.vectors[here].astype(np.float32), self.cheap[here]], axis=1)


def load(corpus: Corpus, folder: Path, cache: Path) -> Part:
    """The corpus with its vectors, from the cache where they are there."""
    texts = read_corpus(corpus, folder)
    tokens = [find_tokens(text.text) for text in texts]
    starts = np.cumsum([0, *map(len, tokens)])
    path = cache / f"{corpus.name}.npy"
    if not path.exists():
        np.save(path, encode(texts, tokens, starts))
    vectors = np.load(path)
    assert len(vectors) == starts[-1], f"{path} was made with other tokens: delete it"
    tags = np.concatenate([_tags(text, row, corpus.trust_o) for text, row in zip(texts, tokens, strict=True)])
    return Part(corpus, vectors, np.concatenate([cheap_features(row) for row in tokens]), tags, starts)


def encode(
    texts: Sequence[Tagged], tokens: list[list[Token]], starts: NDArray[np.int64]
) -> NDArray[np.float16]:
    """The encoder's vectors of all tokens. Shapes: float16[n_tokens, 2 * dim]"""
    encoder = load_encoder(keep_mb=0)
    out = np.zeros((starts[-1], 2 * encoder.dim), np.float16)
    for first in range(0, len(texts), 512):
        words = encoder.words([text.text for text in texts[first : first + 512]])
        for at, each in enumerate(words, first):
            out[starts[at] : starts[at + 1]] = np.concatenate(token_vectors(tokens[at], each), axis=1)
    return out


def _tags(text: Tagged, tokens: list[Token], trust_o: bool) -> NDArray[np.int8]:
    tags = np.full(len(tokens), 0 if trust_o else MASKED, np.int8)
    for start, end, kind in text.names:
        inside = [i for i, token in enumerate(tokens) if token.span.start < end and start < token.span.end]
        for n, i in enumerate(inside):
            tags[i] = 1 + 2 * KIND_NAMES.index(kind) + (n > 0)
    return tags


def tail(part: Part) -> range:
    """The last tenth of a corpus in file order, other documents than the rest; all of a test set."""
    n = len(part)
    return range(n) if part.corpus.name.endswith("_test") else range(n - n // 10, n)


def head(part: Part) -> range:
    """What is trained on."""
    return range(0 if part.corpus.name.endswith("_test") else len(part) - len(part) // 10)


def measure(score: Scorer, moves: Vectors, part: Part, sentences: range) -> Figures:
    """Precision, recall and F1 per kind, exact spans."""
    counts: dict[str, Counter[str]] = {"gold": Counter(), "found": Counter(), "right": Counter()}
    bounds = [(int(part.starts[s]), int(part.starts[s + 1])) for s in sentences]
    bounds = [(start, end) for start, end in bounds if end > start]
    scores = score([part.features(start, end) for start, end in bounds])
    for (start, end), own in zip(bounds, scores, strict=True):
        gold, found = names_of(part.tags[start:end]), names_of(best_tags(own, moves))
        for key, names in (("gold", gold), ("found", found), ("right", gold & found)):
            counts[key].update(kind for _, _, kind in names)
            counts[key]["all"] += len(names)
    return {
        kind: _f1(*(counts[key][kind] for key in ("right", "found", "gold"))) for kind in (*KIND_NAMES, "all")
    }


def names_of(tags: NDArray[np.generic]) -> Names:
    """The names that a sequence of tags means, by first and last token."""
    known = np.maximum(tags.astype(np.intp), 0)
    nothing = np.zeros((len(known), 7), np.float32)
    return {(name.first, name.last, name.kind.value) for name in read_tags(known, nothing)}


def _f1(right: int, found: int, gold: int) -> tuple[float, float, float]:
    p, r = right / max(found, 1), right / max(gold, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def show(title: str, figures: Figures) -> None:
    """Prints precision, recall and F1 by kind."""
    cells = "  ".join(f"{kind[:6]} {p:.2f}/{r:.2f}/{f:.3f}" for kind, (p, r, f) in figures.items())
    print(f"{title:40} {cells}", flush=True)


def show_all(tagger: Tagger, parts: Sequence[Part], whole: bool) -> None:
    """Prints the figures of a tagger, as the shipped code computes them, on what was not trained on."""
    for part in parts:
        if part.corpus.trust_o and not part.corpus.capitals:
            sentences = range(len(part)) if whole else tail(part)
            show(part.corpus.name, measure(tagger.scores, tagger.moves, part, sentences))
