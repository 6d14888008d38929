"""The tagger as it is trained: one recurrent layer each way and a conditional random field. Needs PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from khabar.annotate.names.tagger import NEVER, TAGS, WAYS
from khabar.encode.types import Vectors

JOINED, HIDDEN = 320, 192
DROPS = {False: (0.3, 0.4), True: (0.2, 0.3)}  # of the features, of what the layers give on


class Network(nn.Module):
    """Scores of tags from features. Shapes: [n, length, n_features] to [n, length, n_tags]

    Without `past` the tags see a word only through the recurrent layer, not past it as well.
    """

    def __init__(self, mean: Tensor, spread: Tensor, past: bool) -> None:
        super().__init__()
        self.past = past
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        self.first = nn.Linear(len(mean), JOINED)
        self.middle = nn.LSTM(JOINED, HIDDEN, batch_first=True, bidirectional=True)
        self.last = nn.Linear(2 * HIDDEN + JOINED * past, len(TAGS))
        self.moves = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.drop_input, self.drop = (nn.Dropout(share) for share in DROPS[past])
        self.register_buffer("never", _never())
        self.register_buffer("starts", torch.tensor([NEVER if tag[0] == "I" else 0.0 for tag in TAGS]))

    def forward(self, features: Tensor, lengths: Tensor) -> Tensor:
        """What speaks for each tag, padding included."""
        scaled = (features - self.mean) / self.spread
        joined = self.drop(torch.relu(self.first(self.drop_input(scaled))))
        packed = nn.utils.rnn.pack_padded_sequence(joined, lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(
            self.middle(packed)[0], batch_first=True, total_length=features.shape[1]
        )
        states = self.drop(states)
        made: Tensor = self.last(torch.cat([states, joined], 2) if self.past else states)
        return made

    def loss(self, features: Tensor, tags: Tensor, lengths: Tensor, weights: Tensor) -> Tensor:
        """Mean negative log likelihood a token; masked tags (below 0) may be any."""
        scores = self(features, lengths)
        inside = torch.arange(features.shape[1])[None] < lengths[:, None]
        known = (tags >= 0) & inside
        held = torch.full_like(scores, NEVER).scatter(2, tags.clamp(min=0)[..., None], 0.0)
        right = self._sum(scores + torch.where(known[..., None], held, torch.zeros(())), inside)
        return ((self._sum(scores, inside) - right) * weights).sum() / inside.sum()

    def _sum(self, scores: Tensor, inside: Tensor) -> Tensor:
        """The log of the sum over all sequences of tags."""
        moves = self.moves + self.never
        total = scores[:, 0] + self.starts
        for at in range(1, scores.shape[1]):
            onward = torch.logsumexp(total[:, :, None] + moves, 1) + scores[:, at]
            total = torch.where(inside[:, at, None], onward, total)
        return torch.logsumexp(total, 1)

    def arrays(self) -> dict[str, Vectors]:
        """The weights as the tagger takes them, scaling taken into the first layer."""
        part = {name: value.detach().numpy().astype(np.float64) for name, value in self.named_parameters()}
        first = part["first.weight"].T / self.spread.numpy()[:, None]
        made = {"first": first, "first_bias": part["first.bias"] - self.mean.numpy() @ first}
        for way, end in zip(WAYS, ("l0", "l0_reverse"), strict=True):
            made[f"{way}_inner"] = part[f"middle.weight_ih_{end}"].T
            made[f"{way}_again"] = part[f"middle.weight_hh_{end}"].T
            made[f"{way}_bias"] = part[f"middle.bias_ih_{end}"] + part[f"middle.bias_hh_{end}"]
        past = np.zeros((0 if self.past else JOINED, len(TAGS)))
        made |= {"last": np.concatenate([part["last.weight"].T, past]), "last_bias": part["last.bias"]}
        made["moves"] = part["moves"] + self.never.numpy()
        return {name: value.astype(np.float32) for name, value in made.items()}


def _never() -> Tensor:
    """Moves that no sequence of tags has: into the middle of a name from elsewhere."""
    rows = [[NEVER if b[0] == "I" and a[1:] != b[1:] else 0.0 for b in TAGS] for a in TAGS]
    return torch.tensor(rows)


def padded(rows: Sequence[Any], fill: float = 0.0) -> Tensor:
    """Sentences side by side, the shorter ones filled up."""
    return nn.utils.rnn.pad_sequence([torch.as_tensor(row) for row in rows], True, fill)
