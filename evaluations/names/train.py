"""Trains the tagger of names and prints its figures.

    python -m evaluations.names.train ../shared/data/ner CACHE            # figures only
    python -m evaluations.names.train ../shared/data/ner CACHE --ship     # and writes the weights

CACHE is a folder for the encoder's vectors (about 1.4 GB), filled on the first run. The data may be used
for a model that ships (see README.md here). Words that MultiCoNER leaves untagged are masked.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluations.names.corpora import CORPORA, Corpus, Tagged, read_corpus
from khabar.annotate.names import tagger as tagger_module
from khabar.annotate.names.features import CHEAP, cheap_features
from khabar.annotate.names.tagger import KINDS, TAGS, Tagger, best_tags, read_tags
from khabar.annotate.names.tokens import find_tokens, token_vectors

SEED, HIDDEN, ROUNDS, BATCH, RATE, DROP, DECAY = 13, 256, 5, 512, 1.5e-3, 0.4, 1e-5
NAMELESS = 0.35  # share of the sentences without a name that are trained on
SHARPNESS = 0.5  # how far the tags' moves count beside the network
VERSION = "1"
HELD_OUT = {"wojood", "pud", "parstwiner_test", "ewt_test"}
KIND_NAMES = tuple(kind.value for kind in KINDS)


@dataclass
class Part:
    """A corpus, encoded. Shapes: vectors float16[n_tokens, 2 * dim]; tags int8, -1 where masked."""

    corpus: Corpus
    vectors: np.ndarray
    cheap: np.ndarray
    tags: np.ndarray
    starts: np.ndarray  # of sentences, one more for the end

    def rows(self, sentences: np.ndarray) -> np.ndarray:
        return np.concatenate([np.arange(self.starts[s], self.starts[s + 1]) for s in sentences])


def load(corpus: Corpus, folder: Path, cache: Path) -> Part:
    """The corpus with its vectors, from the cache where they are there."""
    texts = read_corpus(corpus, folder)
    tokens = [find_tokens(text.text) for text in texts]
    starts = np.cumsum([0, *map(len, tokens)])
    path = cache / f"{corpus.name}.npy"
    if not path.exists():
        np.save(path, _encode(texts, tokens, starts))
    vectors = np.load(path)
    assert len(vectors) == starts[-1], f"{path} was made with other tokens: delete it"
    tags = np.concatenate([_tags(text, row, corpus.trust_o) for text, row in zip(texts, tokens, strict=True)])
    cheap = np.concatenate([cheap_features(row) for row in tokens])
    return Part(corpus, vectors, cheap, tags, starts)


def _encode(texts: list[Tagged], tokens: list, starts: np.ndarray) -> np.ndarray:
    from khabar.encode.load import load_encoder  # noqa: PLC0415

    encoder = load_encoder()
    out = np.zeros((starts[-1], 768), np.float16)
    for first in range(0, len(texts), 512):
        words = encoder.words([text.text for text in texts[first : first + 512]])
        for at, each in enumerate(words, first):
            out[starts[at] : starts[at + 1]] = np.concatenate(token_vectors(tokens[at], each), axis=1)
    return out


def _tags(text: Tagged, tokens: list, trust_o: bool) -> np.ndarray:
    tags = np.full(len(tokens), 0 if trust_o else -1, np.int8)
    for start, end, kind in text.names:
        inside = [i for i, token in enumerate(tokens) if token.span.start < end and start < token.span.end]
        for n, i in enumerate(inside):
            tags[i] = 1 + 2 * KIND_NAMES.index(kind) + (n > 0)
    return tags


class Network:
    """One hidden layer, trained by Adam on standardised features."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.rng = rng
        self.weights = [
            rng.normal(0, (2 / size) ** 0.5, (size, HIDDEN)).astype(np.float32),
            np.zeros(HIDDEN, np.float32),
            rng.normal(0, (1 / HIDDEN) ** 0.5, (HIDDEN, len(TAGS))).astype(np.float32),
            np.zeros(len(TAGS), np.float32),
        ]
        self.first = [np.zeros_like(w) for w in self.weights]
        self.second = [np.zeros_like(w) for w in self.weights]
        self.step = 0

    def learn(self, x: np.ndarray, y: np.ndarray, weight: np.ndarray, rate: float) -> float:
        w, b, v, c = self.weights
        raw = x @ w + b
        keep = (raw > 0) * (self.rng.random(raw.shape, np.float32) > DROP) / (1 - DROP)
        hidden = raw * keep
        logits = hidden @ v + c
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        loss = float((-np.log(p[np.arange(len(y)), y] + 1e-9) * weight).mean())
        p[np.arange(len(y)), y] -= 1
        g = (p * weight[:, None] / len(y)).astype(np.float32)
        back = ((g @ v.T) * keep).astype(np.float32)
        self._move([x.T @ back, back.sum(0), hidden.T @ g, g.sum(0)], rate)
        return loss

    def _move(self, gradients: list[np.ndarray], rate: float) -> None:
        self.step += 1
        for w, g, m, s in zip(self.weights, gradients, self.first, self.second, strict=True):
            np.add(m, 0.1 * (g - m), out=m)
            np.add(s, 0.001 * (g * g - s), out=s)
            mean, spread = m / (1 - 0.9**self.step), np.sqrt(s / (1 - 0.999**self.step))
            np.subtract(w, rate * (mean / (spread + 1e-8) + DECAY * w), out=w)


