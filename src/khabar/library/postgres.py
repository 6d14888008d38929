"""A library in a PostgreSQL database, for several machines."""

from __future__ import annotations

import os
import re
import struct
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from pg8000 import dbapi  # type: ignore[import-untyped]
from pg8000.exceptions import DatabaseError, InterfaceError  # type: ignore[import-untyped]

from khabar.errors import LibraryError
from khabar.library.addresses import read_address
from khabar.library.learnt import Learnt
from khabar.library.store import WAIT_S, Row, Values

_WRITER = 0x6B686162  # the lock that every writer holds, so that there is one at a time as in SQLite
_PASSWORD = re.compile(r"(://[^:/@]*):[^@]*@")
_PART = 500  # rows that are fetched at once in a stream
_NOT_AVAILABLE, _DISK_FULL, _READ_ONLY = (
    "55P03",
    "53100",
    "25006",
)  # states of SQL that have words of their own


class PostgresStore:
    """One database; what the tables hold and how it is asked for is as in SQLite."""

    kind = "postgres"

    def __init__(self, address: str, wait_s: float = WAIT_S) -> None:
        self.address, self.where, self.wait_s = address, _PASSWORD.sub(r"\1:***@", address), wait_s
        self._own = threading.local()
        self._opened: list[Any] = []
        self.learnt = Learnt(self.rows)
        with self._speaking():
            self._base()

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of the answer."""
        with self._speaking():
            answer = self._ask(sql, values)
            return [tuple(row) for row in answer.fetchall()] if answer.description else []

    def run(self, sql: str, values: Values = ()) -> list[Row]:
        """Writes, inside `writing`; the rows of RETURNING."""
        return self.rows(sql, values)

    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Writes many rows, inside `writing`."""
        with self._speaking():
            for values in many:
                self._ask(sql, values)

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows one by one."""
        name = f"stream{next(_NUMBERS)}"
        with self._speaking(), self._together():
            self._ask(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", values)
            while found := self.rows(f"FETCH {_PART} FROM {name}"):
                yield from found
            self._ask(f"CLOSE {name}")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, under the lock that all writers take."""
        if self._inside():
            yield
            return
        with self._speaking(), self._together():
            self._ask(f"SET LOCAL lock_timeout = '{int(self.wait_s * 1000)}ms'")
            self._ask(f"SELECT pg_advisory_xact_lock({_WRITER})")
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several questions to one state of the library."""
        if self._inside():
            yield
            return
        with self._speaking(), self._together():
            self._ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def script(self, sql: str) -> None:
        """Runs the statements of a migration."""
        with self._speaking():
            self._ask(sql)

    def settle(self) -> None:
        """A server is always ready."""

    def backup(self, to: Path) -> None:
        """The database of one moment as one file: a library in SQLite that any khabar reads."""
        from khabar.library.transfer import copy_to_file  # noqa: PLC0415  (it opens stores itself)

        copy_to_file(self, to)

    def faults(self) -> list[str]:
        """PostgreSQL checks what it reads; every row is read by `check` itself."""
        return []

    def size_bytes(self) -> int:
        """What the database takes on the server."""
        return int(self.rows("SELECT pg_database_size(current_database())")[0][0])

    def close(self) -> None:
        """Ends the connections of all threads."""
        for base in self._opened:
            _end(base)
        self._opened.clear()
        self._own = threading.local()

    def _inside(self) -> bool:
        return bool(getattr(self._own, "inside", False)) and self._own.process == os.getpid()

    @contextmanager
    def _together(self) -> Iterator[None]:
        """A transaction, or the one that this thread is in."""
        if self._inside():
            yield
            return
        self._ask("BEGIN")
        self._own.inside = True
        try:
            yield
            self._own.inside = False
            self._ask("COMMIT")
        except BaseException:
            self._own.inside = False
            with suppress(*_BROKEN):
                self._ask("ROLLBACK")
            raise

    def _ask(self, sql: str, values: Values = ()) -> Any:
        """The cursor with the answer."""
        cursor = self._base().cursor()
        if values:
            cursor.execute(_as_spoken(sql), tuple(values))
        else:
            cursor.execute(sql)
        return cursor

    def _base(self) -> Any:
        """This thread's connection; a process that was forked opens its own."""
        known = getattr(self._own, "base", None)
        if known is None or self._own.process != os.getpid():
            known = dbapi.connect(**read_address(self.address))
            known.autocommit = True
            self._own.base, self._own.process, self._own.inside = known, os.getpid(), False
            self._opened.append(known)
        return known

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """What the server reports, in words for the user."""
        try:
            yield
        except DatabaseError as error:
            raise self._in_words(error) from error
        except (InterfaceError, OSError, struct.error) as error:
            self._forget()
            raise LibraryError(f"{self.where}: {' '.join(str(error).split())}.") from error

    def _in_words(self, error: DatabaseError) -> LibraryError:
        told = error.args[0] if error.args and isinstance(error.args[0], dict) else {"M": str(error)}
        said = {
            _NOT_AVAILABLE: f"Another process has been writing to {self.where} for {self.wait_s:g} seconds. "
            "Wait for it, then repeat.",
            _DISK_FULL: f"The server of {self.where} has no room left. Make room, then repeat.",
            _READ_ONLY: f"{self.where} is read-only. Ask for the right to write.",
        }
        return LibraryError(said.get(told.get("C", ""), f"{self.where}: {' '.join(told['M'].split())}."))

    def _forget(self) -> None:
        """The connection is broken: the next question opens another."""
        base = getattr(self._own, "base", None)
        if base is not None:
            self._own.base = None
            _end(base)


_NUMBERS = count()
_BROKEN = (DatabaseError, InterfaceError, OSError, struct.error)


def _as_spoken(sql: str) -> str:
    """The question with the driver's marks for values; what stands in quotes is left as it is."""
    parts = sql.split("'")
    parts[::2] = [part.replace("%", "%%").replace("?", "%s") for part in parts[::2]]
    return "'".join(parts)


def _end(base: Any) -> None:
    with suppress(*_BROKEN):
        base.close()
