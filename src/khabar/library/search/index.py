"""What the library keeps of an article for searching, beside its vectors: stems, spellings of names, days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from khabar.encode.types import Vectors
from khabar.library.columns import ENTITY, to_column, to_number
from khabar.library.search.terms import folded_words, function_words, stem
from khabar.library.store import Store, count, row
from khabar.model.article import Article
from khabar.model.mentions import DateMention

_MOST_STEMS = 12_000  # different ones of one article: PostgreSQL takes a megabyte of them
_AT_ONCE = 200
_LONGEST_NAME = 6  # words of a spelling that is looked for in queries
TITLE = "title0"  # before the stems of a title, so that they can be told from the others
STATE = "khabar_search"


class SearchIndex:
    """Full text by FTS5 or by PostgreSQL; the nearest sentences need no index of their own."""

    name = "search"

    def clear(self, store: Store) -> None:
        """Forgets all, inside `writing`."""
        if store.kind == "postgres":
            store.run("DELETE FROM search_words")
        else:
            store.run("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        for table in ("search_names", "search_days", "search_known"):
            store.run(f"DELETE FROM {table}")
        note_change(store)

    def add(self, store: Store, number: int, article: Article, vectors: Vectors) -> None:
        """Takes in one article, inside the transaction that keeps it."""
        _keep_stems(store, number, stems_of(article))
        store.run("INSERT INTO search_known (article) VALUES (?) ON CONFLICT DO NOTHING", (number,))
        store.run_many(
            "INSERT INTO search_names (folded, entity) VALUES (?, ?) ON CONFLICT DO NOTHING",
            sorted(_spellings(article)),
        )
        store.run_many(
            "INSERT INTO search_days (first_day, last_day, article) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            sorted((first, last, number) for first, last in _days(article)),
        )

    def remove(self, store: Store, number: int) -> None:
        """Forgets one article, which must still stand as it was added, inside `writing`."""
        from khabar.library.shelves import Reading  # noqa: PLC0415  (it is rarely needed)

        if store.kind == "postgres":
            store.run("DELETE FROM search_words WHERE article = ?", (number,))
        elif row(store, "SELECT 1 FROM search_known WHERE article = ?", (number,)):
            (article,) = Reading(store).articles([number])
            said = " ".join(sorted(stems_of(article)))
            sql = "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)"
            store.run(sql, (number, said))
        for table in ("search_days", "search_known"):
            store.run(f"DELETE FROM {table} WHERE article = ?", (number,))
        note_change(store)


def fill_gaps(store: Store) -> None:
    """Takes in the articles that came without: from an older library, or from a copy."""
    from khabar.library.shelves import Reading  # noqa: PLC0415  (it is rarely needed)

    if count(store, "SELECT count(*) FROM search_known") == count(store, "SELECT count(*) FROM articles"):
        return
    sql = (
        "SELECT number FROM articles WHERE number NOT IN (SELECT article FROM search_known) "
        "ORDER BY number LIMIT ?"
    )
    index, reading = SearchIndex(), Reading(store)
    while True:
        with store.writing():
            missing = [int(number) for (number,) in store.rows(sql, (_AT_ONCE,))]
            if not missing:
                return
            for number, article in zip(missing, reading.articles(missing), strict=True):
                index.add(store, number, article, np.zeros((0, 0), np.float32))


def note_change(store: Store) -> None:
    """Tells every process that what it remembers of the articles may no longer hold, inside `writing`."""
    store.run(
        "INSERT INTO meta (name, value) VALUES (?, '1') "
        "ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT)",
        (STATE,),
    )


def stems_of(article: Article) -> set[str]:
    """What an article is found by: the stems of its sentences, each in its language, without mere grammar."""
    found: dict[str, None] = {}
    for sentence in article.sentences:
        inside = article.title is not None and sentence.span.overlap(article.title) > 0
        for word in folded_words(sentence.span.of(article.text)):
            if word in function_words():
                continue
            under = stem(word, sentence.language)
            found[under] = None
            if inside:
                found[TITLE + under] = None
    return set(list(found)[:_MOST_STEMS])


def _keep_stems(store: Store, number: int, found: set[str]) -> None:
    said = to_column(" ".join(sorted(found)))
    if store.kind == "postgres":
        # The parser of PostgreSQL is not asked: the words are words already, the same as in SQLite.
        sql = (
            "INSERT INTO search_words (article, words) "
            "VALUES (?, array_to_tsvector(array_remove(string_to_array(?, ' '), ''))) "
            "ON CONFLICT (article) DO UPDATE SET words = excluded.words"
        )
        store.run(sql, (number, said))
    else:
        store.run("INSERT INTO search_words (rowid, words) VALUES (?, ?)", (number, said))


def _spellings(article: Article) -> set[tuple[str, int]]:
    found = set()
    for name in article.names:
        words = folded_words(name.text)
        if name.entity and 0 < len(words) <= _LONGEST_NAME:
            found.add((" ".join(words), to_number(ENTITY, name.entity)))
    return found


def _days(article: Article) -> Iterator[tuple[int, int]]:
    for mention in article.dates:
        stretch = mentioned_days(mention)
        if stretch:
            yield stretch


def mentioned_days(mention: DateMention) -> tuple[int, int] | None:
    """The numbers of the first and last day that date words may mean; None where that is not known."""
    from khabar.library.search.days import day_range  # noqa: PLC0415

    first, _, last = (mention.value or "").partition("/")
    begun, ended = day_range(first[:10]), day_range((mention.end or last or first)[:10])
    if not begun or not ended or begun[0] > ended[1]:
        return None
    return date.fromisoformat(begun[0]).toordinal(), date.fromisoformat(ended[1]).toordinal()
