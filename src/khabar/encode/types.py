"""What an encoder gives back, whichever encoder it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from khabar.model.span import Span

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text with a vector each.

    Shapes: `spans` n_words, offsets into the text as given; `middle` and `top` float32[n_words, dim],
    as the layers give them (layer 8 aligns words best, see docs/decisions; not centred, not normalised).
    `family`: that of the encoder, empty for none; what was trained on other vectors must not read these.
    """

    spans: tuple[Span, ...]
    middle: Vectors
    top: Vectors
    family: str = ""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text after one pass. Shapes: `sentence` float32[dim], unit length, zero for an empty text."""

    sentence: Vectors
    words: Words


class Encoder(Protocol):
    """Turns texts into vectors. What a text gets does not depend on the texts beside it."""

    @property
    def name(self) -> str:
        """Name and revision, as it stands in `made_by`."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    @property
    def family(self) -> str:
        """Whose background means fit these vectors; empty for none."""

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Encoded]:
        """Sentence and word vectors from one pass, in the order given; `done` hears how many are finished."""

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        """Raw sentence vectors. Shapes: float32[n, dim], unit length, in the order given."""

    def words(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> list[Words]:
        """Word vectors of each text, in the order given."""
