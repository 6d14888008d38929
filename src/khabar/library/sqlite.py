"""A library in one SQLite file."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from khabar.errors import LibraryError
from khabar.library.learnt import Learnt
from khabar.library.store import WAIT_S, Row, Values

CACHE_KIB = 32_000  # pages that a connection remembers
PAGE_BYTES = 16_384  # an article's rows are some kilobytes: larger pages waste less room between rows
_LOG_PAGES = 512  # after so many the log is folded in, and it keeps no more room than they take
_BUSY_RETRY_S = 0.05
_MOST_FAULTS = 20


class SqliteStore:
    """One file in WAL mode: any number of readers beside one writer, over processes."""

    kind = "sqlite"

    def __init__(self, path: Path, create: bool, wait_s: float = WAIT_S) -> None:
        self.path, self.where, self.wait_s = path, str(path), wait_s
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._read_only = False
        self.learnt = Learnt(self.rows)
        if not path.exists() and not create:
            raise LibraryError(f"there is no library at {path}. `khabar init` makes one.")
        if path.is_dir():
            raise LibraryError(f"{path} is a folder. Name a file in it, as {path / 'khabar.db'}.")
        with self._speaking():
            self._base()

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of the answer."""
        with self._speaking():
            return self._base().execute(sql, values).fetchall()

    def run(self, sql: str, values: Values = ()) -> list[Row]:
        """Writes, inside `writing`; the rows of RETURNING."""
        return self.rows(sql, values)

    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Writes many rows, inside `writing`."""
        with self._speaking():
            self._base().executemany(sql, many)

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows one by one."""
        with self._speaking():
            yield from self._base().execute(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; its lock is taken at the beginning, so that it never fails half-way."""
        if self._read_only:
            raise LibraryError(f"{self.where} is read-only here. Copy it, or ask for the right to write.")
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several questions to one state of the library."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        base = self._base()
        if base.in_transaction:
            yield
            return
        with self._speaking():
            base.execute(begin)
        try:
            yield
            with self._speaking():
                base.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                if base.in_transaction:
                    base.execute("ROLLBACK")
            raise

    def script(self, sql: str) -> None:
        """Runs statements one by one: `executescript` would end the transaction."""
        statement = ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self.run(statement)
                statement = ""

    def backup(self, to: Path) -> None:
        """Writes a copy of one moment, while others read and write."""
        with self._speaking(), closing(sqlite3.connect(to)) as copy:
            self._base().backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it

    def faults(self) -> list[str]:
        """What SQLite finds wrong with pages, indexes and references."""
        try:
            found = [str(one[0]) for one in self._base().execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
            lost = self._base().execute("PRAGMA foreign_key_check").fetchmany(_MOST_FAULTS)
        except sqlite3.DatabaseError as error:
            return [str(error)]
        found += [
            f"{table} {number} points at a row of {parent} that is not there"
            for table, number, parent, _ in lost
        ]
        return [one for one in found if one != "ok"]

    def size_bytes(self) -> int:
        """The file with what lies beside it until it is folded in."""
        files = [Path(self.where + end) for end in ("", "-wal")]
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        """Ends the connections of all threads."""
        for base in self._opened:
            with suppress(sqlite3.Error):
                base.close()
        self._opened.clear()
        self._own = threading.local()

    def _base(self) -> sqlite3.Connection:
        """This thread's connection; a process that was forked opens its own."""
        if getattr(self._own, "process", None) != os.getpid():
            self._own.base = self._connect()
            self._own.process = os.getpid()
            self._opened.append(self._own.base)
        base: sqlite3.Connection = self._own.base
        return base

    def _connect(self) -> sqlite3.Connection:
        try:
            return self._prepared(self._dial(str(self.path)))
        except sqlite3.OperationalError as error:
            if _name(error) not in {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY"}:
                raise
            return self._connect_to_read(error)

    def _connect_to_read(self, error: sqlite3.OperationalError) -> sqlite3.Connection:
        """Where nothing may be written the file alone is read; not when a part of it lies beside it."""
        beside = Path(self.where + "-wal")
        if not self.path.exists() or (beside.exists() and beside.stat().st_size):
            raise error
        self._read_only = True
        return self._dial(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1")

    def _dial(self, address: str) -> sqlite3.Connection:
        return sqlite3.connect(
            address,
            timeout=self.wait_s,
            isolation_level=None,  # transactions are ours
            check_same_thread=False,  # only `close` reaches over to other threads' connections
            uri=address.startswith("file://"),
        )

    def _prepared(self, base: sqlite3.Connection) -> sqlite3.Connection:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute(
            "PRAGMA synchronous = NORMAL"
        )  # beside a log nothing breaks; the last moments may be lost
        base.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # heard only where the file is empty
        base.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        base.execute(f"PRAGMA journal_size_limit = {_LOG_PAGES * PAGE_BYTES}")
        base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        base.execute("SELECT count(*) FROM sqlite_master").fetchone()  # whether it can be read at all
        return base

    def settle(self) -> None:
        """The log goes beside the file, so that readers and a writer do not wait for each other."""
        if self._read_only or self.rows("PRAGMA journal_mode")[0][0] == "wal":
            return
        with self._speaking():
            self._keep_log_beside(self._base())

    def _keep_log_beside(self, base: sqlite3.Connection) -> None:
        # Two processes that make one library at the same moment: this question does not wait by itself.
        last = time.monotonic() + self.wait_s
        while True:
            try:
                base.execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except sqlite3.OperationalError as error:
                if _name(error) == "SQLITE_READONLY":
                    return  # it can be read as it is
                if _name(error) != "SQLITE_BUSY" or time.monotonic() > last:
                    raise
                time.sleep(_BUSY_RETRY_S)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """What SQLite reports, in words for the user."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise LibraryError(self._in_words(error)) from error

    def _in_words(self, error: sqlite3.DatabaseError) -> str:
        sentence = _SENTENCES.get(_name(error).removeprefix("SQLITE_").partition("_")[0])
        if sentence is None:
            return f"{self.where}: {error}."
        return sentence.format(where=self.where, wait=f"{self.wait_s:g}", parent=self.path.parent)


_SENTENCES = {
    "NOTADB": "{where} is no library: it is not a database. Name another file; nothing in it was changed.",
    "CORRUPT": (
        "{where} is damaged. Nothing was changed now. `khabar check` says where; "
        "bring back a backup with `khabar restore`."
    ),
    "FULL": "{where} cannot grow: the disk is full. What was added before is kept. Make room, then repeat.",
    "IOERR": "{where} cannot be read or written: the disk is full or fails. Make room, then repeat.",
    "READONLY": "{where} may not be written here. Copy it, or ask for the right to write in {parent}.",
    "CANTOPEN": "{where} cannot be opened: {parent} is not there or may not be written. Name another place.",
    "BUSY": "Another process has been writing to {where} for {wait} seconds. Wait for it, then repeat.",
    "PERM": "{where} may not be opened. Ask for the right to read it.",
    "AUTH": "{where} may not be opened. Ask for the right to read it.",
    "TOOBIG": "Something is too large to be kept in {where}.",
}


def _name(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", ""))
