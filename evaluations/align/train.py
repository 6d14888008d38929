"""Trains the weights of the alignment decision on the marked examples and prints how they do.

    python -m evaluations.align.train            prints the figures, each story held out in turn
    python -m evaluations.align.train --write    also writes src/khabar/align/weights.json

Needs scikit-learn, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluations.align.expectations import find_stories
from evaluations.align.marked import marked_cells, read_story
from evaluations.align.score import Cells, agree_on_cells, agree_on_links
from khabar.align.evidence import measure_likeness, pair_features
from khabar.align.statements import Group, join_units
from khabar.align.units import Unit, make_units
from khabar.align.weights import Weights
from khabar.encode.load import load_encoder
from khabar.encode.types import Encoder, Words
from khabar.encode.word_means import word_mean
from khabar.model.article import Article
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
    """One story: its units, their pair features and labels, and the marked cells."""

    name: str
    units: tuple[Unit, ...]
    features: Mapping[str, np.ndarray]
    labels: np.ndarray
    marked: list[Cells]


def make_example(folder: Path, encoder: Encoder) -> Example:
    """The story of a folder of examples, ready to train on."""
    expected, articles = read_story(folder)
    marked = marked_cells(expected, articles)
    units = make_units(list(articles.values()), lambda article: words_of(article, encoder), word_mean)
    features = pair_features(units, measure_likeness(units))
    return Example(folder.name, units, features, label_pairs(units, marked), marked)


def words_of(article: Article, encoder: Encoder) -> dict[str, Words]:
    """The word vectors of an article by sentence id."""
    made = encoder.words([sentence.span.of(article.text) for sentence in article.sentences])
    return {sentence.id: words for sentence, words in zip(article.sentences, made, strict=True)}


def rows(example: Example, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Feature rows and labels of the pairs that lie in two texts."""
    units = example.units
    pairs = [
        (i, j)
        for i in range(len(units))
        for j in range(i)
        if (units[i].article, units[i].block) != (units[j].article, units[j].block)
    ]
    at = tuple(np.array(pairs).T)
    return np.column_stack([example.features[name][at] for name in names]), example.labels[at]


def train(examples: list[Example], names: list[str]) -> Weights:
    """Weights by logistic regression over the pairs of those stories."""
    parts = [rows(example, names) for example in examples]
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
    made_from = "constructed examples: " + ", ".join(example.name for example in examples)
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}
    return Weights(round(float(model.intercept_[0]), 3), weights, made_from)


def found_cells(groups: Iterable[Group]) -> list[Cells]:
    """The statements that were formed, as cells."""
    statements = []
    for group in groups:
        cells: dict[str, list[Span]] = {}
        for unit in group.units:
            cells.setdefault(unit.article, []).append(unit.clause.span)
        statements.append(cells)
    return statements


def main() -> None:
    encoder = load_encoder()
    examples = [make_example(folder, encoder) for folder in find_stories(ROOT / "examples")]
    names = list(examples[0].features)
    for held in examples:
        weights = train([example for example in examples if example is not held], names)
        found = found_cells(join_units(held.units, weights))
        cells, links = agree_on_cells(found, held.marked), agree_on_links(found, held.marked)
        print(
            f"{held.name:24} {len(held.units)} clauses  cells P {cells.precision:.2f} R {cells.recall:.2f} "
            f"F1 {cells.f1:.2f}  links P {links.precision:.2f} R {links.recall:.2f} F1 {links.f1:.2f}"
        )
    weights = train(examples, names)
    print(weights)
    if "--write" in sys.argv:
        path = ROOT / "src/khabar/align/weights.json"
        data = {"bias": weights.bias, "features": weights.features, "made_from": weights.made_from}
        path.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
