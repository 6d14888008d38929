"""What grouping looks at in an article: vectors and numbers are kept, the rest is read off it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from khabar.encode.types import Vectors
from khabar.group.profile import Profile, make_profile
from khabar.library.packing import pack_rows, unpack_rows
from khabar.library.shelves import Reading
from khabar.library.squeeze import read_facts, squeeze_facts
from khabar.library.store import Store, marks
from khabar.linkage import Pair
from khabar.model.article import Article
from khabar.model.mentions import NumberMention
from khabar.model.span import Span

_MOST_REMEMBERED = 2000  # profiles, some 30 kB each
_MOST_LINKS = 100_000  # decided pairs, some 200 bytes each


def keep_evidence(store: Store, number: int, vectors: Vectors, numbers: Sequence[NumberMention]) -> Vectors:
    """The vectors as they will come back, so that a first look and a later one agree; they are kept.

    Shapes: float32[n_sentences, dim], in and out.
    """
    facts = [vectors.shape[1], [[one.span.start, len(one.span), one.value, one.unit] for one in numbers]]
    packed = pack_rows(vectors)
    store.run(
        "INSERT INTO profiles (article, facts, sentences) VALUES (?, ?, ?) "
        "ON CONFLICT (article) DO UPDATE SET facts = excluded.facts, sentences = excluded.sentences",
        (number, squeeze_facts(facts), packed),
    )
    return unpack_rows(packed, vectors.shape[1])


def profile_of(article: Article, vectors: Vectors, numbers: Sequence[NumberMention]) -> Profile:
    """The profile of an article whose names have their entities."""
    kinds = {name.entity: name.kind for name in article.names if name.entity}
    return make_profile(article, vectors, numbers, kinds, divided=False)


class Profiles:
    """Profiles by article id, the latest ones remembered."""

    def __init__(self, store: Store, reading: Reading) -> None:
        self.store, self.reading = store, reading
        self.links: dict[Pair, float] = {}  # log odds of pairs as they were decided
        self._known: OrderedDict[str, Profile] = OrderedDict()

    def remember(self, links: Mapping[Pair, float]) -> None:
        """Keeps the log odds of pairs in memory, the latest ones."""
        self.links.update(links)
        for pair in list(islice(self.links, max(0, len(self.links) - _MOST_LINKS))):
            del self.links[pair]

    def read(self, articles: Sequence[str]) -> dict[str, Profile]:
        """The profiles of these articles."""
        wanted = list(dict.fromkeys(articles))
        missing = [name for name in wanted if name not in self._known]
        made = dict(self._make(missing)) if missing else {}
        found = {name: made.get(name) or self._known.get(name) for name in wanted}
        self._known.update(made)
        for name in wanted:
            if name in self._known:
                self._known.move_to_end(name)
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return {name: profile for name, profile in found.items() if profile is not None}

    def vectors(self, number: int) -> Vectors:
        """The kept sentence vectors of an article. Shapes: float32[n_sentences, dim]."""
        sql = "SELECT facts, sentences FROM profiles WHERE article = ?"
        facts, sentences = self.store.rows(sql, (number,))[0]
        return unpack_rows(sentences, read_facts(facts)[0])

    def forget(self) -> None:
        """Makes everything again from now on."""
        self._known.clear()
        self.links.clear()

    def _make(self, missing: Sequence[str]) -> list[tuple[str, Profile]]:
        sql = (
            "SELECT p.article, p.facts, p.sentences FROM profiles AS p "
            f"JOIN articles AS a ON a.number = p.article WHERE a.id IN ({marks(missing)})"
        )
        rows = self.store.rows(sql, missing)
        articles = self.reading.articles([number for number, _, _ in rows])
        return [
            (article.id, _profile(article, read_facts(facts), sentences))
            for article, (_, facts, sentences) in zip(articles, rows, strict=True)
        ]


def _profile(article: Article, facts: Any, sentences: bytes) -> Profile:
    dim, rows = facts
    numbers = [
        NumberMention(span, span.of(article.text), value, unit)
        for start, length, value, unit in rows
        for span in [Span(start, start + length)]
    ]
    return profile_of(article, unpack_rows(sentences, dim), numbers)
