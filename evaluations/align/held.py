"""How well statements are found in stories that nothing was tuned on.

    python -m evaluations.align.held

Three constructed stories of five reports: in Arabic, Persian, English and one of Turkish, German and French.
In a file of `held/` a line of == begins a report, its first line is the title, every other line a paragraph;
{1,2:words} are words that make the statements 1 and 2.
"""

from __future__ import annotations

import re
from pathlib import Path

from evaluations.align.measure import Told, print_told
from evaluations.align.measure import measure as measure_told
from evaluations.align.score import Cells
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

HELD = Path(__file__).resolve().parent / "held"
_MARK = re.compile(r"\{([\d,]+):([^{}]*)\}")
_HEAD = re.compile(r"^== (\w+) \w+\n", re.MULTILINE)
Marks = dict[str, dict[str, list[Span]]]


def stories() -> list[Path]:
    """The files, one for each story."""
    return sorted(HELD.glob("*.txt"))


def read_marked(file: Path) -> tuple[list[Article], list[Cells]]:
    """The reports of a story and its statements, each by the reports that make it and where."""
    _, *pieces = _HEAD.split(file.read_text("utf-8"))
    marks: Marks = {}
    articles = [
        _report(name, marked.strip(), marks) for name, marked in zip(pieces[::2], pieces[1::2], strict=True)
    ]
    return articles, list(marks.values())


def _report(name: str, marked: str, marks: Marks) -> Article:
    text, last = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        for number in mark[1].split(","):
            span = Span(len(text), len(text) + len(mark[2]))
            marks.setdefault(number, {}).setdefault(name, []).append(span)
        text, last = text + mark[2], mark.end()
    text += marked[last:]
    title, *body = (Span(*line.span()) for line in re.finditer(r"[^\n]+", text))
    return annotate(Extract(name, text, tuple(body), (), title), name, load_languages())


def read_held(file: Path, encoder: Encoder) -> Told:
    """The story of a file, ready to be measured."""
    articles, marked = read_marked(file)
    named = prepare(articles, encoder, Silent()).articles
    means = load_word_means(encoder)
    units = make_units(named, lambda article: words_of(article, encoder), means, facts_of)
    return Told(file.stem, units, marked)


def measure(encoder: Encoder) -> dict[str, float]:
    """The means of the figures over the stories, by the names that floors.json uses."""
    found = [measure_told(read_held(file, encoder), load_weights()) for file in stories()]
    return {name: round(sum(one[name] for one in found) / len(found), 3) for name in found[0]}


def main() -> None:
    encoder = open_encoder(Settings())
    for file in stories():
        print_told(read_held(file, encoder), load_weights())
    print(*(f"{name} {value:.3f}" for name, value in measure(encoder).items()))


if __name__ == "__main__":
    main()
