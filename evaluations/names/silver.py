"""Names of English sentences carried over to their translations: silver data for other languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluations.names.corpora import Corpus, Tagged
from evaluations.names.parts import MASKED, Part, encode
from khabar.annotate.names.features import cheap_features
from khabar.annotate.names.tagger import KINDS, Tagger, best_tags, read_tags, tag_chances
from khabar.annotate.names.tagger import Tagged as Name
from khabar.annotate.names.tokens import Token, find_tokens
from khabar.encode.types import Vectors

LANGUAGES = ("ar", "fa", "ru", "tr", "fr", "de", "es", "he", "ur", "ckb")
WEIGHT = 0.5
SURE = 0.6  # what the tagger must hold of an English name for it to be carried over
SURE_HERE = 0.8  # what it holds of a name that no English one stands behind: masked, not learnt
NEAR = 0.35  # cosine of two words that stand for each other, each the other's best
WIDEST_GAP = 2  # words within a carried name that stand for nothing


def load_silver(cache: Path) -> list[Part]:
    """The parts that `evaluations.names.project` wrote."""
    return [_part(language, cache, np.load(cache / f"silver_{language}.npy")) for language in LANGUAGES]


def read_side(folder: Path, language: str) -> list[str]:
    """The sentences of the translated news in a language, line by line the same."""
    rows = [line.split("\t") for line in (folder / "sentences.tsv").read_text("utf-8").split("\n") if line]
    if language in rows[0]:
        return [row[rows[0].index(language)] for row in rows[1:]]
    return (folder / "more" / f"{language}.txt").read_text("utf-8").removesuffix("\n").split("\n")


def encode_side(texts: list[str], language: str, cache: Path) -> Part:
    """The sentences as a part whose tags are all masked; vectors and cheap features are kept in the cache."""
    tokens = [find_tokens(text) for text in texts]
    starts = np.cumsum([0, *map(len, tokens)])
    file = cache / f"ntrex_{language}.npz"
    if not file.exists():
        vectors = encode([Tagged(text, ()) for text in texts], tokens, starts)
        cheap = np.concatenate([cheap_features(row) for row in tokens])
        np.savez(file, v=vectors, st=starts, cheap=cheap)
    return _part(language, cache, np.full(starts[-1], MASKED, np.int8))


def _part(language: str, cache: Path, tags: NDArray[np.int8]) -> Part:
    corpus = Corpus(f"ntrex_{language}", (), language, 99999, WEIGHT, trust_o=False)
    with np.load(cache / f"ntrex_{language}.npz") as kept:
        return Part(corpus, kept["v"], kept["cheap"], tags, kept["st"])


def carry_names(tagger: Tagger, english: Part, other: Part, words: list[list[Token]]) -> NDArray[np.int8]:
    """The tags of the other side; masked where nothing says whether there is a name. `words`: its tokens."""
    tags = np.full(len(other.tags), MASKED, np.int8)
    dim = english.vectors.shape[1] // 2
    means = [part.vectors[:, :dim].astype(np.float32).mean(0) for part in (english, other)]
    sides = [_names(tagger, part) for part in (english, other)]
    for number in range(len(other)):
        bounds = [(int(part.starts[number]), int(part.starts[number + 1])) for part in (english, other)]
        rows = [
            part.vectors[start:end, :dim].astype(np.float32) - mean
            for part, (start, end), mean in zip((english, other), bounds, means, strict=True)
        ]
        if all(map(len, rows)):
            pairs = _pairs(*rows)
            start, end = bounds[1]
            tags[start:end] = _carried(sides[0][number], sides[1][number], pairs, words[number])
    return tags


def _names(tagger: Tagger, part: Part) -> list[list[Name]]:
    bounds = list(zip(part.starts[:-1].tolist(), part.starts[1:].tolist(), strict=True))
    made = []
    for scores in tagger.scores([part.features(start, end) for start, end in bounds]):
        some = len(scores) > 0
        made.append(
            read_tags(best_tags(scores, tagger.moves), tag_chances(scores, tagger.moves)) if some else []
        )
    return made


def _pairs(one: Vectors, two: Vectors) -> dict[int, int]:
    """Words of the second sentence to those of the first that they stand for."""
    near = _unit(one) @ _unit(two).T
    here, there = near.argmax(1), near.argmax(0)
    return {j: int(i) for j, i in enumerate(there) if here[i] == j and near[i, j] >= NEAR}


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9), np.float32)


def _carried(
    english: list[Name], here: list[Name], pairs: dict[int, int], words: list[Token]
) -> NDArray[np.int8]:
    tags = np.full(len(words), 0, np.int8)
    doubtful = False
    for name in english:
        places = sorted(j for j, i in pairs.items() if name.first <= i < name.last and words[j].is_word)
        whole = bool(places) and places[-1] - places[0] < (name.last - name.first) + WIDEST_GAP
        if name.score < SURE or not whole:
            doubtful = True
            continue
        first, last = _as_here(places[0], places[-1] + 1, name, here)
        tags[first:last] = 2 + 2 * KINDS.index(name.kind)
        tags[first] -= 1
    for name in here:
        if not tags[name.first : name.last].any() and name.score >= SURE_HERE:
            tags[name.first : name.last] = MASKED
    if doubtful:  # an English name is somewhere among the words that stand for nothing sure
        tags[[j for j in range(len(words)) if tags[j] == 0 and j not in pairs]] = MASKED
    return tags


def _as_here(first: int, last: int, name: Name, here: list[Name]) -> tuple[int, int]:
    """The bounds of the tagger's own name there, where it sees one of that kind."""
    for own in here:
        if own.kind is name.kind and own.first < last and first < own.last:
            return own.first, own.last
    return first, last
