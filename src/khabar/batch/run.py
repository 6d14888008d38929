"""A run from its plan to its stories: each task is noted when done, so a run goes on where it stopped."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import pyarrow as pa

from khabar.batch.engines import Engine, Work
from khabar.batch.plan import OVERLAP_DAYS, WINDOW_DAYS, Plan, from_plain
from khabar.batch.shelf import Shelf
from khabar.batch.stories import join_stories
from khabar.batch.work import MOST_TOLD, encode_some, pair_window, read_article, read_part, tell_some
from khabar.errors import LibraryError, SettingError
from khabar.progress import Progress, Silent
from khabar.trace.duplicates import DuplicateIndex

Task = dict[str, Any]
ARTICLES_A_TASK = 200
STORIES_A_TASK = 20
_NOTED_EVERY_S = 2.0
_SHOWN_LARGEST = 10
_TEXTS_AT_ONCE = 512
FAMILIES = pa.schema([("id", pa.string()), ("family", pa.string()), ("repeats", pa.int32())])
STORIES = pa.schema([("story", pa.string()), ("article", pa.string())])


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


def go_on(out: str, engine: Engine, progress: Progress | None = None) -> Task:
    """The manifest of the run when all that was left to do is done. Errors: LibraryError."""
    shelf = Shelf(out)
    return _Run(shelf, from_plain(shelf.read_json("plan.json")), engine, progress or Silent()).go()


def status_of(out: str) -> Task:
    """The manifest of a run as it stands. Errors: LibraryError."""
    shelf = Shelf(out)
    plan = from_plain(shelf.read_json("plan.json"))
    if shelf.holds("manifest.json"):
        manifest: Task = shelf.read_json("manifest.json")
        return manifest
    return {"finished": False, "parts": len(plan.parts), "stages": {}}


class _Run:
    def __init__(self, shelf: Shelf, plan: Plan, engine: Engine, progress: Progress) -> None:
        self.shelf, self.plan, self.engine, self.progress = shelf, plan, engine, progress
        self.manifest: Task = {"finished": False, "parts": len(plan.parts), "stages": {}}
        self._noted = 0.0

    def go(self) -> Task:
        parts = [{"name": f"{part.number:06}", "part": asdict(part)} for part in self.plan.parts]
        self._do("read", read_part, parts)
        families = self._once("duplicates", self._find_families)
        self._do("encode", encode_some, _shares(families, self._where_read()))
        self._do("pairs", pair_window, self._windows())
        stories = self._once("stories", self._join)
        if self.plan.statements:
            self._do("statements", tell_some, self._tellings(stories))
        self.manifest |= {"finished": True, "skew": self._skew(), "totals": self._totals()}
        self._note(now=True)
        return self.manifest

    def _do(self, stage: str, work: Work, tasks: Sequence[Task]) -> None:
        """All tasks of a stage; those that were done before are not done again."""
        self.progress.stage(stage, len(tasks))
        shape = {"out": self.shelf.where, "plan": self.plan.to_plain(), "stage": stage}
        done: dict[str, Task] = {}
        for task in tasks:
            known = self._known(stage, task["name"])
            if known is not None:
                done[task["name"]] = known
                self.progress.advance()
        left = [task | shape for task in tasks if task["name"] not in done]
        began = time.perf_counter()
        for task, result in self.engine.each(work, left):
            done[task["name"]] = result
            self.progress.advance()
            self._told(stage, done, len(tasks), time.perf_counter() - began)
        self._told(stage, done, len(tasks), time.perf_counter() - began, now=True)

    def _once(self, stage: str, make: Callable[[], Task]) -> list[Task]:
        """The rows of a stage that one process does."""
        self.progress.stage(stage, 1)
        known = self._known(stage, "all")
        if known is None:
            began, worked = time.perf_counter(), time.process_time()
            known = make() | {"name": "all", "peak_mb": 0}
            known["seconds"] = time.perf_counter() - began
            known["cpu_seconds"] = time.process_time() - worked
            self.shelf.write_json(f"done/{stage}/all.json", known)
        self.progress.advance()
        self._told(stage, {"all": known}, 1, known["seconds"], now=True)
        return self.shelf.read_rows(known["files"][0]["file"])

    def _known(self, stage: str, name: str) -> Task | None:
        """What a task gave before, where all its files are still whole."""
        note = f"done/{stage}/{name}.json"
        if not self.shelf.holds(note):
            return None
        done: Task = self.shelf.read_json(note)
        return done if all(map(self.shelf.is_whole, done["files"])) else None

    def _told(self, stage: str, done: dict[str, Task], tasks: int, wall_s: float, now: bool = False) -> None:
        ordered = [done[name] for name in sorted(done)]
        why: dict[str, int] = defaultdict(int)
        for one in ordered:
            for reason, count in one["why"].items():
                why[reason] += count
        self.manifest["stages"][stage] = {
            "tasks": tasks,
            "done": len(ordered),
            **{key: sum(one[key] for one in ordered) for key in ("in", "kept", "dropped")},
            "why": dict(why),
            "worker_seconds": round(sum(one["seconds"] for one in ordered), 3),
            "cpu_seconds": round(sum(one["cpu_seconds"] for one in ordered), 3),
            "wall_seconds": round(wall_s, 3),
            "peak_mb": max((one["peak_mb"] for one in ordered), default=0),
            "bytes": sum(file["bytes"] for one in ordered for file in one["files"]),
            "files": [file for one in ordered for file in one["files"]],
        }
        self._note(now)

    def _note(self, now: bool = False) -> None:
        if now or time.monotonic() - self._noted > _NOTED_EVERY_S:
            self.shelf.write_json("manifest.json", self.manifest)
            self._noted = time.monotonic()

    def _where_read(self) -> dict[str, str]:
        """The first part that each article stands in."""
        where: dict[str, str] = {}
        for part in self.plan.parts:
            name = f"{part.number:06}"
            for row in self.shelf.read_rows(f"articles/{name}.parquet", ["id"]):
                where.setdefault(row["id"], name)
        return where

    def _find_families(self) -> Task:
        """Articles by near-duplicate family: the very same text counts once."""
        index, ids = DuplicateIndex(), list[str]()
        times: dict[str, int] = {}
        first: dict[str, str] = {}
        for part in self.plan.parts:
            rows = self.shelf.read_rows(f"articles/{part.number:06}.parquet", ["id", "article"])
            fresh = []
            for row in rows:
                if row["id"] not in times:
                    fresh.append((row["id"], read_article(row["article"]).text))
                times[row["id"]] = times.get(row["id"], 0) + 1
            for start in range(0, len(fresh), _TEXTS_AT_ONCE):
                batch = fresh[start : start + _TEXTS_AT_ONCE]
                ids += [name for name, _ in batch]
                for pair in index.add([text for _, text in batch]):
                    first[ids[pair.second]] = _root(first, ids[pair.first])
        rows = [{"id": name, "family": _root(first, name), "repeats": times[name] - 1} for name in ids]
        kept = self.shelf.write_rows("duplicates/all.parquet", rows, FAMILIES)
        repeats = sum(times.values()) - len(ids)
        why = {"the very same text, encoded once": repeats} if repeats else {}
        return {"files": [kept], "in": len(ids) + repeats, "kept": len(ids), "dropped": repeats, "why": why}

    def _windows(self) -> list[Task]:
        """Tasks of overlapping windows of days; what has no day is in each."""
        days: dict[str, date | None] = {}
        where: dict[str, str] = {}
        for name in self._encoded():
            for row in self.shelf.read_rows(f"encoded/{name}.parquet", ["id", "day"]):
                days[row["id"]] = date.fromisoformat(row["day"]) if row["day"] else None
                where[row["id"]] = name
        numbers = sorted({day.toordinal() // WINDOW_DAYS for day in days.values() if day})
        tasks = []
        for number in numbers or [0]:
            first, last = number * WINDOW_DAYS - OVERLAP_DAYS, (number + 1) * WINDOW_DAYS
            inside = [name for name, day in days.items() if day is None or first <= day.toordinal() < last]
            articles: dict[str, list[str]] = defaultdict(list)
            for name in sorted(inside):
                articles[where[name]].append(name)
            tasks.append({"name": f"{number:06}", "articles": dict(articles)})
        return tasks

    def _encoded(self) -> list[str]:
        files = self.manifest["stages"]["encode"]["files"]
        return [file["file"].removeprefix("encoded/").removesuffix(".parquet") for file in files]

    def _join(self) -> Task:
        ids = sorted(
            row["id"]
            for name in self._encoded()
            for row in self.shelf.read_rows(f"encoded/{name}.parquet", ["id"])
        )
        log_odds = {
            (row["a"], row["b"]): row["log_odds"]
            for file in self.manifest["stages"]["pairs"]["files"]
            for row in self.shelf.read_rows(file["file"])
        }
        groups = join_stories(ids, log_odds, self.plan.same_at)
        rows = [{"story": f"s{n}", "article": name} for n, group in enumerate(groups, 1) for name in group]
        kept = self.shelf.write_rows("stories/all.parquet", rows, STORIES)
        return {"files": [kept], "in": len(ids), "kept": len(ids), "dropped": 0, "why": {}}

    def _tellings(self, rows: Sequence[Task]) -> list[Task]:
        """A task for some stories of several reports."""
        members: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            members[row["story"]].append(row["article"])
        several = {story: names for story, names in members.items() if len(names) > 1}
        where, tasks = self._where_read(), list[Task]()
        for start in range(0, len(several), STORIES_A_TASK):
            chosen = dict(list(several.items())[start : start + STORIES_A_TASK])
            articles: dict[str, list[str]] = defaultdict(list)
            for names in chosen.values():
                for name in names[:MOST_TOLD]:
                    articles[where[name]].append(name)
            tasks.append({"name": f"{len(tasks):06}", "stories": chosen, "articles": dict(articles)})
        return tasks

    def _skew(self) -> Task:
        """The largest story and the largest shared-out archive, for whoever wonders where time went."""
        sizes: dict[str, int] = defaultdict(int)
        for row in self.shelf.read_rows("stories/all.parquet", ["story"]):
            sizes[row["story"]] += 1
        largest = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_LARGEST]
        split = {part.source: part.of for part in self.plan.parts if part.of > 1}
        return {"stories": len(sizes), "largest_stories": dict(largest), "archives_in_stripes": split}

    def _totals(self) -> Task:
        """Every outcome of reading exactly once. Errors: LibraryError where they do not add up."""
        read, new = self.manifest["stages"]["read"], self.manifest["stages"]["duplicates"]
        totals = {
            "in": read["in"], "dropped": read["dropped"], "repeats": new["dropped"], "articles": new["kept"]
        }  # fmt: skip
        put = self.manifest["stages"]["stories"]["in"]
        if read["in"] != totals["dropped"] + totals["repeats"] + totals["articles"] or put != new["kept"]:
            raise LibraryError(f"the counts of {self.shelf.where} do not add up: {totals}, {put} in stories")
        return totals


def _root(first: dict[str, str], name: str) -> str:
    while first.get(name, name) != name:
        name = first[name]
    return name


def _shares(families: Sequence[Task], where: dict[str, str]) -> list[Task]:
    """Tasks of so many articles; a family stays together, for its sentences are encoded once then."""
    together: dict[str, list[str]] = defaultdict(list)
    for row in families:
        together[row["family"]].append(row["id"])
    tasks: list[Task] = []
    share: list[str] = []

    def put() -> None:
        articles: dict[str, list[str]] = defaultdict(list)
        for name in share:
            articles[where[name]].append(name)
        tasks.append({"name": f"{len(tasks):06}", "articles": dict(articles)})

    for names in together.values():
        for name in names:
            share.append(name)
            if len(share) == ARTICLES_A_TASK:
                put()
                share = []
    if share:
        put()
    return tasks
