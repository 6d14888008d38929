"""Who hears of every article that the library keeps: full text and the like, made again by `reindex`."""

from __future__ import annotations

from typing import Protocol

from khabar.encode.types import Vectors
from khabar.library.search.index import SearchIndex
from khabar.library.store import Store
from khabar.model.article import Article


class Index(Protocol):
    """Something that is made from articles alone and may be thrown away."""

    name: str

    def clear(self, store: Store) -> None:
        """Forgets all, inside `writing`."""

    def add(self, store: Store, number: int, article: Article, vectors: Vectors) -> None:
        """Takes in one article, inside the transaction that keeps it.

        Shapes: `vectors` float32[n_sentences, dim], centred, in the order of `article.sentences`.
        """


INDEXES: tuple[Index, ...] = (SearchIndex(),)
