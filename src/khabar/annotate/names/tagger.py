"""Tags the words of a sentence as names: a small network on the encoder's vectors, then the best path."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors
from khabar.errors import ModelError
from khabar.model.mentions import NameKind

# Order of the network's outputs: outside, then begin and inside of each kind.
KINDS = (NameKind.PERSON, NameKind.PLACE, NameKind.ORGANISATION)
TAGS = ("O", *(f"{place}-{kind.value}" for kind in KINDS for place in "BI"))
WEIGHTS = "tagger.npz"
DIGEST = "94bcf03a"
_NEVER = -1e4
_UNKNOWN = 0.1  # chance of each tag where nothing is known: enough for a country, not for a small city


@dataclass(frozen=True, slots=True)
class Tagger:
    """Weights. Shapes: `inner` [n_features, hidden], `outer` [hidden, n_tags], `moves` [n_tags, n_tags]."""

    version: str
    inner: Vectors
    inner_bias: Vectors
    outer: Vectors
    outer_bias: Vectors
    moves: Vectors

    def scores(self, features: Vectors) -> Vectors:
        """Log probabilities of the tags. Shapes: float32[n_tokens, n_tags]"""
        hidden = np.maximum(features @ self.inner + self.inner_bias, 0)
        logits = hidden @ self.outer + self.outer_bias
        logits = logits - logits.max(axis=1, keepdims=True)
        return np.asarray(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)), np.float32)


@dataclass(frozen=True, slots=True)
class Tagged:
    """Tokens first to last (exclusive) that name something; `score` is the mean probability of the kind."""

    first: int
    last: int
    kind: NameKind
    score: float


@cache
def load_tagger() -> Tagger:
    """The tagger that ships with khabar.

    Errors: ModelError when the file is not the one that this version was released with.
    """
    data = resources.files("khabar.annotate.names").joinpath("tables", WEIGHTS)
    with resources.as_file(data) as path:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        if digest != DIGEST:
            raise ModelError(f"{WEIGHTS} has digest {digest}, expected {DIGEST}: install khabar again")
        with np.load(path) as stored:
            parts = {name: stored[name] for name in stored.files}
    version = str(parts.pop("version"))
    return Tagger(version, **{name: part.astype(np.float32) for name, part in parts.items()})


def tag_sentences(tagger: Tagger, features: Sequence[Vectors]) -> list[tuple[list[Tagged], Vectors]]:
    """Per sentence the names, in order and without overlap, and every token's chances of each tag.

    Of vectors that it was not trained on the tagger says nothing: only the tables speak then.
    All sentences go through the network at once: many small products cost more than one large.
    Shapes: `features` float32[n_tokens, n_features] each; chances float32[n_tokens, n_tags]
    """
    if not features:
        return []
    if any(part.shape[1] != len(tagger.inner) for part in features):
        return [([], np.full((len(part), len(TAGS)), _UNKNOWN, np.float32)) for part in features]
    scores = tagger.scores(np.concatenate(features))
    found = []
    for own in np.split(scores, np.cumsum([len(part) for part in features])[:-1]):
        chances = np.exp(own)
        tags = best_tags(own, tagger.moves) if len(own) else np.zeros(0, np.intp)
        found.append((read_tags(tags, chances), chances))
    return found


def best_tags(scores: Vectors, moves: Vectors) -> NDArray[np.intp]:
    """The likeliest sequence of tags (Viterbi). A name is never entered from the middle."""
    best = scores[0] + np.where([tag[0] == "I" for tag in TAGS], _NEVER, 0)
    back = np.zeros((len(scores), len(TAGS)), np.intp)
    for at in range(1, len(scores)):
        paths = best[:, None] + moves
        back[at] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[at]
    tags = np.zeros(len(scores), np.intp)
    tags[-1] = best.argmax()
    for at in range(len(scores) - 1, 0, -1):
        tags[at - 1] = back[at, tags[at]]
    return tags


def read_tags(tags: NDArray[np.intp], chances: Vectors) -> list[Tagged]:
    """Runs of tags as names."""
    found: list[Tagged] = []
    at = 0
    while at < len(tags):
        last = at + 1
        if tags[at]:
            kind = (int(tags[at]) - 1) // 2
            while last < len(tags) and tags[last] == 2 * kind + 2:
                last += 1
            score = float(chances[at:last, 2 * kind + 1 : 2 * kind + 3].sum(axis=1).mean())
            found.append(Tagged(at, last, KINDS[kind], score))
        at = last
    return found
