"""Totals, check, backup and restore."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from khabar.errors import LibraryError
from khabar.library.open import is_server, open_store
from khabar.library.shelves import article_id, article_of, page_digest, read_original
from khabar.library.store import Store, count
from khabar.library.transfer import copy_rows
from khabar.library.types import Checked, Fault, Totals
from khabar.model.article import Article
from khabar.progress import Progress

_MOST_FAULTS = 50
# What must be empty, and what it means where it is not.
_RULES = (
    ("an article is in no story",
     "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM memberships)"),
    ("an article has no profile",
     "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM profiles)"),
    ("an article has no vector",
     "SELECT id FROM articles WHERE number NOT IN (SELECT article FROM leads)"),
    ("a story counts other reports than it has",
     "SELECT s.number FROM stories AS s WHERE s.reports <> "
     "(SELECT count(*) FROM memberships AS m WHERE m.story = s.number)"),
    ("an input was kept but gave nothing",
     "SELECT path FROM inputs WHERE outcome = 'kept' AND (original IS NULL OR "
     "original NOT IN (SELECT original FROM articles))"),
    ("an original has no input",
     "SELECT number FROM originals WHERE number NOT IN "
     "(SELECT original FROM inputs WHERE original IS NOT NULL)"),
    ("a name has no spelling",
     "SELECT number FROM entities WHERE number NOT IN (SELECT entity FROM entity_forms)"),
)  # fmt: skip


def count_all(store: Store) -> Totals:
    """How much the library holds, at one moment."""
    with store.reading():
        by_outcome: dict[str, int] = dict(
            [*store.rows("SELECT outcome, count(*) FROM inputs GROUP BY outcome")]
        )
        kept, known, dropped = (int(by_outcome.get(name, 0)) for name in ("kept", "known", "dropped"))
        return Totals(
            inputs=kept + known + dropped,
            kept=kept,
            known=known,
            dropped=dropped,
            articles=count(store, "SELECT count(*) FROM articles"),
            stories=count(store, "SELECT count(*) FROM stories WHERE reports > 0"),
            shared_stories=count(store, "SELECT count(*) FROM stories WHERE reports > 1"),
            entities=count(store, "SELECT count(*) FROM entities"),
            decisions=count(store, "SELECT count(*) FROM decisions WHERE undone IS NULL"),
            size_bytes=store.size_bytes(),
        )


def check(store: Store, progress: Progress) -> Checked:
    """Reads every page, original and article, and asks whether all fits together."""
    progress.stage("checking", 0)
    faults = [Fault("the database", what) for what in store.faults()]
    seen = 0
    if not faults:
        with store.reading():
            for what, sql in _RULES:
                faults += [Fault(str(one[0]), what) for one in store.rows(f"{sql} LIMIT {_MOST_FAULTS}")]
            progress.stage("reading", count(store, "SELECT count(*) FROM articles"))
            for fault in _unreadable(store):
                seen += 1
                faults += [fault] if fault else []
                progress.advance()
            faults += _altered(store)
    return Checked(seen, tuple(faults[:_MOST_FAULTS]))


def _unreadable(store: Store) -> Iterator[Fault | None]:
    """For each article what is wrong with it, if anything."""
    sql = (
        "SELECT a.id, a.body, coalesce(a.text, o.body) FROM articles AS a "
        "JOIN originals AS o ON o.number = a.original ORDER BY a.number"
    )
    for found in store.stream(sql):
        try:
            article = article_of(store, found)
        except LibraryError as error:
            yield Fault(found[0], str(error))
        else:
            yield _misfit(article)


def _misfit(article: Article) -> Fault | None:
    if article_id(article.text) != article.id:
        return Fault(article.id, "its text is not the one that it was kept by")
    spans = [sentence.span for sentence in article.sentences] + [name.span for name in article.names]
    if any(span.end > len(article.text) for span in (*article.body, *spans)):
        return Fault(article.id, "something was found beyond its end")
    return None


def _altered(store: Store) -> Iterator[Fault]:
    """Originals that are not what they are known by."""
    for number, digest in store.stream("SELECT number, digest FROM originals ORDER BY number"):
        try:
            page = read_original(store, number)
        except LibraryError as error:
            yield Fault(f"original {number}", str(error))
        else:
            if page_digest(page) != digest:
                yield Fault(f"original {number}", "it is not the one that was read")


def backup(store: Store, to: Path) -> None:
    """A copy of one moment in one file. Errors: LibraryError; then nothing stands at `to`."""
    if to.exists():
        raise LibraryError(f"{to} is there already. Name a new file: nothing is overwritten.")
    fresh = to.with_name(f".{to.name}.part")
    fresh.unlink(missing_ok=True)
    try:
        store.backup(fresh)
        fresh.replace(to)
    except OSError as error:
        raise LibraryError(f"{to} cannot be written ({error.strerror}). Name another place.") from error
    finally:
        fresh.unlink(missing_ok=True)


def restore(source: Path, to: str | Path, replace: bool = False) -> Path | None:
    """Makes a library from a backup; with `replace` one that stands there is put aside.

    Gives where the old one went. A backup that is damaged is not taken. Errors: LibraryError.
    """
    copy = open_store(source, create=False)
    try:
        faults = copy.faults()
        if faults:
            raise LibraryError(
                f"{source} is damaged ({faults[0]}). Take another backup; nothing was changed."
            )
        if is_server(to):
            _restore_to_server(copy, str(to))
            return None
        return _restore_to_file(copy, Path(to), replace)
    finally:
        copy.close()


def _restore_to_server(copy: Store, address: str) -> None:
    target = open_store(address)
    try:
        if count(target, "SELECT count(*) FROM inputs"):
            raise LibraryError(f"{target.where} holds a library already. Name an empty database.")
        copy_rows(copy, target)
    finally:
        target.close()


def _restore_to_file(copy: Store, to: Path, replace: bool) -> Path | None:
    aside = None
    if to.exists() and not replace:
        raise LibraryError(f"{to} is there already. Name another place, or --replace puts it aside.")
    fresh = to.with_name(f".{to.name}.restored")
    fresh.unlink(missing_ok=True)
    try:
        copy.backup(fresh)
        if to.exists():
            aside = _put_aside(to)
        fresh.replace(to)
    except OSError as error:
        raise LibraryError(f"{to} cannot be written ({error.strerror}). Name another place.") from error
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def _put_aside(to: Path) -> Path:
    """Renames the file with what lies beside it, so that no log of the old one meets the new one."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    aside = to.with_name(f"{to.name}.{stamp}.old")
    for end in ("-wal", "-shm", ""):
        part = to.with_name(to.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    return aside
