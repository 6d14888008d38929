"""A learned second opinion on two clauses: do they say the same, contradict each other, or neither?

It is evidence beside what is found by other means and decides nothing alone. A small network sets each word
of one clause against the words of the other (Parikh et al. 2016, "A Decomposable Attention Model"), on
vectors of the encoder and signs of what the words are. Weights: evaluations/compare/train_contradiction.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from khabar.encode.types import Vectors, Words
from khabar.errors import ModelError
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages

TABLE = "contradiction.npz"
DIGEST = "f48c39aa"
MOST_WORDS = 80
SIGNS = 6
_SHARED = 3  # the first signs tell what both texts share
# Equal beginnings stand for a common stem.
_STEM = 4
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Side:
    """A clause or short text with its words, and one vector of the whole. Shapes: `vector` float32[dim]"""

    text: str
    language: str
    words: Words
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each answer is; they add up to 1."""

    same: float
    contradicting: float
    other: float


@dataclass(frozen=True, slots=True)
class Basis:
    """The directions that word vectors are seen along. Shapes: `mean` [dim], `axes` [dim, n_axes]"""

    mean: Vectors
    axes: Vectors

    def project(self, vectors: Vectors) -> Vectors:
        """Shapes: float32[n, dim] to float32[n, n_axes]"""
        seen = (_unit(vectors) - self.mean) @ self.axes
        return seen.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the network looks at. Shapes: `a`, `b` float32[n_words, n_features]; `whole` float32[2 * dim]"""

    a: Vectors
    b: Vectors
    whole: Vectors


Layer = tuple[Vectors, Vectors]
LAYERS: Sequence[str] = ("seen", "near", "compared", "compared again", "whole", "joined")


@dataclass(frozen=True, slots=True)
class Network:
    """One trained network: `layers` by the names of `LAYERS`, and a last layer by language learnt from."""

    layers: Mapping[str, Layer]
    answers: Mapping[str, Layer]

    def answers_for(self, languages: Sequence[str]) -> list[Layer]:
        """The last layers of these languages; those of all where none was learnt from."""
        known = [self.answers[code] for code in dict.fromkeys(languages) if code in self.answers]
        return known or list(self.answers.values())


@dataclass(frozen=True, slots=True)
class Model:
    """The shipped networks, whose opinions are averaged, and the encoder family that they can read."""

    family: str
    middle: Basis
    top: Basis
    networks: tuple[Network, ...]

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it learnt from."""
        return frozenset(code for network in self.networks for code in network.answers)


def judge(a: Side, b: Side, family: str) -> Opinion | None:
    """The opinion on two clauses of one language that was learnt from.

    None where a side has no words, the encoder is not that of training, or the languages are others: over
    translations into English it says next to nothing, and wrongly contradicts more often than it is right.
    """
    model = load_model()
    learnt = a.language == b.language and a.language in model.languages
    return judge_by(model, a, b) if learnt and family == model.family else None


def judge_for(family: str) -> Callable[[Side, Side], Opinion | None]:
    """What gives opinions on the vectors of this encoder family."""
    return lambda a, b: judge(a, b, family)


def judge_by(model: Model, a: Side, b: Side) -> Opinion | None:
    """The opinion of this model; None where a side has no words."""
    if not len(a.words.spans) or not len(b.words.spans):
        return None
    made, languages = make_inputs(a, b, model.middle, model.top), (a.language, b.language)
    shares: Vectors = np.mean([_run(network, made, languages) for network in model.networks], axis=0)
    return Opinion(*(float(share) for share in shares))


def make_inputs(a: Side, b: Side, middle: Basis, top: Basis) -> Inputs:
    """Both sides as the network takes them; words beyond `MOST_WORDS` are left out."""
    signs = (word_signs(a, b), word_signs(b, a))
    seen = [_seen(side.words, middle, top) for side in (a, b)]
    with_signs = [np.concatenate(pair, axis=1) for pair in zip(seen, signs, strict=True)]
    whole = np.concatenate([10 * np.abs(a.vector - b.vector), 100 * a.vector * b.vector])
    return Inputs(with_signs[0], with_signs[1], whole.astype(np.float32))


def _seen(words: Words, middle: Basis, top: Basis) -> Vectors:
    sides = (middle.project(words.middle[:MOST_WORDS]), top.project(words.top[:MOST_WORDS]))
    seen: Vectors = 2 * np.concatenate(sides, axis=1)
    return seen.astype(np.float32)


