"""Trains one network of the tagger of names and prints its figures. Needs PyTorch.

    python -m evaluations.names.train ../shared/data/ner CACHE                  # figures only
    python -m evaluations.names.train ../shared/data/ner CACHE --cross anercorp # left out, then tested on
    python -m evaluations.names.train ../shared/data/ner CACHE --silver --keep network.npz

CACHE is a folder for the encoder's vectors (about 1.8 GB), filled on the first run. The data may be used
for a model that ships (see README.md here). Words that MultiCoNER leaves untagged are masked. `--silver` adds
what `evaluations.names.project` put into CACHE. `evaluations.names.ship` makes the tagger of what is kept.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from evaluations.names.corpora import CORPORA
from evaluations.names.network import Network, padded
from evaluations.names.parts import Part, head, load, show_all
from evaluations.names.ship import store
from evaluations.names.silver import load_silver
from khabar.annotate.names.tagger import tagger_of

SEED, ROUNDS, WORDS, RATE, DECAY = 13, 4, 700, 2e-3, 1e-4
WARM_STEPS, LAST_RATE, STEEPEST = 100, 0.02, 2.0
NAMELESS = 0.35  # share of the sentences without a name that are trained on
LONGEST = 120  # tokens; longer sentences are cut for training


@dataclass(frozen=True)
class Piece:
    """A sentence to learn from: its part, its tokens, whether it has names."""

    part: Part
    start: int
    end: int
    named: bool


def pieces_of(part: Part, sentences: range) -> Iterator[Piece]:
    """The sentences of a part, the overlong ones cut."""
    for s in sentences:
        for start in range(int(part.starts[s]), int(part.starts[s + 1]), LONGEST):
            end = min(start + LONGEST, int(part.starts[s + 1]))
            yield Piece(part, start, end, bool((part.tags[start:end] > 0).any()))


def train(pieces: list[Piece], rounds: int, seed: int, past: bool) -> Network:
    """A network that learnt from these sentences."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = Network(*_scale(pieces, rng), past)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    batches = [_batches(pieces, rng) for _ in range(rounds)]
    steps, step, begun = sum(map(len, batches)), 0, time.time()
    for number, some in enumerate(batches, 1):
        network.train()
        losses = []
        for batch in some:
            rate = max(LAST_RATE, min(1, step / WARM_STEPS) * (1 - step / steps))
            optimiser.param_groups[0]["lr"] = RATE * rate
            loss = network.loss(*_tensors(batch))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), STEEPEST)
            optimiser.step()
            losses.append(loss.item())
            step += 1
        print(f"  round {number}: loss {np.mean(losses):.4f}, {time.time() - begun:.0f} s", flush=True)
    return network.eval()


def _scale(pieces: list[Piece], rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Mean and spread of the features."""
    some = [pieces[n] for n in rng.permutation(len(pieces))[:2000]]
    rows = np.concatenate([piece.part.features(piece.start, piece.end) for piece in some])
    return torch.tensor(rows.mean(0)), torch.tensor(rows.std(0) + 0.05)


def _batches(pieces: list[Piece], rng: np.random.Generator) -> list[list[Piece]]:
    """One round: sentences of about one length together, the batches in any order."""
    wanted = [piece for piece in pieces if piece.named or rng.random() < NAMELESS]
    shuffled = [wanted[n] for n in rng.permutation(len(wanted))]
    batches: list[list[Piece]] = []
    for first in range(0, len(shuffled), 2048):
        words = WORDS
        for piece in sorted(shuffled[first : first + 2048], key=lambda piece: piece.end - piece.start):
            if words >= WORDS:
                batches.append([])
                words = 0
            batches[-1].append(piece)
            words += piece.end - piece.start
    return [batches[n] for n in rng.permutation(len(batches))]


def _tensors(batch: list[Piece]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    features = padded([piece.part.features(piece.start, piece.end) for piece in batch])
    tags = padded([piece.part.tags[piece.start : piece.end].astype(np.int64) for piece in batch], -1)
    lengths = torch.tensor([piece.end - piece.start for piece in batch])
    return features, tags, lengths, torch.tensor([piece.part.corpus.weight for piece in batch])


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("folder", type=Path)
    ask.add_argument("cache", type=Path)
    ask.add_argument("--silver", action="store_true", help="add projected names")
    ask.add_argument("--cross", default="", help="leave these corpora out, a + between, and test on them")
    ask.add_argument("--plain", action="store_true", help="let nothing past the recurrent layer")
    ask.add_argument("--rounds", type=int, default=ROUNDS)
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--keep", type=Path, help="write the network to this file")
    asked = ask.parse_args()
    parts = [load(corpus, asked.folder, asked.cache) for corpus in CORPORA]
    out = [part for part in parts if part.corpus.name in asked.cross.split("+")]
    rest = [
        (part, range(len(part)) if out else head(part))
        for part in parts
        if all(part is not one for one in out)
    ]
    rest += [(part, range(len(part))) for part in load_silver(asked.cache)] if asked.silver else []
    pieces = [piece for part, sentences in rest for piece in pieces_of(part, sentences)]
    data = " ".join(f"{part.corpus.name}:{len(sentences)}" for part, sentences in rest if sentences)
    print(len(pieces), "sentences:", data, flush=True)
    arrays = store(
        [train(pieces, asked.rounds, asked.seed, not asked.plain).arrays()], f"seed={asked.seed} data={data}"
    )
    show_all(tagger_of(arrays), out or parts, whole=bool(out))
    if asked.keep:
        np.savez(asked.keep, **arrays)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
