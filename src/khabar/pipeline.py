"""The way of the pages through the house: read, extract, annotate, encode, group, align, compare."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from khabar.annotate.article import annotate
from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.outcome import Dropped, Kept
from khabar.progress import Progress
from khabar.read import read_paths

_ID_LETTERS = 8


def read_articles(
    paths: Sequence[Path], largest_bytes: int, progress: Progress
) -> tuple[list[Article], list[Dropped]]:
    """The articles that the paths hold, annotated, and every input that held none."""
    progress.stage("reading", 0)
    seen: Counter[str] = Counter()
    articles: list[Article] = []
    dropped: list[Dropped] = []
    for outcome in read_paths(paths, largest_bytes):
        taken = extract(outcome.item, load_languages()) if isinstance(outcome, Kept) else outcome
        if isinstance(taken, Kept):
            articles.append(annotate(taken.item, _own_id(taken.item.text, seen), load_languages()))
        else:
            dropped.append(taken)
        progress.advance()
    return articles, dropped


def _own_id(text: str, seen: Counter[str]) -> str:
    """The article's id; a second report with the very same text gets a number behind it."""
    plain = article_id(text)
    seen[plain] += 1
    return plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"


def article_id(text: str) -> str:
    """A short name for an article that depends on its text alone."""
    return "a" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LETTERS]
