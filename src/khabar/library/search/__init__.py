"""Search: words and meaning together, in any language over all of them."""

from khabar.library.search.types import (
    ArticleHit,
    Facets,
    FacetValue,
    Filters,
    Mode,
    Query,
    Results,
    Snippet,
    StoryHit,
    Term,
    Wish,
)

__all__ = [
    "ArticleHit",
    "FacetValue",
    "Facets",
    "Filters",
    "Mode",
    "Query",
    "Results",
    "Snippet",
    "StoryHit",
    "Term",
    "Wish",
]