def word_signs(own: Side, other: Side) -> Vectors:
    """What each word is. Shapes: float32[n_words, 6]: stands in the other text; stands there but for what is
    written onto it; begins like a word there; has a digit; denies; carries no content of its own.
    """
    mine, theirs = forms_of(own), forms_of(other)
    whole, bare = set(theirs), {_bare(form, other.language) for form in theirs}
    stems = {form[:_STEM] for form in theirs if len(form) >= _STEM}
    rows = [
        (
            form in whole,
            _bare(form, own.language) in bare,
            len(form) >= _STEM and form[:_STEM] in stems,
            any(char.isdigit() for char in form),
            _is_in(form, own.language, "negation"),
            _is_in(form, own.language, "function_words"),
        )
        for form in mine
    ]
    return np.array(rows, np.float32).reshape(-1, SIGNS)


def forms_of(side: Side) -> list[str]:
    """The words as search folds them."""
    return [folded_text(span.of(side.text), Fold.SEARCH) for span in side.words.spans[:MOST_WORDS]]


@cache
def _bare(form: str, language: str) -> str:
    """The word without the longest thing that is written onto its front, where enough of it is left."""
    clitics = sorted(load_languages().pack(language).clitics, key=len, reverse=True)
    for clitic in clitics:
        if form.startswith(clitic) and len(form) - len(clitic) >= _STEM - 1:
            return form[len(clitic) :]
    return form


@cache
def _is_in(form: str, language: str, table: str) -> bool:
    return any(len(hit.span) == len(form) for hit in lexicon(language, table).find(form))


def _run(network: Network, made: Inputs, languages: Sequence[str]) -> Vectors:
    """The chance of each answer. Shapes: float32[3]"""
    layers = network.layers
    a, b = (np.tanh(_linear(layers["seen"], side)) for side in (made.a, made.b))
    near: Vectors = (_bent(layers["near"], a) @ _bent(layers["near"], b).T / 8).astype(np.float32)
    pooled = [
        _pool(layers, own, _softmax(nearness) @ other)
        for own, other, nearness in ((a, b, near), (b, a, near.T))
    ]
    shared = np.concatenate([side[:, -SIGNS:][:, :_SHARED].mean(axis=0) for side in (made.a, made.b)])
    whole = np.tanh(_linear(layers["whole"], np.concatenate([made.whole, 2 * shared])))
    last = _bent(layers["joined"], np.concatenate([*pooled, whole]))
    answers = [_softmax(_linear(layer, last)) for layer in network.answers_for(languages)]
    mean: Vectors = np.mean(answers, axis=0)
    return mean


def _pool(layers: Mapping[str, Layer], own: Vectors, there: Vectors) -> Vectors:
    """What comes of holding each word against what it meets on the other side: mean and greatest."""
    held = np.concatenate([own, there, np.abs(own - there), own * there], axis=1)
    compared = _bent(layers["compared again"], _bent(layers["compared"], held))
    return np.concatenate([compared.mean(axis=0), compared.max(axis=0)])


def _linear(layer: Layer, values: Vectors) -> Vectors:
    made: Vectors = values @ layer[0] + layer[1]
    return made


def _bent(layer: Layer, values: Vectors) -> Vectors:
    return np.maximum(_linear(layer, values), 0)


def _softmax(values: Vectors) -> Vectors:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    shares: Vectors = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + _TINY)
    return unit


@cache
def load_model() -> Model:
    """The shipped model. Errors: ModelError when the file is another than the one that was measured."""
    file = files("khabar.compare").joinpath("tables", TABLE)
    data = file.read_bytes()
    found = hashlib.sha256(data).hexdigest()[:8]
    if found != DIGEST:
        raise ModelError(f"{TABLE} has the digest {found}, not {DIGEST}. Install khabar again.")
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        values = {name: stored[name] for name in stored.files}
    return model_of(values)


def model_of(values: Mapping[str, np.ndarray]) -> Model:
    """The model that these arrays are, as the training script names them."""

    def wide(name: str) -> Vectors:
        return values[name].astype(np.float32)

    middle, top = (Basis(wide(f"{name} mean"), wide(f"{name} axes")) for name in ("middle", "top"))
    networks = tuple(_network(values, number) for number in range(int(values["networks"])))
    return Model(str(values["family"]), middle, top, networks)


def _network(values: Mapping[str, np.ndarray], number: int) -> Network:
    def layer(name: str) -> Layer:
        weight, bias = (values[f"{number} {name} {part}"] for part in ("weight", "bias"))
        return weight.astype(np.float32), bias.astype(np.float32)

    learnt = [str(code) for code in values["languages"]]
    return Network({name: layer(name) for name in LAYERS}, {code: layer(f"answer {code}") for code in learnt})
