"""The articles whose lead is nearest to a vector: in this process, or by the server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from khabar.encode.types import Vectors
from khabar.library.large import EXACT_MOST, LargeIndex
from khabar.library.packing import FORMER_LEAD_BITS, pack_lead, unpack_leads
from khabar.library.store import Store

_FIRST_ROOM = 1024
_READ_AT_ONCE = 20_000
SERVER_EXACT_MOST = 10_000  # rows that a server looks through; they are wide and lie on its disk
_SERVER_EFFORT = 128
_PLACES = "leads_by_place"


class Nearest(Protocol):
    """Leads of articles by number."""

    def near(
        self, vector: Vectors, most: int, day: date | None = None, within_days: int = 0
    ) -> list[tuple[int, float]]:
        """The nearest articles and their cosines, the nearest first; with a day only those near to it.

        An article whose day is unknown is near to every day. Shapes: `vector` float32[dim], unit length.
        """


def keep_lead(store: Store, number: int, lead: Vectors) -> None:
    """Keeps the lead of an article. Shapes: float32[dim], unit length."""
    if store.kind == "postgres":
        sql = "INSERT INTO leads (article, lead, place) VALUES (?, ?, CAST(? AS vector))"
        store.run(sql, (number, pack_lead(lead), _as_text(lead)))
    else:
        store.run("INSERT INTO leads (article, lead) VALUES (?, ?)", (number, pack_lead(lead)))


def open_nearest(store: Store) -> Nearest:
    """The nearest by pgvector where the server has the vectors, else by this process."""
    return ServerNearest(store) if store.kind == "postgres" else MemoryNearest(store)


class MemoryNearest:
    """All leads in memory, read from the library when they are first asked for, and what came since.

    Exact up to EXACT_MOST articles: one product over all. Beyond, an index of neighbours stands beside it.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._count = 0
        self._vectors: Vectors = np.zeros((0, 0), np.float32)
        self._numbers: NDArray[np.int64] = np.zeros(0, np.int64)
        self._days: NDArray[np.int32] = np.zeros(0, np.int32)
        self._large: LargeIndex | None = None

    def near(
        self, vector: Vectors, most: int, day: date | None = None, within_days: int = 0
    ) -> list[tuple[int, float]]:
        """The nearest articles and their cosines, the nearest first."""
        self._catch_up()
        rows = self._rows(day, within_days)
        if rows is None and self._large is not None:
            found = self._large.near(vector, most)
            return [(int(self._numbers[at]), cosine) for at, cosine in found]
        known = self._vectors[: self._count] if rows is None else self._vectors[rows]
        if not len(known):
            return []
        cosines = known @ vector
        most = min(most, len(cosines))
        best = np.argpartition(-cosines, most - 1)[:most]
        best = best[np.lexsort((best, -cosines[best]))]
        at = best if rows is None else rows[best]
        return list(zip(self._numbers[at].tolist(), cosines[best].tolist(), strict=True))

    def _rows(self, day: date | None, within_days: int) -> NDArray[np.intp] | None:
        """The rows near to a day; None for all."""
        if day is None:
            return None
        days = self._days[: self._count]
        rows = np.flatnonzero((days == 0) | (np.abs(days - day.toordinal()) <= within_days))
        return None if len(rows) == self._count else rows

    def _catch_up(self) -> None:
        """Reads the leads that were kept since; other processes add to the library too."""
        last = int(self._numbers[self._count - 1]) if self._count else 0
        sql = (
            "SELECT l.article, a.day, l.lead FROM leads AS l JOIN articles AS a ON a.number = l.article "
            "WHERE l.article > ? ORDER BY l.article LIMIT ?"
        )
        while found := self.store.rows(sql, (last, _READ_AT_ONCE)):
            self._take(found)
            last = found[-1][0]
        if self._count > EXACT_MOST:
            self._large = self._large or LargeIndex(self.store)
            self._large.catch_up(self._vectors[: self._count])

    def _take(self, found: Sequence[tuple[int, str | None, bytes]]) -> None:
        vectors = unpack_leads([lead for _, _, lead in found])
        self._make_room(len(found), vectors.shape[1])
        new = slice(self._count, self._count + len(found))
        self._vectors[new] = vectors
        self._numbers[new] = [number for number, _, _ in found]
        self._days[new] = [date.fromisoformat(day).toordinal() if day else 0 for _, day, _ in found]
        self._count += len(found)

    def _make_room(self, more: int, dim: int) -> None:
        needed = self._count + more
        if needed <= len(self._vectors):
            return
        size = max(_FIRST_ROOM, needed + needed // 2)
        vectors = np.zeros((size, dim), np.float32)
        vectors[: self._count] = self._vectors[: self._count].reshape(self._count, dim)
        self._vectors = vectors
        self._numbers = np.resize(self._numbers, size)
        self._days = np.resize(self._days, size)


class ServerNearest:
    """The same by pgvector: leads are looked through, and of many those that an index finds.

    Near to a day all are looked through. The index would first find what is near on other days: where 13 % of
    12,000 were near the day, that took longer and found .89 of the nearest (docs/decisions/library.md).
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._dim: int | None = None  # of the vectors, once they are indexed

    def near(
        self, vector: Vectors, most: int, day: date | None = None, within_days: int = 0
    ) -> list[tuple[int, float]]:
        """The nearest articles and their cosines, the nearest first."""
        where, values, kind = "", list[object](), "vector"
        if day is None:
            kind = self._kind(len(vector))
        else:
            first, last = (date.fromordinal(day.toordinal() + by) for by in (-within_days, within_days))
            where = "WHERE a.day IS NULL OR a.day BETWEEN ? AND ? "
            values = [first.isoformat(), last.isoformat()]
        apart, told = f"CAST(l.place AS {kind}) <#> CAST(? AS {kind})", _as_text(vector)
        sql = (
            f"SELECT l.article, -({apart}) FROM leads AS l JOIN articles AS a ON a.number = l.article {where}"
            f"ORDER BY {apart} LIMIT ?"
        )
        with self.store.reading():
            if kind != "vector":
                self.store.rows(f"SET LOCAL hnsw.ef_search = {max(_SERVER_EFFORT, min(2 * most, 1000))}")
            found = self.store.rows(sql, (told, *values, told, most))
        return sorted(((number, cosine) for number, cosine in found), key=lambda one: (-one[1], one[0]))

    def _kind(self, dim: int) -> str:
        """How vectors are spoken of: with their length where an index of them stands."""
        if self._dim is None and _has_many(self.store):
            _index_places(self.store, dim)
            self._dim = dim
        return "vector" if self._dim is None else f"vector({self._dim})"


def _has_many(store: Store) -> bool:
    found = store.rows("SELECT 1 FROM leads OFFSET ? LIMIT 1", (SERVER_EXACT_MOST,))
    return bool(found)


def _index_places(store: Store, dim: int) -> None:
    """A navigable graph (Malkov and Yashunin 2016) over the leads; where it stands already, nothing."""
    if store.rows(
        "SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = ?", (_PLACES,)
    ):
        return
    with store.writing():
        store.run(
            f"CREATE INDEX IF NOT EXISTS {_PLACES} ON leads "
            f"USING hnsw ((CAST(place AS vector({dim}))) vector_ip_ops)"
        )


def _as_text(vector: Vectors) -> str:
    return "[" + ",".join(f"{number:.5g}" for number in vector.tolist()) + "]"


def fill_places(store: Store) -> None:
    """Gives pgvector the leads that came without, inside `writing`; nothing elsewhere."""
    if store.kind != "postgres":
        return
    for number, lead in store.rows("SELECT article, lead FROM leads WHERE place IS NULL"):
        text = _as_text(unpack_leads([lead])[0])
        store.run("UPDATE leads SET place = CAST(? AS vector) WHERE article = ?", (text, number))


def pack_leads_again(store: Store) -> None:
    """Packs leads of an older library as closely as they are packed now, inside `writing`."""
    sql, last = "SELECT article, lead FROM leads WHERE article > ? ORDER BY article LIMIT ?", 0
    while found := store.rows(sql, (last, _READ_AT_ONCE)):
        leads = unpack_leads([lead for _, lead in found], FORMER_LEAD_BITS)
        store.run_many(
            "UPDATE leads SET lead = ? WHERE article = ?",
            [(pack_lead(lead), article) for (article, _), lead in zip(found, leads, strict=True)],
        )
        last = found[-1][0]
