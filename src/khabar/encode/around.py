"""An encoder around another: what all of them share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from khabar.encode.types import Encoded, Encoder, Words


class EncoderAround(ABC):
    """An encoder that asks another and passes for it."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    @property
    def name(self) -> str:
        """Name and revision of the encoder that computes."""
        return self.encoder.name

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return self.encoder.dim

    @property
    def family(self) -> str:
        """Whose background means fit."""
        return self.encoder.family

    @abstractmethod
    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        """Sentence and word vectors from one pass, in the order given."""

    def words(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Words]:
        """Word vectors of each text, in the order given."""
        return [one.words for one in self.encode(texts, done)]
