"""A page's printed date against its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.model.article import Article
from khabar.model.mentions import DateStatus
from khabar.model.span import Excerpt, Span
from khabar.model.story import Difference, DifferenceKind, Weight


def published_differences(articles: Sequence[Article]) -> Iterator[Difference]:
    """The words of each page that contradict the date it prints; both sides lie in one article."""
    for article in articles:
        published = article.published
        if published.status is DateStatus.CONFLICT and published.span is not None:
            for conflict in published.conflicts:
                yield Difference(
                    DifferenceKind.DATE,
                    Weight.MEANING,
                    None,
                    _excerpt(article, published.span),
                    _excerpt(article, conflict),
                    published.note,
                )


def _excerpt(article: Article, span: Span) -> Excerpt:
    return Excerpt(article.id, span, span.of(article.text))
