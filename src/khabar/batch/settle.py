"""Stories of some reports as a library forms them: they arrive in one that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from khabar.batch.plan import Plan, settings_of
from khabar.batch.shelf import Shelf
from khabar.batch.taken import Taken, worked_of
from khabar.batch.work import held_encoder, measured
from khabar.library import Library
from khabar.library.intake import Worked
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind

Task = dict[str, Any]
STORIES = pa.schema([("story", pa.string()), ("article", pa.string())])
NEEDED = ("id", "article", "numbers", "dim", "vectors")


def settle_some(task: Task) -> Task:
    """Stories of reports that hang together, as they come to be when one after the other arrives.

    A story is told apart by its first report.
    """
    return measured(_settle_some, task)


def _settle_some(shelf: Shelf, plan: Plan, task: Task) -> Task:
    rows = {
        row["id"]: row
        for name, ids in task["articles"].items()
        for row in shelf.read_chosen(f"encoded/{name}.parquet", NEEDED, set(ids))
    }
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "one.db"
        with Library.open(where, settings_of(plan), create=True, encoder=held_encoder(plan)) as library:
            library.intake = Taken(library.intake, _Late(rows))
            library.add_pages(_pages(task["order"]))
            stories = _stories(library, task["order"])
    found = [{"story": members[0], "article": name} for members in stories for name in members]
    kept = shelf.write_rows(f"{task.get('folder', 'stories')}/{task['name']}.parquet", found, STORIES)
    return {"files": [kept], "in": len(found), "kept": len(found), "dropped": 0, "why": {}}


class _Late(Mapping[Page, Sequence[Worked]]):
    """What was worked out for a page; made when it is asked for, so that only packed rows are held."""

    def __init__(self, rows: Mapping[str, Task]) -> None:
        self._rows = rows

    def __getitem__(self, page: Page) -> Sequence[Worked]:
        return [worked_of(self._rows[page.path])]

    def __iter__(self) -> Iterator[Page]:
        return (one.item for one in _pages(list(self._rows)))

    def __len__(self) -> int:
        return len(self._rows)


def _pages(ids: Sequence[str]) -> Iterator[Kept[Page]]:
    """A page for each report, which stands for it by its id."""
    for name in ids:
        yield Kept(Page(name, PageKind.TEXT, name, "utf-8", "assumed"))


def _stories(library: Library, order: Sequence[str]) -> list[list[str]]:
    """The stories in the order of their first report, members in the order of arrival."""
    sql = "SELECT m.story, a.id FROM memberships AS m JOIN articles AS a ON a.number = m.article"
    story_of = {name: story for story, name in library.store.rows(sql)}
    found: dict[int, list[str]] = {}
    for name in order:
        found.setdefault(story_of[name], []).append(name)
    return list(found.values())
