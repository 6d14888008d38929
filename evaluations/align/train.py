"""Trains the weights of the alignment decision on the marked examples and prints how they do.

    python -m evaluations.align.train            prints the figures, each story held out in turn
    python -m evaluations.align.train --write    also writes src/khabar/align/weights.json

Needs scikit-learn, which khabar itself does not.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from evaluations.align.score import Cells
from khabar.align.units import Unit
from khabar.model.span import Span

ROOT = Path(__file__).resolve().parents[2]
STRENGTH = 3.0  # inverse of the L2 penalty


def label_pairs(units: list[Unit], marked: list[Cells]) -> np.ndarray:
    """Whether two units make one marked statement. Shapes: bool[n_units, n_units]."""
    makes = np.array([[_makes(unit, cells) for cells in marked] for unit in units], bool)
    return (makes.astype(int) @ makes.astype(int).T) > 0


def _makes(unit: Unit, cells: Cells) -> bool:
    return any(_mostly(unit.clause.span, span) for span in cells.get(unit.article, ()))


def _mostly(unit: Span, marked: Span) -> bool:
    return 2 * unit.overlap(marked) >= min(len(unit), len(marked))
