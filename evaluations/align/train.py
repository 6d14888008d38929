"""Trains the weights of the alignment decision on the marked examples and prints how they do.

    python -m evaluations.align.train                 prints the figures, each story held out in turn
    python -m evaluations.align.train --write         also writes src/khabar/align/weights.json
    python -m evaluations.align.train SEEDS_FOLDER    also measures on the hand-marked seed reports

Needs scikit-learn, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluations.align.expectations import find_stories
from evaluations.align.measure import EXAMPLES, Told, print_told, read_example, read_seeds
from evaluations.align.score import Cells
from khabar.align.evidence import containment_features, measure_likeness, pair_features
from khabar.align.units import Unit
from khabar.align.weights import AlignWeights, Weights
from khabar.encode.load import load_encoder
from khabar.model.span import Span

ROOT = Path(__file__).resolve().parents[2]
STRENGTH = 3.0  # inverse of the L2 penalty


def label_pairs(units: tuple[Unit, ...], marked: list[Cells]) -> np.ndarray:
    """Whether two units make one marked statement. Shapes: bool[n_units, n_units]."""
    makes = np.array([[_makes(unit, cells) for cells in marked] for unit in units], bool)
    return (makes.astype(int) @ makes.astype(int).T) > 0


def _makes(unit: Unit, cells: Cells) -> bool:
    return any(_mostly(unit.clause.span, span) for span in cells.get(unit.article, ()))


def _mostly(unit: Span, marked: Span) -> bool:
    return 2 * unit.overlap(marked) >= min(len(unit), len(marked))


@dataclass(frozen=True)
class Example:
    """One story with its pair features and labels."""

    told: Told
    features: Mapping[str, Mapping[str, np.ndarray]]
    labels: np.ndarray


def make_example(told: Told) -> Example:
    """The story, ready to train on."""
    likeness = measure_likeness(told.units)
    features = {
        "same": pair_features(told.units, likeness),
        "contains": containment_features(told.units, likeness),
    }
    return Example(told, features, label_pairs(told.units, told.marked))


def rows(example: Example, which: str) -> tuple[np.ndarray, np.ndarray]:
    """Feature rows and labels of the ordered pairs that lie in two texts, for that decision."""
    units, features = example.told.units, example.features[which]
    pairs = [
        (i, j)
        for i in range(len(units))
        for j in range(len(units))
        if (units[i].article, units[i].block) != (units[j].article, units[j].block)
    ]
    at = tuple(np.array(pairs).T)
    return np.column_stack([values[at] for values in features.values()]), example.labels[at]


def train(examples: list[Example]) -> AlignWeights:
    """Weights by logistic regression over the pairs of those stories."""
    made_from = "constructed examples: " + ", ".join(example.told.name for example in examples)
    return AlignWeights(_fit(examples, "same"), _fit(examples, "contains"), made_from)


def _fit(examples: list[Example], which: str) -> Weights:
    parts = [rows(example, which) for example in examples]
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
    names = examples[0].features[which]
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}
    return Weights(round(float(model.intercept_[0]), 3), weights)


def main() -> None:
    encoder = load_encoder()
    examples = [make_example(read_example(folder, encoder)) for folder in find_stories(EXAMPLES)]
    for held in examples:
        print_told(held.told, train([example for example in examples if example is not held]))
    weights = train(examples)
    print(weights)
    if len(sys.argv) > 1 and Path(sys.argv[-1]).is_dir():
        print_told(read_seeds(Path(sys.argv[-1]), encoder), weights)
    if "--write" in sys.argv:
        text = json.dumps(asdict(weights), indent=2) + "\n"
        (ROOT / "src/khabar/align/weights.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
