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
from khabar.align.sentences import Side, match_sentences
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
    sides = {code: _side(code, [texts[code][n] for n in rows], encoder) for code in ("ar", "fa", "en")}
    own = [names[n] for n in rows]
    found = {f"{a}-{b}": share_found_inside(sides[a], sides[b], own) for a, b in PAIRS}
    found |= {f"{a}-{b} over all": share_found(sides[a], sides[b]) for a, b in PAIRS}
    return {name: round(share, 3) for name, share in found.items()}


def share_found(a: Side, b: Side) -> float:
    """The share of sentences of `a` that are matched with the sentence of `b` in the same place."""
    return float((match_sentences(a, b).argmax(axis=1) == np.arange(len(a.words))).mean())


def share_found_inside(a: Side, b: Side, documents: Sequence[str]) -> float:
    """The same where only the sentences of one document are held against each other."""
    rows = [[n for n, own in enumerate(documents) if own == name] for name in dict.fromkeys(documents)]
    return sum(share_found(_part(a, own), _part(b, own)) * len(own) for own in rows) / len(documents)


def _part(side: Side, rows: Sequence[int]) -> Side:
    return Side(side.sentences[list(rows)], [side.words[n] for n in rows])


def _side(language: str, texts: Sequence[str], encoder: Encoder) -> Side:
    """The sentences with what `match_sentences` looks at."""
    passes = encoder.encode(texts)
    raw = np.stack([one.sentence for one in passes])
    centred = load_background(encoder).centre(raw, [language] * len(texts))
    mean = load_word_means(encoder)(language)
    return Side(centred, [_unit(one.words.middle - mean) for one in passes])


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = vectors / np.maximum(lengths, 1e-9)
    return scaled


def main() -> None:
    encoder, weights = open_encoder(Settings()), load_weights()
    for folder in find_stories(EXAMPLES):
        print_told(read_example(folder, encoder), weights)
    if len(sys.argv) > 1:
        shared = Path(sys.argv[1])
        print_told(read_seeds(shared / "seeds", encoder), weights)
        for pair, share in find_translations(shared / "data/ntrex", encoder).items():
            print(f"translation found {'' if 'over' in pair else 'in its document, '}{pair}: {share:.3f}")


if __name__ == "__main__":
    main()
