"""A database behind one small interface: what the library says to it is the same SQL for both kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from khabar.library.learnt import Learnt

Row = tuple[Any, ...]
Values = Sequence[Any]
WAIT_S = 30.0  # for another process to end its writing; a write takes some hundredths of a second


class Store(Protocol):
    """Rows in, rows out. Every thread has a connection of its own; one store may be used from many.

    SQL is written with `?` for values. A value is None, int, float, str or bytes. Errors: LibraryError.
    """

    kind: str  # "sqlite" or "postgres", where a question cannot be asked the same way
    where: str  # the file or the connection string, without its password
    learnt: Learnt  # what texts and notes are squeezed with, and read with again

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of the answer; what was written in this thread's `writing` is seen."""

    def run(self, sql: str, values: Values = ()) -> list[Row]:
        """Writes, inside `writing`; the rows of RETURNING."""

    def run_many(self, sql: str, many: Iterable[Values]) -> None:
        """Writes many rows, inside `writing`."""

    def stream(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """The rows one by one, for answers that do not fit into memory; as they were at the first."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction: all of it is kept, or nothing. One writer at a time; readers never wait.

        Inside another it belongs to the outer one. Do what takes long before it.
        """

    def reading(self) -> AbstractContextManager[None]:
        """Several questions to one state of the library."""

    def script(self, sql: str) -> None:
        """Runs the statements of a migration, inside `writing`."""

    def settle(self) -> None:
        """Makes a library that was found to be one ready for many at once."""

    def backup(self, to: Path) -> None:
        """Writes a copy of one moment, while others read and write."""

    def faults(self) -> list[str]:
        """What the database itself finds wrong with its pages and indexes; empty when all is well."""

    def size_bytes(self) -> int:
        """How much room it takes."""

    def close(self) -> None:
        """Ends the connections of all threads."""


def row(store: Store, sql: str, values: Values = ()) -> Row | None:
    """The first row of the answer, None when there is none."""
    found = store.rows(sql, values)
    return found[0] if found else None


def count(store: Store, sql: str, values: Values = ()) -> int:
    """The number that is the whole answer."""
    return int(store.rows(sql, values)[0][0])


def marks(values: Sequence[object]) -> str:
    """As many `?` as there are values, for IN (...)."""
    return ",".join("?" * len(values))
