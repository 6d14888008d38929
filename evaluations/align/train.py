"""Trains the weights of the alignment decision on the marked examples and prints how they do.

    python -m evaluations.align.train                 prints the figures, each story held out in turn
    python -m evaluations.align.train --write         also writes src/khabar/align/weights.json
    python -m evaluations.align.train SEEDS_FOLDER    also measures on the hand-marked seed reports

Needs scipy, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from evaluations.align.expectations import find_stories
from evaluations.align.measure import EXAMPLES, Told, print_told, read_example, read_seeds
from evaluations.align.score import Cells
from khabar.align.evidence import Likeness, containment_features, measure_likeness, pair_features
from khabar.align.statements import join_wholes
from khabar.align.units import Unit
from khabar.align.weights import AlignWeights, Weights
from khabar.encode.load import load_encoder
from khabar.model.span import Span

ROOT = Path(__file__).resolve().parents[2]
STRENGTH = 3.0  # inverse of the L2 penalty
# Four examples hold few rare names and speakers, so these are set, not learnt; what votes keeps some weight.
SET = {"shared_names": 0.5, "shared_speakers": 0.5}
LEAST_VOTE = 0.5
FREE = ("one_language", "longer")


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
    """One story with its labels and the features of its pairs, those of `contains` once wholes are joined."""

    told: Told
    likeness: Likeness
    features: Mapping[str, Mapping[str, np.ndarray]]
    labels: np.ndarray


def make_example(told: Told) -> Example:
    """The story, ready to train on."""
    likeness = measure_likeness(told.units)
    features = {"same": pair_features(told.units, likeness)}
    return Example(told, likeness, features, label_pairs(told.units, told.marked))


def with_wholes(example: Example, same: Weights) -> Example:
    """The story with what its second step looks at, after the first one with those weights."""
    joined, _ = join_wholes(example.told.units, example.likeness, same)
    contains = containment_features(example.told.units, example.likeness, joined)
    return replace(example, features={**example.features, "contains": contains})


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
    """Weights by logistic regression over the pairs of those stories, within bounds."""
    made_from = "constructed examples: " + ", ".join(example.told.name for example in examples)
    same = _fit(examples, "same")
    joined = [with_wholes(example, same) for example in examples]
    return AlignWeights(same, _fit(joined, "contains"), made_from)


def _fit(examples: list[Example], which: str) -> Weights:
    parts = [rows(example, which) for example in examples]
    values = np.concatenate([part[0] for part in parts]).astype(float)
    signs = 2.0 * np.concatenate([part[1] for part in parts]) - 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = signs * (values @ weights[1:] + weights[0])
        slopes = -signs / (1 + np.exp(margins))
        penalty = weights * np.r_[0.0, np.full(len(weights) - 1, 1 / STRENGTH)]
        return (
            float(np.logaddexp(0, -margins).sum() + weights @ penalty / 2),
            np.r_[slopes.sum(), values.T @ slopes] + penalty,
        )

    names = list(examples[0].features[which])
    bounds = [(None, None), *(_bounds(name) for name in names)]
    fitted = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = {name: round(float(value), 3) for name, value in zip(names, fitted[1:], strict=True)}
    return Weights(round(float(fitted[0]), 3), weights)


def _bounds(name: str) -> tuple[float | None, float | None]:
    """What speaks for a pair never counts against it, and what votes keeps a vote."""
    if name in SET:
        return SET[name], SET[name]
    if name in FREE:
        return None, None
    if name.startswith("other_"):
        return None, 0.0
    return (LEAST_VOTE if name.startswith("shared_") or name in ("words", "vectors") else 0.0), None


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