def gather(part: Part, rows: np.ndarray) -> np.ndarray:
    """The features of some tokens, as `build_features` lays them out."""
    ends = np.zeros(len(part.tags) + 1, bool)
    ends[part.starts] = True
    here = part.vectors[rows]
    before = part.vectors[np.maximum(rows - 1, 0)] * ~ends[rows][:, None]
    after = part.vectors[np.minimum(rows + 1, len(part.tags) - 1)] * ~ends[rows + 1][:, None]
    return np.concatenate([here, before, after, part.cheap[rows]], axis=1).astype(np.float32)


def train(parts: list[tuple[Part, np.ndarray]]) -> Tagger:
    """A tagger from these sentences of these parts."""
    rng = np.random.default_rng(SEED)
    index = []
    for number, (part, sentences) in enumerate(parts):
        rows = part.rows(np.array([s for s in sentences if _is_wanted(part, s, rng)]))
        rows = rows[part.tags[rows] >= 0]
        index.append(np.stack([np.full(len(rows), number), rows], axis=1))
    order = np.concatenate(index)
    sample = order[rng.permutation(len(order))[:20000]]
    x = _batch(parts, sample)[0]
    mean, spread = x.mean(0), x.std(0) + 0.05
    network = Network(x.shape[1], rng)
    steps = ROUNDS * (len(order) // BATCH)
    print("  training on", len(order), "tokens", flush=True)
    for _ in range(ROUNDS):
        shuffled = order[rng.permutation(len(order))]
        print("  round", flush=True)
        for first in range(0, len(order) - BATCH + 1, BATCH):
            x, y, weight = _batch(parts, shuffled[first : first + BATCH])
            rate = RATE * (1 - network.step / (steps + 1))
            network.learn((x - mean) / spread, y, weight, rate)
    w, b, v, c = network.weights
    inner = w / spread[:, None]
    return Tagger(VERSION, inner, b - mean @ inner, v, c, moves(parts))


def _is_wanted(part: Part, sentence: int, rng: np.random.Generator) -> bool:
    named = (part.tags[part.starts[sentence] : part.starts[sentence + 1]] > 0).any()
    return bool(named) or rng.random() < NAMELESS


def _batch(
    parts: list[tuple[Part, np.ndarray]], picks: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    xs, ys, ws = [], [], []
    for number in np.unique(picks[:, 0]):
        part = parts[number][0]
        rows = picks[picks[:, 0] == number, 1]
        xs.append(gather(part, rows))
        ys.append(part.tags[rows])
        ws.append(np.full(len(rows), part.corpus.weight, np.float32))
    return np.concatenate(xs), np.concatenate(ys).astype(np.intp), np.concatenate(ws)


def moves(parts: list[tuple[Part, np.ndarray]]) -> np.ndarray:
    """Scores of going from one tag to the next: log of how much oftener than by chance."""
    counts = np.ones((len(TAGS), len(TAGS)))
    for part, sentences in parts:
        for s in sentences if part.corpus.trust_o else ():
            tags = part.tags[part.starts[s] : part.starts[s + 1]]
            np.add.at(counts, (tags[:-1], tags[1:]), 1)
    scores = SHARPNESS * np.log(counts / counts.sum(0) / counts.sum(1, keepdims=True) * counts.sum())
    for a, one in enumerate(TAGS):
        for b, two in enumerate(TAGS):
            if two[0] == "I" and (one == "O" or one[2:] != two[2:]):
                scores[a, b] = -1e4
    return scores.astype(np.float32)


def measure(tagger: Tagger, part: Part, sentences: np.ndarray) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 per kind, exact spans."""
    counts: dict[str, Counter] = {"gold": Counter(), "found": Counter(), "right": Counter()}
    for first in range(0, len(sentences), 200):
        some = sentences[first : first + 200]
        scores = tagger.scores(gather(part, part.rows(some)))
        at = 0
        for s in some:
            size = part.starts[s + 1] - part.starts[s]
            own = scores[at : at + size]
            at += size
            if not size:
                continue
            gold = _names(part.tags[part.starts[s] : part.starts[s + 1]].astype(np.intp), own)
            found = _names(best_tags(own, tagger.moves), own)
            for key, names in (("gold", gold), ("found", found), ("right", gold & found)):
                counts[key].update(kind for _, _, kind in names)
                counts[key].update("all" for _ in names)
    return {
        kind: _f1(*(counts[key][kind] for key in ("right", "found", "gold"))) for kind in (*KIND_NAMES, "all")
    }


def _names(tags: np.ndarray, scores: np.ndarray) -> set[tuple[int, int, str]]:
    return {
        (name.first, name.last, name.kind.value) for name in read_tags(np.maximum(tags, 0), np.exp(scores))
    }


def _f1(right: int, found: int, gold: int) -> tuple[float, float, float]:
    p, r = right / max(found, 1), right / max(gold, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def show(title: str, figures: dict[str, tuple[float, float, float]]) -> None:
    cells = "  ".join(f"{kind[:6]} {p:.2f}/{r:.2f}/{f:.3f}" for kind, (p, r, f) in figures.items())
    print(f"{title:40} {cells}", flush=True)


def tail(part: Part) -> np.ndarray:
    """The last tenth of a corpus in file order: other documents than the rest."""
    n = len(part.starts) - 1
    return np.arange(n - n // 10, n)


def head(part: Part) -> np.ndarray:
    n = len(part.starts) - 1
    return np.arange(n - n // 10)


def whole(part: Part) -> np.ndarray:
    return np.arange(len(part.starts) - 1)


def ship(tagger: Tagger, parts: list[Part]) -> None:
    """Writes the weights into the package and their digest into the tagger's module."""
    module = Path(tagger_module.__file__)
    out = module.parent / "tables" / tagger_module.WEIGHTS
    names = ("inner", "inner_bias", "outer", "outer_bias", "moves")
    stored = {
        name: getattr(tagger, name).astype(np.float16 if name == "inner" else np.float32) for name in names
    }
    data = " ".join(f"{part.corpus.name}:{len(part.starts) - 1}" for part in parts)
    np.savez_compressed(out, version=f"{tagger.version} seed={SEED} data={data}", **stored)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()[:8]
    module.write_text(re.sub(r'DIGEST = ".*"', f'DIGEST = "{digest}"', module.read_text()))
    print(f"{out.name}: {out.stat().st_size / 1e6:.2f} MB, digest {digest}")


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("folder", type=Path)
    ask.add_argument("cache", type=Path)
    ask.add_argument("--ship", action="store_true")
    ask.add_argument("--cross", nargs="*", default=[], help="leave these corpora out, test on them")
    asked = ask.parse_args()
    parts = [load(corpus, asked.folder, asked.cache) for corpus in CORPORA]
    print("loaded", sum(len(part.tags) for part in parts), "tokens,", CHEAP, "cheap features", flush=True)
    for group in asked.cross:
        out = group.split("+")
        begun = time.time()
        tagger = train([(part, whole(part)) for part in parts if part.corpus.name not in out])
        for part in parts:
            if part.corpus.name in out:
                show(f"trained without, tested on {part.corpus.name}", measure(tagger, part, whole(part)))
        print(f"  {time.time() - begun:.0f} s")
    tested = [part for part in parts if part.corpus.trust_o]
    tagger = train([(p, head(p)) for p in parts if not p.corpus.name.endswith("_test")])
    for part in tested:
        rows = whole(part) if part.corpus.name.endswith("_test") else tail(part)
        show(f"held out tenth of {part.corpus.name}", measure(tagger, part, rows))
    if asked.ship:  # the weights that were measured, so that the figures are theirs
        ship(tagger, [part for part in parts if not part.corpus.name.endswith("_test")])


if __name__ == "__main__":
    main()
