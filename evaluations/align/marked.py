"""The marked statements of the examples, as cells over the articles that khabar makes of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluations.align.expectations import Expectation, load_expectation
from evaluations.align.pages import places
from evaluations.align.score import Cells
from khabar.model.article import Article
from khabar.model.span import Span
from khabar.pipeline import read_articles
from khabar.progress import Silent

LARGEST_BYTES = 50_000_000


def read_story(folder: Path) -> tuple[Expectation, dict[str, Article]]:
    """What is expected of a folder, and the articles of the story by file name."""
    expected = load_expectation(folder)
    paths = [folder / name for name in expected.files("story")]
    articles, dropped = read_articles(paths, LARGEST_BYTES, Silent())
    assert not dropped, dropped
    return expected, {Path(article.path).name: article for article in articles}


def marked_cells(expected: Expectation, articles: Mapping[str, Article]) -> list[Cells]:
    """The marked statements by article id; words that stand in the left-outs only are not counted."""
    statements = []
    for statement in expected.statements:
        cells = {
            articles[file].id: spans
            for file, marked in statement.attestations.items()
            if (spans := [span for one in marked for span in _in_body(articles[file], one.text)])
        }
        statements.append(cells)
    return statements


def _in_body(article: Article, words: str) -> Sequence[Span]:
    spans = places(article.text, words)
    read = [sentence.span for sentence in article.sentences]
    return [span for span in spans if any(span.overlap(sentence) for sentence in read)]
