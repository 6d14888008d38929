"""Statements of translated news whose sentences were dropped, merged, split and put in another order.

    python -m evaluations.align.perturbed SHARED_FOLDER [DOCUMENTS]

Each document of NTREX-128 becomes three reports, Arabic, Persian and English, each disturbed in its own way
from a fixed seed. What makes a cell is known, because the sentences are translations of each other: the
reports that hold sentence n state it, wherever it ended up. Prints how well the statements found agree.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluations.align.measure import found_cells
from evaluations.align.score import Agreement, Cells, agree_on_cells, agree_on_links
from evaluations.encode.make_means import read_ntrex
from khabar.align.statements import join_units
from khabar.align.units import make_units
from khabar.align.weights import load_weights
from khabar.annotate.article import annotate
from khabar.encode.types import Encoder
from khabar.encode.word_means import load_word_means
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Extract
from khabar.model.span import Span
from khabar.pipeline import facts_of, open_encoder, prepare, words_of
from khabar.progress import Silent
from khabar.settings import Settings

LANGUAGES = ("ar", "fa", "en")
SEED = 11
# How many of ten sentences are left out, run on into the next, cut at a comma, or moved by a few places.
DROPPED, MERGED, SPLIT, MOVED = 0.15, 0.1, 0.1, 0.15
FARTHEST = 3
FEWEST = 6  # sentences; a shorter document leaves nothing to disturb
_END = re.compile(r"[.!?؟。]+[\"”»)]*\s*$")
_COMMA = re.compile(r"[,،؛;] ")


@dataclass(frozen=True, slots=True)
class Report:
    """One disturbed report: `places` says where the words of sentence n ended up."""

    text: str
    places: dict[int, list[Span]]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well statements agree with what is known, over documents: means."""

    documents: int
    cells: Agreement
    links: Agreement


def disturb(sentences: Sequence[str], seed: str) -> Report:
    """The sentences as one text after dropping, moving, splitting and merging some of them."""
    dice = random.Random(seed)
    order = [n for n in range(len(sentences)) if dice.random() >= DROPPED]
    for at in range(len(order)):
        if dice.random() < MOVED:
            order.insert(at + dice.randint(-FARTHEST, FARTHEST), order.pop(at))
    text, places = "", {}
    for n in order:
        words = _cut(sentences[n], dice).rstrip()
        bare = _END.sub("", words)
        places[n] = [Span(len(text), len(text) + len(bare))]
        text += f"{bare}, " if dice.random() < MERGED else f"{words}\n\n"
    return Report(text, places)


def _cut(sentence: str, dice: random.Random) -> str:
    """The sentence, sometimes as two: with a full stop where a comma stood."""
    commas = [match.start() for match in _COMMA.finditer(sentence)]
    if not commas or dice.random() >= SPLIT:
        return sentence
    at = dice.choice(commas)
    return f"{sentence[:at]}. {sentence[at + 2 :]}"


def make_article(report: Report, name: str) -> Article:
    """The report as an article whose paragraphs are all body."""
    body = tuple(Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", report.text))
    return annotate(Extract(name, report.text, body, ()), name, load_languages())


def agree_on_document(
    document: str, texts: dict[str, list[str]], encoder: Encoder
) -> tuple[Agreement, Agreement]:
    """By cells and by links, for one document given as its sentences in each language."""
    reports = {code: disturb(texts[code], f"{SEED} {document} {code}") for code in LANGUAGES}
    articles = [make_article(reports[code], code) for code in LANGUAGES]
    named = prepare(articles, encoder, Silent()).articles
    units = make_units(named, lambda one: words_of(one, encoder), load_word_means(encoder), facts_of)
    found = found_cells(join_units(units, load_weights()))
    known: list[Cells] = [
        {code: report.places[n] for code, report in reports.items() if n in report.places}
        for n in range(len(texts[LANGUAGES[0]]))
    ]
    return agree_on_cells(found, known), agree_on_links(found, known)


def measure(shared: Path, encoder: Encoder, most: int | None = None, *, told: bool = False) -> Figures:
    """The figures over all documents that are long enough, or over `most` of them, evenly taken."""
    names, texts = read_ntrex(shared / "data/ntrex")
    every = [name for name in dict.fromkeys(names) if names.count(name) >= FEWEST]
    chosen = every if most is None else every[:: max(1, len(every) // most)][:most]
    found = []
    for name in chosen:
        rows = [n for n, own in enumerate(names) if own == name]
        own = {code: [texts[code][n] for n in rows] for code in LANGUAGES}
        found.append(agree_on_document(name, own, encoder))
        if told:
            cells, links = found[-1]
            print(
                f"{name:32} {len(rows):3} sentences  cells {_told(cells)}  links {_told(links)}", flush=True
            )
    return Figures(len(found), _mean([one for one, _ in found]), _mean([other for _, other in found]))


def figures_of(found: Figures) -> dict[str, float]:
    """The figures by the names that floors.json uses."""
    return {
        "cells_precision": round(found.cells.precision, 3),
        "cells_recall": round(found.cells.recall, 3),
        "links_f1": round(found.links.f1, 3),
    }


def _mean(found: Sequence[Agreement]) -> Agreement:
    return Agreement(
        sum(one.precision for one in found) / len(found), sum(one.recall for one in found) / len(found)
    )


def _told(found: Agreement) -> str:
    return f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}"


def main() -> None:
    shared, *most = sys.argv[1:]
    figures = measure(Path(shared), open_encoder(Settings()), int(most[0]) if most else None, told=True)
    print(f"{figures.documents} documents: cells {_told(figures.cells)}, links {_told(figures.links)}")


if __name__ == "__main__":
    main()
