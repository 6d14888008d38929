"""Trains the networks of khabar.compare.contradiction. Needs PyTorch.

    python -m evaluations.compare.train_contradiction ../shared/data

Two networks from two seeds on the training parts of ANS (both orders of a pair) and FarsTail together, with a
last layer for each. Nothing of the held-out parts is looked at, not for stopping either.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from evaluations.compare.contradiction import measure_model, print_scores, sides_of
from evaluations.compare.pairs_of_data import SOURCES, MarkedPair
from khabar.compare.contradiction import SIGNS, TABLE, Basis, Inputs, Model, Side, make_inputs, model_of
from khabar.encode.types import Encoder, Vectors
from khabar.pipeline import open_encoder
from khabar.settings import Settings

SEEDS = (0, 1)
ROUNDS, AT_ONCE, RATE, DECAY, SMOOTHING = 9, 48, 1.5e-3, 0.01, 0.05
HIDDEN, DROPPED = 144, 0.3
MIDDLE_AXES, TOP_AXES, SAMPLED = 160, 96, 1500
TARGET = Path(__file__).resolve().parents[2] / "src/khabar/compare/tables" / TABLE


@dataclass(frozen=True)
class Example:
    """One pair as the network takes it, the right answer and the number of its source."""

    inputs: Inputs
    answer: int
    source: int


def find_basis(vectors: Sequence[Vectors], axes: int) -> Basis:
    """The directions of greatest spread of these word vectors, evened out by half."""
    every = np.concatenate([one / (np.linalg.norm(one, axis=1, keepdims=True) + 1e-6) for one in vectors])
    mean = every.mean(axis=0)
    _, spread, found = np.linalg.svd(every - mean, full_matrices=False)
    deviation = spread[:axes] / len(every) ** 0.5
    return Basis(mean.astype(np.float32), (found[:axes] / deviation[:, None] ** 0.5).T.astype(np.float32))


class Net(nn.Module):
    """The network of khabar.compare.contradiction, with dropout, over padded batches."""

    def __init__(self, features: int, whole: int, sources: int) -> None:
        super().__init__()
        hidden = HIDDEN
        self.seen = nn.Linear(features, hidden)
        self.near = nn.Linear(hidden, hidden)
        self.compared, self.compared_again = nn.Linear(4 * hidden, hidden), nn.Linear(hidden, hidden)
        self.whole = nn.Linear(whole, 2 * hidden)
        self.joined = nn.Linear(6 * hidden, hidden)
        self.answers = nn.ModuleList([nn.Linear(hidden, 3) for _ in range(sources)])
        self.drop = nn.Dropout(DROPPED)

    def forward(self, a: Tensor, a_there: Tensor, b: Tensor, b_there: Tensor, whole: Tensor) -> list[Tensor]:
        """The answers in the way of each source. Shapes: [batch, words, features], [batch, words] bool"""
        own, other = (self.drop(torch.tanh(self.seen(side))) for side in (a, b))
        near = torch.relu(self.near(own)) @ torch.relu(self.near(other)).transpose(1, 2) / 8
        pooled = (
            self._pool(own, other, near, a_there, b_there),
            self._pool(other, own, near.transpose(1, 2), b_there, a_there),
        )
        signs = [side[..., -SIGNS:][..., :3] for side in (a, b)]
        shared = torch.cat([_mean(signs[0], a_there), _mean(signs[1], b_there)], -1)
        meaning = torch.tanh(self.whole(torch.cat([whole, 2 * shared], -1)))
        last = self.drop(torch.relu(self.joined(self.drop(torch.cat([*pooled, meaning], -1)))))
        return [answer(last) for answer in self.answers]

    def _pool(self, own: Tensor, other: Tensor, near: Tensor, there: Tensor, other_there: Tensor) -> Tensor:
        met = torch.softmax(near.masked_fill(~other_there[:, None, :], -1e4), 2) @ other
        held = torch.cat([own, met, (own - met).abs(), own * met], -1)
        compared = torch.relu(self.compared_again(self.drop(torch.relu(self.compared(held)))))
        greatest = compared.masked_fill(~there[..., None], -1e4).max(1).values
        return torch.cat([_mean(compared, there), greatest], -1)


def _mean(values: Tensor, there: Tensor) -> Tensor:
    count = there.sum(1, keepdim=True).clamp(min=1)
    return (values * there[..., None]).sum(1) / count


def _padded(sides: Sequence[Vectors]) -> tuple[Tensor, Tensor]:
    longest = max(len(side) for side in sides)
    made = np.zeros((len(sides), longest, sides[0].shape[1]), np.float32)
    there = np.zeros((len(sides), longest), bool)
    for row, side in enumerate(sides):
        made[row, : len(side)], there[row, : len(side)] = side, True
    return torch.from_numpy(made), torch.from_numpy(there)


def batches(examples: Sequence[Example], dice: random.Random) -> Iterator[list[Example]]:
    """The examples in batches of like length, in random order."""
    order = sorted(range(len(examples)), key=lambda n: len(examples[n].inputs.a) + dice.random() * 8)
    cut = [order[at : at + AT_ONCE] for at in range(0, len(order), AT_ONCE)]
    dice.shuffle(cut)
    yield from ([examples[n] for n in one] for one in cut)


def train(examples: Sequence[Example], seed: int) -> Net:
    """One network."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    first = examples[0].inputs
    net = Net(first.a.shape[1], len(first.whole) + 6, len(SOURCES))
    steps = ROUNDS * (len(examples) // AT_ONCE + 1)
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for number in range(ROUNDS):
        lost = [_learn(net, batch, optimiser, rates) for batch in batches(examples, dice)]
        print(f"seed {seed} round {number + 1} of {ROUNDS}: loss {np.mean(lost):.3f}", flush=True)
    return net.eval()


def _learn(net: Net, batch: Sequence[Example], optimiser: torch.optim.Optimizer, rates: object) -> float:
    a, a_there = _padded([one.inputs.a for one in batch])
    b, b_there = _padded([one.inputs.b for one in batch])
    whole = torch.from_numpy(np.stack([one.inputs.whole for one in batch]))
    answers = torch.stack(net(a, a_there, b, b_there, whole), 1)
    own = answers[torch.arange(len(batch)), torch.tensor([one.source for one in batch])]
    right = torch.tensor([one.answer for one in batch])
    loss = nn.functional.cross_entropy(own, right, label_smoothing=SMOOTHING)
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    rates.step()  # type: ignore[attr-defined]
    return float(loss)


def stored(nets: Sequence[Net], middle: Basis, top: Basis, family: str) -> dict[str, np.ndarray]:
    """The arrays that ship: half precision, layers as x @ weight + bias, the answers of each source."""
    kept: dict[str, np.ndarray] = {"family": np.array(family), "networks": np.array(len(nets))}
    kept["languages"] = np.array([source.language for source in SOURCES])
    for name, basis in (("middle", middle), ("top", top)):
        kept[f"{name} mean"], kept[f"{name} axes"] = basis.mean, basis.axes
    for number, net in enumerate(nets):
        layers = {
            "seen": net.seen,
            "near": net.near,
            "compared": net.compared,
            "compared again": net.compared_again,
            "whole": net.whole,
            "joined": net.joined,
        }
        for name, layer in layers.items():
            kept[f"{number} {name} weight"] = layer.weight.detach().numpy().T
            kept[f"{number} {name} bias"] = layer.bias.detach().numpy()
        for source, answer in zip(SOURCES, net.answers, strict=True):
            kept[f"{number} answer {source.language} weight"] = answer.weight.detach().numpy().T
            kept[f"{number} answer {source.language} bias"] = answer.bias.detach().numpy()
    return {name: one.astype(np.float16) if one.dtype == np.float32 else one for name, one in kept.items()}


def read_examples(data: Path, encoder: Encoder) -> tuple[list[Example], Basis, Basis]:
    """What is trained on, and the directions that its word vectors are seen along."""
    marked: list[tuple[int, MarkedPair]] = []
    for number, source in enumerate(SOURCES):
        pairs = source.read(data, held_out=False)
        turned = [MarkedPair(pair.b, pair.a, pair.answer) for pair in pairs] if source.mirrored else []
        marked += [(number, pair) for pair in (*pairs, *turned)]
    sides: dict[tuple[str, str], Side] = {}
    for number, source in enumerate(SOURCES):
        own = [pair for at, pair in marked if at == number]
        sides |= sides_of(own, source.language, encoder)
    chosen = random.Random(0).sample(sorted(sides), SAMPLED)
    middle = find_basis([sides[key].words.middle for key in chosen], MIDDLE_AXES)
    top = find_basis([sides[key].words.top for key in chosen], TOP_AXES)
    examples = []
    for number, pair in marked:
        language = SOURCES[number].language
        a, b = sides[pair.a, language], sides[pair.b, language]
        if len(a.words.spans) and len(b.words.spans):
            examples.append(Example(make_inputs(a, b, middle, top), pair.answer, number))
    return examples, middle, top


def main() -> None:
    data = Path(sys.argv[1])
    torch.set_num_threads(1)
    encoder = open_encoder(Settings(keep_mb=0))
    examples, middle, top = read_examples(data, encoder)
    print(f"{len(examples):,} pairs to learn from", flush=True)
    kept = stored([train(examples, seed) for seed in SEEDS], middle, top, encoder.family)
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, **kept)
    model: Model = model_of(kept)
    print_scores(measure_model(data, encoder, model))


if __name__ == "__main__":
    main()
