"""What is made from articles is made anew: indexes, stories and, when asked for, the articles themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from khabar.errors import LibraryError
from khabar.extract import extract_reports
from khabar.lang.loader import load_languages
from khabar.library.columns import ENTITY, to_column, to_number
from khabar.library.growth import keep_header
from khabar.library.indexes import INDEXES
from khabar.library.learnt import learn_if_due
from khabar.library.nearest import keep_lead
from khabar.library.shelves import article_id, keep_made, read_original, rewrite_article
from khabar.library.store import Store, count
from khabar.model.article import Article
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.pipeline import annotate_extract
from khabar.progress import Progress

if TYPE_CHECKING:
    from khabar.library.library import Library

_PART = 200  # articles a transaction
_LEARN_AGAIN_AT_TIMES = 2  # as many reports as when the library learnt last


def renew(library: Library, anew: bool, progress: Progress) -> int:
    """How many articles there are. It may be cut off and repeated; others may read and add meanwhile."""
    learn_if_due(library.store, _LEARN_AGAIN_AT_TIMES)
    if anew:
        _annotate_again(library, progress)
    _squeeze_again(library, progress)
    _index_again(library, progress)
    _group_again(library, progress)
    return count(library.store, "SELECT count(*) FROM articles")


def _annotate_again(library: Library, progress: Progress) -> None:
    """Articles that something else made are made again from their originals."""
    store = library.store
    with store.writing():
        made = keep_made(store, library.made)
    sql = "SELECT number, id, original FROM articles WHERE made <> ? ORDER BY number"
    ahead = store.rows(sql, (made,))
    progress.stage("annotating", len(ahead))
    for number, name, original in ahead:
        _annotate_one(library, number, name, original, made)
        progress.advance()
    library.reading.forget()
    library.profiles.forget()


def _annotate_one(library: Library, number: int, name: str, original: int, made: int) -> None:
    store = library.store
    (before,) = library.reading.articles([number])
    taken = _again(library, original, name, before.path)
    if isinstance(taken, Dropped):  # it stays as it was; nothing that was kept is lost
        return
    worked = library.intake.work_on(taken.item)
    with store.writing():
        _forget_names(library, number, before)
        article = library.intake.link(worked)
        rewrite_article(store, number, article, made)
        library.intake.keep_found(number, article, worked)
        store.run("DELETE FROM leads WHERE article = ?", (number,))
        keep_lead(store, number, worked.lead.report)


def _again(library: Library, original: int, name: str, path: str) -> Outcome[Article]:
    page = read_original(library.store, original, path)
    for taken in extract_reports(page, load_languages()):
        if isinstance(taken, Kept) and article_id(taken.item.text) == name:
            return annotate_extract(taken.item, name)
    return Dropped(path, "extract", "this khabar takes another text from the page")


def _forget_names(library: Library, number: int, before: Article) -> None:
    library.store.run("DELETE FROM mentions WHERE article = ?", (number,))
    for index in INDEXES:
        if hasattr(index, "remove"):
            index.remove(library.store, number)
    library.store.run_many(
        "UPDATE entity_forms SET mentions = mentions - 1 WHERE entity = ? AND form = ? AND mentions > 1",
        [
            (to_number(ENTITY, name.entity), to_column(" ".join(name.text.split())))
            for name in before.names
            if name.entity
        ],
    )


def _squeeze_again(library: Library, progress: Progress) -> None:
    """Texts and notes that were squeezed with other words than the newest are squeezed with these."""
    store = library.store
    newest = count(store, "SELECT coalesce(max(number), 0) FROM originals")
    progress.stage("squeezing", newest)
    for first in range(0, newest + 1, _PART):
        within = (first, first + _PART)
        with store.writing():
            for table, column in (("originals", "body"), ("articles", "text"), ("articles", "body")):
                _squeeze_some(store, table, column, within)
        progress.advance(min(_PART, newest - first))


def _squeeze_some(store: Store, table: str, column: str, within: tuple[int, int]) -> None:
    sql = f"SELECT number, {column} FROM {table} WHERE number >= ? AND number < ? AND {column} IS NOT NULL"
    notes = (table, column) == ("articles", "body")
    read = store.learnt.read_facts if notes else store.learnt.read_text
    squeeze = store.learnt.squeeze_facts if notes else store.learnt.squeeze_text
    store.run_many(
        f"UPDATE {table} SET {column} = ? WHERE number = ?",
        [
            (squeeze(read(value)), number)
            for number, value in store.rows(sql, within)
            if not store.learnt.is_newest(value)
        ],
    )


def _index_again(library: Library, progress: Progress) -> None:
    """Every index forgets all and hears of every article again."""
    store = library.store
    progress.stage("indexing", count(store, "SELECT count(*) FROM articles"))
    with store.writing():
        for index in INDEXES:
            index.clear(store)
        for (number,) in store.rows("SELECT number FROM articles ORDER BY number"):
            (article,) = library.reading.articles([number])
            vectors = library.profiles.vectors(number)
            for index in INDEXES:
                index.add(store, number, article, vectors)
            progress.advance()


def _group_again(library: Library, progress: Progress) -> None:
    """Every story is formed anew beside its neighbours; ids stay with the most reports."""
    store = library.store
    stories = store.rows("SELECT number FROM stories WHERE reports > 0 ORDER BY number")
    progress.stage("grouping", len(stories))
    for (story,) in stories:
        sql = (
            "SELECT a.id FROM memberships AS m JOIN articles AS a ON a.number = m.article "
            "WHERE m.story = ? ORDER BY a.number"
        )
        members = [name for (name,) in store.rows(sql, (story,))]
        if members:
            library.regroup([*members, *_around(library, members)])
            with store.writing():
                if count(store, "SELECT reports FROM stories WHERE number = ?", (story,)):
                    keep_header(store, library.reading, story)
        progress.advance()


def _around(library: Library, members: list[str]) -> list[str]:
    """The nearest reports of the story's first one: what might belong to it."""
    first = library.profiles.read(members[:1]).get(members[0])
    if first is None:
        raise LibraryError(f"{members[0]} has no profile. `khabar reindex --anew` makes it again.")
    return list(library.shelf.near(first.report, first.day, 12))
