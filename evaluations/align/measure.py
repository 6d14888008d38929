"""How well the shipped weights join clauses to statements.

    python -m evaluations.align.measure [SHARED_FOLDER]

Prints agreement with the marked statements of the examples (which the weights were trained on) and, where
the folder of evaluation data is named, with the hand-marked seed reports (which they were not), and how
often a sentence of translated news finds its own translation among the sentences of its document.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluations.align.expectations import find_stories
from evaluations.align.marked import LARGEST_BYTES, marked_cells, read_story
from evaluations.align.marks import cells, load_marks, read_reports
from evaluations.align.score import Cells, agree_on_cells, agree_on_links
from evaluations.encode.make_means import read_ntrex
from khabar.align.statements import Group, join_units
from khabar.align.units import Unit, make_units
from khabar.align.weights import AlignWeights, load_weights
from khabar.encode.centre import load_background
from khabar.encode.types import Encoder, Vectors
from khabar.encode.word_means import load_word_means
from khabar.model.article import Article
from khabar.model.span import Span
from khabar.pipeline import facts_of, open_encoder, prepare, read_articles, words_of
from khabar.progress import Silent
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PAIRS = (("ar", "en"), ("fa", "en"), ("ar", "fa"))


@dataclass(frozen=True, slots=True)
class Told:
    """One story: its clauses and its marked statements."""

    name: str
    units: tuple[Unit, ...]
    marked: list[Cells]


def read_example(folder: Path, encoder: Encoder) -> Told:
    """The story of a folder of examples."""
    expected, articles = read_story(folder)
    return Told(folder.name, _units(list(articles.values()), encoder), marked_cells(expected, articles))


def read_seeds(folder: Path, encoder: Encoder) -> Told:
    """The hand-marked seed reports. Errors: ReadError when one is another version."""
    marks = load_marks()
    read_reports(marks, folder)
    paths = [folder / source.file for source in marks.reports.values()]
    articles, _ = read_articles(paths, LARGEST_BYTES, Silent())
    ids = {name: article.id for name, article in zip(marks.reports, articles, strict=True)}
    marked: list[Cells] = [{ids[name]: spans for name, spans in found.items()} for found in cells(marks)]
    return Told("seeds", _units(articles, encoder), marked)


def _units(articles: Sequence[Article], encoder: Encoder) -> tuple[Unit, ...]:
    named = prepare(articles, encoder, Silent()).articles
    return make_units(named, lambda article: words_of(article, encoder), load_word_means(encoder), facts_of)


def found_cells(groups: Iterable[Group]) -> list[Cells]:
    """The statements that were formed, as cells."""
    statements: list[Cells] = []
    for group in groups:
        found: dict[str, list[Span]] = {}
        for telling in group.tellings:
            found.setdefault(telling.unit.article, []).append(telling.span)
        statements.append(found)
    return statements


def measure(told: Told, weights: AlignWeights) -> dict[str, float]:
    """The figures of a story, by the names that floors.json uses."""
    found = found_cells(join_units(told.units, weights))
    by_cell, by_link = agree_on_cells(found, told.marked), agree_on_links(found, told.marked)
    return {
        "cells_precision": round(by_cell.precision, 3),
        "cells_recall": round(by_cell.recall, 3),
        "cells_f1": round(by_cell.f1, 3),
        "links_precision": round(by_link.precision, 3),
        "links_recall": round(by_link.recall, 3),
        "links_f1": round(by_link.f1, 3),
    }


def print_told(told: Told, weights: AlignWeights) -> None:
    """One line."""
    figures = "  ".join(f"{name} {value:.3f}" for name, value in measure(told, weights).items())
    print(f"{told.name:24} {len(told.units):4} clauses  {figures}")


def find_translations(folder: Path, encoder: Encoder, documents: int | None = None) -> dict[str, float]:
    """By pair of languages, the share of sentences whose own translation is nearest in the document.

    `documents` is how many are taken, evenly over all; None takes every one.
    """
    names, texts = read_ntrex(folder)
    every = list(dict.fromkeys(names))
    chosen = every if documents is None else every[:: len(every) // documents][:documents]
    rows = [n for n, name in enumerate(names) if name in chosen]
    background = load_background(encoder)
    sides = {
        language: background.centre(
            encoder.sentences([texts[language][n] for n in rows]), [language] * len(rows)
        )
        for language in dict.fromkeys(language for pair in PAIRS for language in pair)
    }
    own = np.array([names[n] for n in rows])
    return {f"{a}-{b}": round(share_found(sides[a], sides[b], own), 3) for a, b in PAIRS}


def share_found(a: Vectors, b: Vectors, documents: np.ndarray) -> float:
    """The share of rows of `a` that are nearest to the same row of `b` among those of their document."""
    nearness = np.where(documents[:, None] == documents[None, :], a @ b.T, -9)
    return float((nearness.argmax(axis=1) == np.arange(len(a))).mean())


def main() -> None:
    encoder, weights = open_encoder(Settings()), load_weights()
    for folder in find_stories(EXAMPLES):
        print_told(read_example(folder, encoder), weights)
    if len(sys.argv) > 1:
        shared = Path(sys.argv[1])
        print_told(read_seeds(shared / "seeds", encoder), weights)
        for pair, share in find_translations(shared / "data/ntrex", encoder).items():
            print(f"translation found in its document, {pair}: {share:.3f}")


if __name__ == "__main__":
    main()
