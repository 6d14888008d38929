"""A run from its plan to its stories: stage after stage, each from the files of those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from khabar.batch.bands import Rows, families_of
from khabar.batch.engines import Engine
from khabar.batch.ledger import Ledger, Tasks, codes_of, read_bands, read_days, read_ledger
from khabar.batch.notes import Heard, Notes
from khabar.batch.pairs import HELD, pair_window
from khabar.batch.plan import OVERLAP_DAYS, WINDOW_DAYS, Plan, digest_of_tables, from_plain
from khabar.batch.settle import STORIES, settle_some
from khabar.batch.shelf import Shelf
from khabar.batch.stories import Giant, Links, rejoin, shares_of, speakers_of, unite
from khabar.batch.telling import MOST_TOLD, tell_some
from khabar.batch.work import UNDATED, encode_some, read_part
from khabar.errors import LibraryError, SettingError
from khabar.progress import Progress, Silent

Task = dict[str, Any]
ARTICLES_A_TASK = 200
STORIES_A_TASK = 20
_SHOWN_LARGEST = 10
_ROWS_AT_ONCE = 100_000


def begin(plan: Plan, out: str) -> Shelf:
    """The shelf of a run that begins. Errors: SettingError where another run lies there."""
    shelf = Shelf(out)
    if shelf.holds("plan.json"):
        if from_plain(shelf.read_json("plan.json")) != plan:
            raise SettingError(
                f"{out} holds another run. Name an empty folder, or `khabar batch resume {out}`."
            )
    else:
        shelf.write_json("plan.json", plan.to_plain())
    return shelf


def go_on(out: str, engine: Engine, progress: Progress | None = None, heard: Heard | None = None) -> Task:
    """The manifest of the run when all that was left to do is done; `heard` is told what a stage did so far.

    Work whose inputs or tables are no longer what they were is done again. Errors: LibraryError.
    """
    shelf = Shelf(out)
    plan = from_plain(shelf.read_json("plan.json"))
    notes = Notes(shelf, plan, engine, progress or Silent(), heard)
    return _Run(shelf, plan, notes).go()


def status_of(out: str) -> Task:
    """The manifest of a run as it stands. Errors: LibraryError."""
    shelf = Shelf(out)
    plan = from_plain(shelf.read_json("plan.json"))
    if shelf.holds("manifest.json"):
        manifest: Task = shelf.read_json("manifest.json")
        return manifest
    return {"finished": False, "parts": len(plan.parts), "stages": {}}


class _Run:
    def __init__(self, shelf: Shelf, plan: Plan, notes: Notes) -> None:
        self.shelf, self.plan, self.notes = shelf, plan, notes

    def go(self) -> Task:
        parts = [asdict(part) for part in self.plan.parts]
        self.notes.do("read", read_part, Tasks(len(parts), lambda number: {"part": parts[number]}))
        self.notes.once("duplicates", self._find_families)
        self.notes.depend_on(digest_of_tables(self.plan))
        self.notes.do("encode", encode_some, self._shares())
        self.notes.do("pairs", pair_window, self._windows())
        shares, giants = shares_of(len(self._encoded), self._links, self._days)
        settled = Tasks(len(shares), lambda number: self._settling(shares[number].rows))
        self.notes.do("settle", settle_some, settled)
        stories = unite(
            len(self._encoded),
            map(self._settled, self.notes.files("settle")),
            [share.lead for share in shares],
        )
        if giants:
            stories = self._rejoined(stories, giants)
        self.notes.once("stories", lambda: self._put_together(stories))
        if self.plan.statements:
            self.notes.do("statements", tell_some, self._tellings())
        apart = [{"reports": len(giant.rows), "tasks": giant.shares} for giant in giants]
        skew = self._skew() | {"giant_parts": apart}
        self.notes.manifest |= {"finished": True, "skew": skew, "totals": self._totals()}
        self.notes.note(now=True)
        return self.notes.manifest

    @cached_property
    def _read(self) -> tuple[Ledger, Rows]:
        names = [f"{number:06}" for number in range(len(self.plan.parts))]
        return read_ledger(self.shelf, names, "articles")

    @cached_property
    def _encoded(self) -> Ledger:
        """The reports by the encoded file that each stands in, in the order in which they were read."""
        read, _ = self._read
        names = [
            file.removeprefix("encoded/").removesuffix(".parquet") for file in self.notes.files("encode")
        ]
        files = np.zeros(len(read), np.int64)
        for number, name in enumerate(names):
            files[read.rows(codes_of(self.shelf, f"encoded/{name}.parquet"))] = number
        return Ledger(read.codes, files, tuple(names))

    def _find_families(self) -> Task:
        """The reports, those that share bands side by side; the very same text counts once."""
        read, times = self._read
        families = families_of(read_bands(self.shelf, read))
        order = np.argsort(families, kind="stable")
        columns = {"row": order, "family": families[order], "repeats": times[order] - 1}
        table = pa.table({name: pa.array(column.astype(np.int64)) for name, column in columns.items()})
        kept = self.shelf.write_tables("duplicates/all.parquet", [table], table.schema)
        repeats = int(times.sum()) - len(read)
        why = {"the very same text, encoded once": repeats} if repeats else {}
        counts = {"in": len(read) + repeats, "kept": len(read), "dropped": repeats, "why": why}
        return counts | {"files": [kept], "families": len(np.unique(families))}

    def _shares(self) -> Tasks:
        """Tasks of so many reports; a family stays together, for its sentences are encoded once then."""
        read, _ = self._read
        order = self.shelf.read_column("duplicates/all.parquet", "row").to_numpy()
        count = -(-len(order) // ARTICLES_A_TASK)

        def make(number: int) -> Task:
            rows = order[number * ARTICLES_A_TASK : (number + 1) * ARTICLES_A_TASK]
            return {"articles": read.by_file(rows)}

        return Tasks(count, make)

    def _windows(self) -> Tasks:
        """Tasks of overlapping windows of days, a large one in slices; what has no day is in each."""
        windows = {name: one["windows"] for name, one in self.notes.done["encode"].items()}
        numbers = sorted({number for found in windows.values() for number in found} - {UNDATED}) or [UNDATED]
        before = -(-OVERLAP_DAYS // WINDOW_DAYS)
        slices = [(number, part, parts) for number in numbers
                  for parts in [-(-self._asking(number) // HELD)] for part in range(parts)]  # fmt: skip

        def make(at: int) -> Task:
            number, part, parts = slices[at]
            wanted = {UNDATED, *range(number - before, number + 1)}
            files = sorted(name for name, found in windows.items() if wanted & set(found))
            return {"first": number * WINDOW_DAYS, "files": files, "slice": [part, parts], "held": HELD}

        return Tasks(len(slices), make)

    def _asking(self, window: int) -> int:
        """How many reports ask in a window of days."""
        inside = (self._days == 0) | (self._days // WINDOW_DAYS == window)
        return int(inside.sum())

    @cached_property
    def _days(self) -> Rows:
        return read_days(self.shelf, self._encoded)

    @cached_property
    def _links(self) -> Links:
        """The linked pairs, each once."""
        pairs, log_odds = [np.zeros((0, 2), np.int64)], [np.zeros(0)]
        for file in self.notes.files("pairs"):
            sides = [self._encoded.rows(codes_of(self.shelf, file, side)) for side in ("a", "b")]
            pairs.append(np.stack(sides, axis=1))
            log_odds.append(self.shelf.read_column(file, "log_odds").to_numpy())
        rows, first = np.unique(np.concatenate(pairs), axis=0, return_index=True)
        return Links(rows, np.concatenate(log_odds)[first])

    def _settling(self, rows: Rows) -> Task:
        return {"order": [self._encoded.id(row) for row in rows], "articles": self._encoded.by_file(rows)}

    def _rejoined(self, stories: Rows, giants: Sequence[Giant]) -> Rows:
        """The stories, large ones of a part that was taken apart held against each other once more."""
        speakers = [rows for rows in (speakers_of(stories, giant) for giant in giants) if len(rows)]
        again = Tasks(len(speakers), lambda number: {"folder": "rejoined"} | self._settling(speakers[number]))
        self.notes.do("rejoin", settle_some, again)
        return rejoin(stories, [self._settled(file) for file in self.notes.files("rejoin")])

    def _put_together(self, story_of: Rows) -> Task:
        """Every report with its story, in the order of arrival; what nothing links is a story of its own."""
        read, count = self._encoded, len(self._encoded)

        def tables() -> Iterator[pa.Table]:
            for start in range(0, count, _ROWS_AT_ONCE):
                rows = range(start, min(count, start + _ROWS_AT_ONCE))
                stories = [f"s-{read.id(int(story_of[row]))}" for row in rows]
                yield pa.table({"story": stories, "article": [read.id(row) for row in rows]})

        kept = self.shelf.write_tables("stories/all.parquet", tables(), STORIES)
        return {"files": [kept], "in": count, "kept": count, "dropped": 0, "why": {}}

    def _settled(self, file: str) -> dict[int, int]:
        """The story of each report of a task, both as rows."""
        articles = self._encoded.rows(codes_of(self.shelf, file, "article"))
        stories = self._encoded.rows(codes_of(self.shelf, file, "story"))
        return dict(zip(articles.tolist(), stories.tolist(), strict=True))

    def _tellings(self) -> Tasks:
        """A task for some stories of several reports."""
        read, _ = self._read
        members: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(self.shelf.each_row("stories/all.parquet")):
            members[one["story"]].append(row)
        several = [(story, rows) for story, rows in members.items() if len(rows) > 1]

        def make(number: int) -> Task:
            chosen = several[number * STORIES_A_TASK : (number + 1) * STORIES_A_TASK]
            first = np.array([row for _, rows in chosen for row in rows[:MOST_TOLD]])
            stories = {story: [read.id(row) for row in rows] for story, rows in chosen}
            return {"stories": stories, "articles": read.by_file(first)}

        return Tasks(-(-len(several) // STORIES_A_TASK), make)

    def _skew(self) -> Task:
        """The largest stories and the archives that were shared out, for whoever wonders where time went."""
        told = self.shelf.read_column("stories/all.parquet", "story").value_counts().to_pylist()
        largest = sorted(told, key=lambda one: (-one["counts"], one["values"]))[:_SHOWN_LARGEST]
        split = {part.source: part.of for part in self.plan.parts if part.of > 1}
        sizes = {one["values"]: one["counts"] for one in largest}
        return {"stories": len(told), "largest_stories": sizes, "archives_in_stripes": split}

    def _totals(self) -> Task:
        """Every outcome of reading exactly once. Errors: LibraryError where they do not add up."""
        stages = self.notes.manifest["stages"]
        read, new, put = stages["read"], stages["duplicates"], stages["stories"]["in"]
        totals = {
            "in": read["in"], "dropped": read["dropped"], "repeats": new["dropped"], "articles": new["kept"]
        }  # fmt: skip
        if read["in"] != totals["dropped"] + totals["repeats"] + totals["articles"] or put != new["kept"]:
            raise LibraryError(f"the counts of {self.shelf.where} do not add up: {totals}, {put} in stories")
        return totals
