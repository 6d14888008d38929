"""A library in a PostgreSQL database, for several machines."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql as quoted

from khabar.errors import LibraryError
from khabar.library.store import WAIT_S, Row, Values

_WRITER = 0x6B686162  # the lock that every writer holds, so that there is one at a time as in SQLite
_PASSWORD = re.compile(r"(://[^:/@]*):[^@]*@")
_PART = 500  # rows that are fetched at once in a stream
Base = psycopg.Connection[Row]


class PostgresStore:
    """One database; what the tables hold and how it is asked for is as in SQLite."""

    kind = "postgres"

    def __init__(self, address: str, wait_s: float = WAIT_S) -> None:
        self.address, self.where, self.wait_s = address, _PASSWORD.sub(r"\1:***@", address), wait_s
        self._own = threading.local()
        self._opened: list[Base] = []
        with self._speaking():
            self._base()

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of the answer."""
        with self._speaking():
            answer = self._base().execute(_as_spoken(sql), values)
            return answer.fetchall() if answer.description else []

    def run(self, sql: str, values: Values = ()) -> list[Row]:
        """Writes, inside `writing`; the rows of RETURNING."""
        return self.rows(sql, values)

    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Writes many rows, inside `writing`."""
        with self._speaking(), self._base().cursor() as cursor:
            cursor.executemany(_as_spoken(sql), many)

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows one by one."""
        base = self._base()
        with self._speaking(), base.transaction(), base.cursor(name="stream") as cursor:
            cursor.itersize = _PART
            yield from cursor.execute(_as_spoken(sql), values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, under the lock that all writers take."""
        if self._inside():
            yield
            return
        with self._speaking(), self._base().transaction():
            self._base().execute(f"SET LOCAL lock_timeout = '{int(self.wait_s * 1000)}ms'")
            self._base().execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several questions to one state of the library."""
        if self._inside():
            yield
            return
        with self._speaking(), self._base().transaction():
            self._base().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    def script(self, sql: str) -> None:
        """Runs the statements of a migration."""
        with self._speaking():
            self._base().execute(sql.encode())

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
            with suppress(psycopg.Error):
                base.close()
        self._opened.clear()
        self._own = threading.local()

    def _inside(self) -> bool:
        with self._speaking():
            return self._base().info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    def _base(self) -> Base:
        """This thread's connection; a process that was forked opens its own."""
        known: Base | None = getattr(self._own, "base", None)
        if known is None or known.closed or self._own.process != os.getpid():
            known = psycopg.connect(self.address, autocommit=True)
            self._own.base, self._own.process = known, os.getpid()
            self._opened.append(known)
        return known

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """What the server reports, in words for the user."""
        try:
            yield
        except psycopg.errors.LockNotAvailable as error:
            raise LibraryError(
                f"Another process has been writing to {self.where} for {self.wait_s:g} seconds. "
                "Wait for it, then repeat."
            ) from error
        except psycopg.errors.DiskFull as error:
            raise LibraryError(
                f"The server of {self.where} has no room left. Make room, then repeat."
            ) from error
        except psycopg.errors.ReadOnlySqlTransaction as error:
            raise LibraryError(f"{self.where} is read-only. Ask for the right to write.") from error
        except psycopg.Error as error:
            raise LibraryError(f"{self.where}: {' '.join(str(error).split())}.") from error


def _as_spoken(sql: str) -> Any:
    """The question as psycopg wants it."""
    return quoted.SQL(sql.replace("%", "%%").replace("{", "{{").replace("}", "}}").replace("?", "%s"))
