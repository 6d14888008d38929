"""Words of a report shown by themselves: that they begin or end inside a sentence is seen."""

from __future__ import annotations

from khabar.model.article import Article
from khabar.model.span import Excerpt, Span

_GAP = "…"


def opened(excerpt: Excerpt, article: Article) -> str:
    """The words, with "…" before them where their sentence begins earlier, and behind where it goes on."""
    around = [one.span for one in article.sentences if one.span.overlap(excerpt.span)]
    if not around:
        return excerpt.text
    before = Span(min(around[0].start, excerpt.span.start), excerpt.span.start).of(article.text)
    after = Span(excerpt.span.end, max(around[-1].end, excerpt.span.end)).of(article.text)
    words = excerpt.text if not _has_words(before) else f"{_GAP} {excerpt.text}"
    return words if not _has_words(after) else f"{words} {_GAP}"


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
