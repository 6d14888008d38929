"""What was done of a run: a note for each task, so that it goes on where it stopped, and the manifest."""

from __future__ import annotations

import hashlib
import json
import resource
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from khabar.batch.engines import Engine, Work
from khabar.batch.plan import Plan
from khabar.batch.shelf import Shelf
from khabar.progress import Progress

Task = dict[str, Any]
Heard = Callable[[str, Mapping[str, Any]], None]
_NOTED_EVERY_S = 2.0
_NOTED_SHARE = 20  # times as long as writing the manifest takes passes before it is written again


class Notes:
    """Has tasks done, each unless a whole result of the same inputs is there; adds all up."""

    def __init__(
        self, shelf: Shelf, plan: Plan, engine: Engine, progress: Progress, heard: Heard | None
    ) -> None:
        self.shelf, self.plan, self.engine, self.progress, self.heard = shelf, plan, engine, progress, heard
        self.manifest: Task = {"finished": False, "parts": len(plan.parts), "stages": {}}
        self.done: dict[str, dict[str, Task]] = {}
        self._of = ""  # digest of all that the next stage comes from
        self._next_note = 0.0

    def files(self, stage: str) -> list[str]:
        """The files that a stage made, in the order of its tasks."""
        return [file["file"] for one in self._ordered(stage) for file in one["files"]]

    def depend_on(self, digest: str) -> None:
        """What comes after is of this, too."""
        self._of = hashlib.sha256(f"{self._of} {digest}".encode()).hexdigest()

    def do(self, stage: str, work: Work, tasks: Sequence[Task]) -> None:
        """All tasks of a stage; those that were done before are not done again."""
        self.progress.stage(stage, len(tasks))
        shape = {"out": self.shelf.where, "plan": self.plan.to_plain(), "stage": stage}
        done = self.done[stage] = {}
        left = []
        for number, task in enumerate(tasks):
            known = self._known(stage, task)
            if known is None:
                left.append(number)
            else:
                done[task["name"]] = known
                self.progress.advance()
        began = time.perf_counter()
        ahead = (tasks[number] | shape | {"of": self._digest(tasks[number])} for number in left)
        for task, result in self.engine.each(work, ahead):
            done[task["name"]] = result
            self.progress.advance()
            self._told(stage, len(tasks), time.perf_counter() - began)
        self._told(stage, len(tasks), time.perf_counter() - began, now=True)
        self._end(stage)

    def once(self, stage: str, make: Callable[[], Task]) -> None:
        """A stage that one process does."""
        self.progress.stage(stage, 1)
        task = {"name": "all"}
        known = self._known(stage, task)
        if known is None:
            began, worked = time.perf_counter(), time.process_time()
            known = make() | task | {"of": self._digest(task)}
            known["seconds"] = time.perf_counter() - began
            known["cpu_seconds"] = time.process_time() - worked
            known["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            self.shelf.write_json(f"done/{stage}/all.json", known)
        self.done[stage] = {"all": known}
        self.progress.advance()
        self._told(stage, 1, known["seconds"], now=True)
        self._end(stage)

    def note(self, now: bool = False) -> None:
        """Writes the manifest; not so often that it would take long."""
        began = time.monotonic()
        if now or began > self._next_note:
            self.shelf.write_json("manifest.json", self.manifest)
            took = time.monotonic() - began
            self._next_note = time.monotonic() + max(_NOTED_EVERY_S, _NOTED_SHARE * took)

    def _known(self, stage: str, task: Task) -> Task | None:
        """What a task gave before, of the same inputs, where all its files are still whole."""
        note = f"done/{stage}/{task['name']}.json"
        if not self.shelf.holds(note):
            return None
        done: Task = self.shelf.read_json(note)
        same = done["of"] == self._digest(task)
        return done if same and all(map(self.shelf.is_whole, done["files"])) else None

    def _digest(self, task: Task) -> str:
        return hashlib.sha256(f"{self._of} {json.dumps(task, sort_keys=True)}".encode()).hexdigest()

    def _end(self, stage: str) -> None:
        """What comes after is of these files."""
        made = [file["sha256"] for one in self._ordered(stage) for file in one["files"]]
        self.depend_on(" ".join(made))

    def _ordered(self, stage: str) -> list[Task]:
        return [self.done[stage][name] for name in sorted(self.done[stage])]

    def _told(self, stage: str, tasks: int, wall_s: float, now: bool = False) -> None:
        if not now and self.heard is None and time.monotonic() < self._next_note:
            return
        ordered = self._ordered(stage)
        why = Counter[str]()
        for one in ordered:
            why.update(one["why"])
        longest = max(ordered, key=lambda one: one["seconds"], default=None)
        self.manifest["stages"][stage] = {
            "tasks": tasks,
            "done": len(ordered),
            **{key: sum(one[key] for one in ordered) for key in ("in", "kept", "dropped")},
            "why": dict(why),
            "worker_seconds": round(sum(one["seconds"] for one in ordered), 3),
            "cpu_seconds": round(sum(one["cpu_seconds"] for one in ordered), 3),
            "wall_seconds": round(wall_s, 3),
            "longest": {"task": longest["name"], "seconds": round(longest["seconds"], 3)}
            if longest
            else None,
            "peak_mb": max((one["peak_mb"] for one in ordered), default=0),
            "bytes": sum(file["bytes"] for one in ordered for file in one["files"]),
            "files": [file for one in ordered for file in one["files"]],
        }
        if self.heard is not None:
            self.heard(stage, self.manifest["stages"][stage])
        self.note(now)
