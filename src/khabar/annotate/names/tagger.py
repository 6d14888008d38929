"""Tags the words of a sentence as names: a recurrent network on the encoder's vectors, then the best path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from khabar.cores import one_core
from khabar.encode.types import Vectors
from khabar.errors import ModelError
from khabar.model.mentions import NameKind

# Order of the network's outputs: outside, then begin and inside of each kind.
KINDS = (NameKind.PERSON, NameKind.PLACE, NameKind.ORGANISATION)
TAGS = ("O", *(f"{place}-{kind.value}" for kind in KINDS for place in "BI"))
WEIGHTS = "tagger.npz"
DIGEST = "086018c3"
NEVER = -1e4
WAYS, _PARTS = ("onward", "backward"), ("inner", "again", "bias")
_UNKNOWN = 0.2  # chance of each tag where nothing is known: enough for a country, not for a small city
_AT_ONCE = 1024  # words in one run of the network, padding counted: more would be mostly padding


@dataclass(frozen=True, slots=True)
class Direction:
    """One way through a sentence. Shapes: `inner` [joined, 4 * hidden], `again` [hidden, 4 * hidden]."""

    inner: Vectors
    again: Vectors
    bias: Vectors

    def run(self, joined: Vectors) -> Vectors:
        """The state after each word. Shapes: float32[n, length, joined] to float32[n, length, hidden]"""
        count, length, hidden = len(joined), joined.shape[1], len(self.again)
        gates = joined @ self.inner + self.bias
        states = np.zeros((count, length, hidden), np.float32)
        state, cell = np.zeros((count, hidden), np.float32), np.zeros((count, hidden), np.float32)
        for at in range(length):
            made = gates[:, at] + state @ self.again
            enter, forget, leave = (_sigmoid(made[:, n * hidden : (n + 1) * hidden]) for n in (0, 1, 3))
            cell = forget * cell + enter * np.tanh(made[:, 2 * hidden : 3 * hidden])
            state = leave * np.tanh(cell)
            states[:, at] = state
        return states


@dataclass(frozen=True, slots=True)
class Network:
    """One trained network. Shapes: `first` [n_features, joined], `last` [2 * hidden + joined, n_tags]"""

    first: Vectors
    first_bias: Vectors
    onward: Direction
    backward: Direction
    last: Vectors
    last_bias: Vectors

    def scores(self, features: list[Vectors]) -> Vectors:
        """Of sentences of about one length, side by side. Shapes: float32[n, length, n_tags]"""
        lengths = [len(part) for part in features]
        joined = np.zeros((len(features), max(lengths), self.first.shape[1]), np.float32)
        for row, part in enumerate(features):
            joined[row, : len(part)] = np.maximum(part @ self.first + self.first_bias, 0)
        onward, backward = self.onward.run(joined), self.backward.run(_turned(joined, lengths))
        both = np.concatenate([onward, _turned(backward, lengths), joined], axis=2)
        return np.asarray(both @ self.last + self.last_bias, np.float32)


@dataclass(frozen=True, slots=True)
class Tagger:
    """Networks whose scores are averaged, and the family of encoders on whose vectors they were trained.

    Shapes: `moves` [n_tags, n_tags]
    """

    version: str
    family: str
    networks: tuple[Network, ...]
    moves: Vectors

    @property
    def size(self) -> int:
        """How many features it takes."""
        return len(self.networks[0].first)

    def scores(self, features: Sequence[Vectors]) -> list[Vectors]:
        """What speaks for each tag, sentence by sentence. Shapes: float32[n_tokens, n_tags] each"""
        made = [np.zeros((len(part), len(TAGS)), np.float32) for part in features]
        for group in _groups([len(part) for part in features]):
            some = [features[number] for number in group]
            with one_core():
                scores = np.mean([network.scores(some) for network in self.networks], axis=0)
            for row, number in enumerate(group):
                made[number] = scores[row, : len(features[number])]
        return made


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
            return tagger_of({name: stored[name] for name in stored.files})


def warn_of(encoder: str, family: str) -> str | None:
    """What to tell the user of an encoder whose vectors the tagger cannot read; None where it can."""
    trained = load_tagger().family
    if family == trained:
        return None
    return (
        f"Names come from tables and patterns only: the tagger of names was trained on vectors of {trained}, "
        f"and the encoder {encoder} is of {f'the family {family}' if family else 'no known family'}."
    )


def tagger_of(stored: Mapping[str, NDArray[np.generic]]) -> Tagger:
    """The tagger that stored arrays hold: those of a network begin with its number."""
    part = {name: stored[name].astype(np.float32) for name in stored if name not in ("version", "family")}
    count = sum(name.endswith("_first") for name in part)
    networks = [
        _network_of({name[2:]: part[name] for name in part if name[0] == str(n)}) for n in range(count)
    ]
    return Tagger(str(stored["version"]), str(stored["family"]), tuple(networks), part["moves"])


def _network_of(part: dict[str, Vectors]) -> Network:
    onward, backward = (Direction(*(part[f"{way}_{name}"] for name in _PARTS)) for way in WAYS)
    return Network(part["first"], part["first_bias"], onward, backward, part["last"], part["last_bias"])


def tag_sentences(
    tagger: Tagger, features: Sequence[Vectors], families: AbstractSet[str]
) -> list[tuple[list[Tagged], Vectors]]:
    """Per sentence the names, in order and without overlap, and every token's chances of each tag.

    `families` are those of the encoders whose vectors these are. Of vectors that it was not trained on the
    tagger says nothing: only the tables speak then.
    Shapes: `features` float32[n_tokens, n_features] each; chances float32[n_tokens, n_tags]
    """
    fits = families <= {tagger.family} and all(part.shape[1] == tagger.size for part in features)
    if not fits:
        return [([], np.full((len(part), len(TAGS)), _UNKNOWN, np.float32)) for part in features]
    found = []
    for scores in tagger.scores(features):
        chances = tag_chances(scores, tagger.moves) if len(scores) else scores
        tags = best_tags(scores, tagger.moves) if len(scores) else np.zeros(0, np.intp)
        found.append((read_tags(tags, chances), chances))
    return found


def tag_chances(scores: Vectors, moves: Vectors) -> Vectors:
    """How likely each token has each tag, over all sequences of tags (forward and backward sums).

    Shapes: float32[n_tokens, n_tags]
    """
    start = _starts()
    before, after = np.zeros_like(scores), np.zeros_like(scores)
    before[0] = scores[0] + start
    for at in range(1, len(scores)):
        before[at] = scores[at] + _log_sum(before[at - 1][:, None] + moves, 0)
    for at in range(len(scores) - 2, -1, -1):
        after[at] = _log_sum(moves + scores[at + 1] + after[at + 1], 1)
    whole = before + after
    return np.asarray(np.exp(whole - _log_sum(whole, 1)[:, None]), np.float32)


def _log_sum(values: Vectors, axis: int) -> Vectors:
    most = values.max(axis=axis, keepdims=True)
    summed = np.log(np.exp(values - most).sum(axis=axis, keepdims=True)) + most
    return np.asarray(summed.squeeze(axis), np.float32)


def best_tags(scores: Vectors, moves: Vectors) -> NDArray[np.intp]:
    """The likeliest sequence of tags (Viterbi). A name is never entered from the middle."""
    best = scores[0] + _starts()
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


def _starts() -> Vectors:
    return np.array([NEVER if tag[0] == "I" else 0 for tag in TAGS], np.float32)


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


def _groups(lengths: list[int]) -> Iterator[list[int]]:
    """The numbers of the sentences with words, shortest first, as many at a time as one run takes."""
    group: list[int] = []
    for number in sorted((n for n, length in enumerate(lengths) if length), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[number] > _AT_ONCE:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _turned(rows: Vectors, lengths: list[int]) -> Vectors:
    """Each row from its own last word to its first, what pads it left behind."""
    turned = np.zeros_like(rows)
    for row, length in enumerate(lengths):
        turned[row, :length] = rows[row, :length][::-1]
    return turned


def _sigmoid(values: Vectors) -> Vectors:
    return np.asarray(0.5 * np.tanh(0.5 * values) + 0.5, np.float32)
