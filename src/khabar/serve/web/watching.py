"""Sources and alerts as the pages show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from khabar.library import Library
from khabar.library.columns import now, to_column


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed or page that is followed, and how it is."""

    address: str
    kind: str
    title: str
    state: str
    last_asked: str
    next_due: str
    failures: int
    note: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search; `fresh` tells how many reports arrived since it was looked at last."""

    number: int
    name: str
    query: str
    filters: dict[str, Any]
    made: str
    seen: int


def read_sources(library: Library) -> list[Followed]:
    """What is followed: what fails first, then by title."""
    sql = (
        "SELECT address, kind, title, state, last_asked, next_due, failures, note FROM sources "
        "ORDER BY failures DESC, title, address LIMIT 500"
    )
    return [
        Followed(address, kind, title, state, last or "", due or "", failures, note)
        for address, kind, title, state, last, due, failures, note in library.store.rows(sql, ())
    ]


def read_alerts(library: Library) -> list[Alert]:
    """The saved searches, by name."""
    sql = "SELECT number, name, query, filters, made, seen FROM alerts ORDER BY name LIMIT 200"
    return [
        Alert(number, name, query, json.loads(filters or "{}"), made, seen)
        for number, name, query, filters, made, seen in library.store.rows(sql, ())
    ]


def keep_alert(library: Library, name: str, query: str) -> None:
    """Keeps a search under a name; what was found by now is not new."""
    sql = (
        "INSERT INTO alerts (name, query, filters, made, seen) "
        "SELECT ?, ?, '{}', ?, coalesce(max(number), 0) FROM articles WHERE true "
        "ON CONFLICT (name) DO UPDATE SET query = excluded.query"
    )
    with library.store.writing():
        library.store.run(sql, (to_column(name), to_column(query), now()))


def drop_alert(library: Library, number: int) -> None:
    """Forgets a saved search."""
    with library.store.writing():
        library.store.run("DELETE FROM alerts WHERE number = ?", (number,))
