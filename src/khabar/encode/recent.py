"""Passes kept in memory, so that a sentence that several stages look at is encoded once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from khabar.encode.around import EncoderAround
from khabar.encode.types import Encoded, Encoder, Vectors

ROOM_BYTES = 200_000_000  # about 3,000 sentences of news; the run stays under 1 GB


class RecentPasses(EncoderAround):
    """An encoder that remembers its latest passes, up to `room` bytes of vectors."""

    def __init__(self, encoder: Encoder, room: int = ROOM_BYTES) -> None:
        super().__init__(encoder)
        self.room = room
        self._kept: OrderedDict[str, Encoded] = OrderedDict()
        self._taken = 0

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        """Sentence and word vectors, in the order given; what is remembered is not encoded again."""
        found = {text: self._kept[text] for text in dict.fromkeys(texts) if text in self._kept}
        missing = [text for text in texts if text not in found]
        if done is not None:
            done(len(texts) - len(missing))
        made = dict(zip(missing, self.encoder.encode(missing, done), strict=True)) if missing else {}
        found |= made
        for text, one in found.items():
            self._keep(text, one)
        return [found[text] for text in texts]

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        """Raw sentence vectors. Shapes: float32[n, dim], unit length, in the order given."""
        if not texts or any(text not in self._kept for text in texts):
            return self.encoder.sentences(texts, done)
        return np.stack([one.sentence for one in self.encode(texts, done)])

    def _keep(self, text: str, one: Encoded) -> None:
        """As the latest; the oldest make room."""
        if text not in self._kept:
            self._taken += _bytes_of(one)
        self._kept[text] = one
        self._kept.move_to_end(text)
        while self._taken > self.room:
            self._taken -= _bytes_of(self._kept.popitem(last=False)[1])


def _bytes_of(one: Encoded) -> int:
    return one.sentence.nbytes + one.words.middle.nbytes + one.words.top.nbytes
