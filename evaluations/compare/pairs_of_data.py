"""Marked pairs of Arabic headlines (ANS) and Persian sentences (FarsTail), read in place.

Both are under Apache-2.0. ANS: Khouja 2020, "Stance Prediction and Claim Verification: An Arabic
Perspective". FarsTail: Amirkhani et al. 2020.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ANSWERS = ("same", "contradicting", "other")
_MEANS = {"agree": 0, "disagree": 1, "other": 2, "e": 0, "c": 1, "n": 2}


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """Two texts and the number of the right answer in `ANSWERS`."""

    a: str
    b: str
    answer: int


@dataclass(frozen=True, slots=True)
class Source:
    """One data set: its files below the folder of data, and how they are laid out."""

    name: str
    language: str
    train: str
    held_out: str
    columns: tuple[str, str, str]
    delimiter: str
    mirrored: bool  # whether the two texts of a pair may change places

    def read(self, data: Path, *, held_out: bool) -> list[MarkedPair]:
        """The pairs of one part."""
        path = data / (self.held_out if held_out else self.train)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(self._pairs(csv.DictReader(file, delimiter=self.delimiter)))

    def _pairs(self, rows: csv.DictReader[str]) -> Iterator[MarkedPair]:
        a, b, answer = self.columns
        for row in rows:
            yield MarkedPair(row[a], row[b], _MEANS[row[answer]])


SOURCES = (
    Source(
        "ans", "ar", "ans_ar/stance_train.csv", "ans_ar/stance_dev.csv", ("s1", "s2", "stance"), ",", True
    ),
    Source(
        "farstail",
        "fa",
        "farstail_fa/Train-word.csv",
        "farstail_fa/Val-word.csv",
        ("premise", "hypothesis", "label"),
        "\t",
        False,
    ),
)
