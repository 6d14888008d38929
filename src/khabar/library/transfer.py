"""All rows of one library into another that is empty, whatever keeps either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from khabar.library.migrate import migrate
from khabar.library.nearest import fill_places
from khabar.library.sqlite import SqliteStore
from khabar.library.store import Row, Store, marks

# In an order in which nothing points at a row that is not there yet. What is made from these by `reindex` is
# left out; a part of khabar that keeps more names its tables here.
TABLES: dict[str, tuple[str, ...]] = {
    "made": ("number", "version", "encoder", "settings"),
    "dictionaries": ("number", "reports", "words", "notes"),
    "originals": ("number", "digest", "kind", "facts", "body"),
    "inputs": (
        "number", "path", "digest", "outcome", "stage", "reason", "original", "first_given",
        "last_given", "times",
    ),
    "articles": (
        "number", "id", "original", "made", "added", "address", "outlet", "title", "languages", "published",
        "day", "supersedes", "body", "text",
    ),
    "profiles": ("article", "facts", "sentences"),
    "leads": ("article", "lead"),
    "entities": ("number", "kind", "name", "romanised", "romanised_certain", "known", "own", "offices"),
    "entity_forms": ("entity", "form", "language", "mentions"),
    "entity_keys": ("key", "first", "entity"),
    "mentions": ("entity", "article", "times"),
    "stories": (
        "number", "title", "happened", "place", "who", "first_day", "last_day", "reports", "languages",
        "changed", "into_story",
    ),
    "memberships": ("article", "story"),
    "history": ("number", "story", "at", "event", "article", "other", "decision", "why"),
    "tellings": ("story", "key", "body"),
    "decisions": ("number", "kind", "story", "at", "by_whom", "note", "undone"),
    "decision_articles": ("article", "decision", "side"),
    "jobs": (
        "number", "kind", "state", "asked", "made", "started", "ended", "stage", "done", "total", "result",
        "cancel",
    ),
    "alerts": ("number", "name", "query", "filters", "made", "seen"),
    "sources": (
        "number", "address", "kind", "title", "made", "state", "last_asked", "next_due", "etag",
        "last_modified", "failures", "note", "facts",
    ),
    "tokens": ("number", "name", "digest", "scopes", "made", "expires", "last_used", "revoked"),
}  # fmt: skip
_PART = 500


def copy_to_file(source: Store, to: Path) -> None:
    """The library as one SQLite file that is not there yet."""
    with closing(SqliteStore(to, create=True)) as target:
        migrate(target)
        copy_rows(source, target)
        target.rows("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


def copy_rows(source: Store, target: Store) -> None:
    """All rows, as they are at one moment, in one transaction."""
    with source.reading(), target.writing():
        for table, columns in TABLES.items():
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks(columns)})"
            for part in _parts(source.stream(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2")):
                target.run_many(sql, part)
            if target.kind == "postgres" and "number" in columns:
                last = f"(SELECT max(number) FROM {table})"
                target.run(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), {last}) WHERE {last} > 0"
                )
        fill_places(target)


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while part := list(islice(rows, _PART)):
        yield part
