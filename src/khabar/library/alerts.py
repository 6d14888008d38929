"""Saved searches: what is new since somebody last looked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from khabar.errors import NotFound, SettingError
from khabar.library.columns import now, to_column
from khabar.library.search.types import StoryHit
from khabar.library.store import Store, count, row

if TYPE_CHECKING:
    from khabar.library.library import Library

ALERT = "w"
_COLUMNS = "number, name, query, made, seen"
_LONGEST_NAME, _LONGEST_QUERY = 200, 2_000
_AT_ONCE, _HITS_EACH = 100, 20
MOST_STORIES = 500


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search. `seen` is the number of the newest report when it was looked at last."""

    id: str
    name: str
    query: str
    made: str
    seen: int


@dataclass(frozen=True, slots=True)
class AlertHits:
    """What an alert found among the reports that came after it was looked at last, by story."""

    alert: Alert
    stories: tuple[StoryHit, ...]
    more: bool  # than can be told at once
    upto: int  # the newest report that was looked at


def create_alert(store: Store, query: str, name: str = "") -> Alert:
    """The alert; what is in the library already counts as seen. Errors: SettingError for a name taken."""
    name = name.strip() or query.strip()
    if not query.strip() or len(query) > _LONGEST_QUERY or len(name) > _LONGEST_NAME:
        raise SettingError(
            f"an alert needs a query of 1 to {_LONGEST_QUERY:,} letters, and a name of up to {_LONGEST_NAME}."
        )
    with store.writing():
        if row(store, "SELECT 1 FROM alerts WHERE name = ?", (to_column(name),)):
            raise SettingError(f"there is an alert {name!r} already. Choose another name.")
        found = store.run(
            f"INSERT INTO alerts (name, query, made, seen) VALUES (?, ?, ?, ?) RETURNING {_COLUMNS}",
            (to_column(name), to_column(query), now(), _newest(store)),
        )
    return _alert(found[0])


def list_alerts(store: Store) -> list[Alert]:
    """All alerts, oldest first."""
    return [_alert(found) for found in store.rows(f"SELECT {_COLUMNS} FROM alerts ORDER BY number")]


def read_alert(store: Store, name: str) -> Alert:
    """The alert with this name or id. Errors: NotFound."""
    found = row(store, f"SELECT {_COLUMNS} FROM alerts WHERE name = ?", (to_column(name),))
    digits = name.strip().removeprefix(ALERT)
    if found is None and digits.isascii() and digits.isdigit() and len(digits) <= 18:
        found = row(store, f"SELECT {_COLUMNS} FROM alerts WHERE number = ?", (int(digits),))
    if found is None:
        raise NotFound(f"there is no alert {name[:200]!r} in {store.where}. `khabar alerts` lists them.")
    return _alert(found)


def remove_alert(store: Store, name: str) -> Alert:
    """The alert, which is no more. Errors: NotFound."""
    with store.writing():
        gone = read_alert(store, name)
        store.run("DELETE FROM alerts WHERE name = ?", (to_column(gone.name),))
    return gone


def new_hits(library: Library, alert: Alert) -> AlertHits:
    """What is new for the alert; it counts as seen only when `mark_seen` says so."""
    upto = _newest(library.store)
    stories: list[StoryHit] = []
    after: str | None = None
    while len(stories) < MOST_STORIES:
        found = library.search(
            alert.query, newer_than=alert.seen, hits_each=_HITS_EACH, limit=_AT_ONCE, after=after, sure=True
        )
        stories += filter(None, (_until(story, upto) for story in found.stories))
        after = found.next
        if after is None:
            break
    return AlertHits(alert, tuple(stories), after is not None, upto)


def _until(story: StoryHit, upto: int) -> StoryHit | None:
    """The hit without reports that came while it was looked for: those are new the next time."""
    hits = tuple(hit for hit in story.hits if hit.article.number <= upto)
    return replace(story, hits=hits) if hits else None


def mark_seen(store: Store, hits: AlertHits) -> None:
    """From now on only what came after these is new."""
    with store.writing():
        store.run(
            "UPDATE alerts SET seen = ? WHERE name = ? AND seen < ?",
            (hits.upto, to_column(hits.alert.name), hits.upto),
        )


def _newest(store: Store) -> int:
    return count(store, "SELECT coalesce(max(number), 0) FROM articles")


def _alert(found: tuple[Any, ...]) -> Alert:
    number, name, query, made, seen = found
    return Alert(f"{ALERT}{number}", name, query, made, seen)
