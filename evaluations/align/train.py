"""Trains the weights of the alignment decision on the marked examples and prints how they do.

    python -m evaluations.align.train                 prints the figures, each story held out in turn
    python -m evaluations.align.train --write         also writes src/khabar/align/weights.json
    python -m evaluations.align.train SEEDS_FOLDER    also measures on the hand-marked seed reports

Needs scikit-learn, which khabar itself does not.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evaluations.align.expectations import find_stories
from evaluations.align.marked import LARGEST_BYTES, marked_cells, read_story
from evaluations.align.marks import cells, load_marks
from evaluations.align.score import Cells, agree_on_cells, agree_on_links
from khabar.align.evidence import containment_features, measure_likeness, pair_features
from khabar.align.statements import Group, join_units
from khabar.align.units import Unit, make_units
from khabar.align.weights import AlignWeights, Weights
from khabar.encode.load import load_encoder
from khabar.encode.types import Encoder
from khabar.encode.word_means import load_word_means
from khabar.model.article import Article
from khabar.model.span import Span
from khabar.pipeline import facts_of, prepare, read_articles, words_of
from khabar.progress import Silent

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
    features: Mapping[str, Mapping[str, np.ndarray]]
    labels: np.ndarray
    marked: list[Cells]


def make_example(folder: Path, encoder: Encoder) -> Example:
    """The story of a folder of examples, ready to train on."""
    expected, articles = read_story(folder)
    return _example(folder.name, list(articles.values()), marked_cells(expected, articles), encoder)


def make_seeds(folder: Path, encoder: Encoder) -> Example:
    """The hand-marked seed reports; never trained on."""
    marks = load_marks()
    paths = [folder / source.file for source in marks.reports.values()]
    articles, _ = read_articles(paths, LARGEST_BYTES, Silent())
    ids = {name: article.id for name, article in zip(marks.reports, articles, strict=True)}
    marked = [{ids[name]: spans for name, spans in found.items()} for found in cells(marks)]
    return _example("seeds", articles, marked, encoder)


def _example(name: str, articles: list[Article], marked: list[Cells], encoder: Encoder) -> Example:
    articles = list(prepare(articles, encoder, Silent()).articles)
    units = make_units(
        articles, lambda article: words_of(article, encoder), load_word_means(encoder), facts_of
    )
    likeness = measure_likeness(units)
    features = {
        "same": pair_features(units, likeness),
        "contains": containment_features(units, likeness),
    }
    return Example(name, units, features, label_pairs(units, marked), marked)


def rows(example: Example, which: str) -> tuple[np.ndarray, np.ndarray]:
    """Feature rows and labels of the ordered pairs that lie in two texts, for that decision."""
    units, features = example.units, example.features[which]
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
    made_from = "constructed examples: " + ", ".join(example.name for example in examples)
    return AlignWeights(_fit(examples, "same"), _fit(examples, "contains"), made_from)


def _fit(examples: list[Example], which: str) -> Weights:
    parts = [rows(example, which) for example in examples]
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
    names = examples[0].features[which]
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}
    return Weights(round(float(model.intercept_[0]), 3), weights)


def found_cells(groups: Iterable[Group]) -> list[Cells]:
    """The statements that were formed, as cells."""
    statements = []
    for group in groups:
        cells: dict[str, list[Span]] = {}
        for telling in group.tellings:
            cells.setdefault(telling.unit.article, []).append(telling.span)
        statements.append(cells)
    return statements


def print_figures(example: Example, weights: AlignWeights) -> None:
    """One line: how well the statements formed agree with the marked ones."""
    found = found_cells(join_units(example.units, weights))
    cells, links = agree_on_cells(found, example.marked), agree_on_links(found, example.marked)
    print(
        f"{example.name:24} {len(example.units):4} clauses  {len(found):3} statements  "
        f"cells P {cells.precision:.2f} R {cells.recall:.2f} F1 {cells.f1:.3f}  "
        f"links P {links.precision:.2f} R {links.recall:.2f} F1 {links.f1:.3f}"
    )


def main() -> None:
    encoder = load_encoder()
    examples = [make_example(folder, encoder) for folder in find_stories(ROOT / "examples")]
    for held in examples:
        print_figures(held, train([example for example in examples if example is not held]))
    weights = train(examples)
    print(weights)
    if len(sys.argv) > 1 and Path(sys.argv[-1]).is_dir():
        print_figures(make_seeds(Path(sys.argv[-1]), encoder), weights)
    if "--write" in sys.argv:
        text = json.dumps(asdict(weights), indent=2) + "\n"
        (ROOT / "src/khabar/align/weights.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
