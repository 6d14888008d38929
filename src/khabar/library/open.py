"""A store by its name: a file, or the connection string of a server."""

from __future__ import annotations

from pathlib import Path

from khabar.errors import LibraryError
from khabar.library.migrate import migrate
from khabar.library.sqlite import SqliteStore
from khabar.library.store import WAIT_S, Store

_SERVER = ("postgresql://", "postgres://")


def open_store(where: str | Path, create: bool = True, wait_s: float = WAIT_S) -> Store:
    """The database of a library, with the newest schema.

    `where` is a path or a postgresql:// connection string. Errors: LibraryError.
    """
    store = _connect(str(where), create, wait_s)
    try:
        migrate(store)
        store.settle()
    except BaseException:
        store.close()
        raise
    return store


def is_server(where: str | Path) -> bool:
    """Whether it names a server's database and no file."""
    return str(where).startswith(_SERVER)


def _connect(where: str, create: bool, wait_s: float) -> Store:
    if not is_server(where):
        return SqliteStore(Path(where).expanduser(), create, wait_s)
    try:
        from khabar.library.postgres import PostgresStore  # noqa: PLC0415  (pg8000 comes with an extra)
    except ImportError as error:
        raise LibraryError(
            "A library on a server needs pg8000. Install it: pip install 'khabar[postgres]'."
        ) from error
    return PostgresStore(where, wait_s)
