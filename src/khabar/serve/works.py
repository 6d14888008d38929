"""Long work in threads of its own: seen by others as a job, told as it goes, and ended when somebody asks."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from khabar.errors import KhabarError
from khabar.library.jobs import JobState, cancel_wanted, end_job, open_job, tell_job
from khabar.library.store import Store
from khabar.serve.problems import Refusal, problem, status_of

Event = dict[str, Any]
Do = Callable[["Telling"], Any]
_LOOKS_EVERY_S = 1.0  # into the library, whether somebody cancelled
_MOST_WAITING = 32


class Cancelled(Exception):  # noqa: N818  (nothing went wrong)
    """Somebody asked that the work end."""


@dataclass(slots=True)
class Telling:
    """The progress of one work (khabar.progress.Progress): events for who listens, a row for who asks."""

    store: Store
    job: str
    events: queue.SimpleQueue[Event | None] = field(default_factory=queue.SimpleQueue)
    stop: threading.Event = field(default_factory=threading.Event)
    name: str = "waiting"
    done: int = 0
    total: int = 0
    looked: float = 0.0

    def stage(self, name: str, total: int) -> None:
        """A stage begins."""
        self.name, self.done, self.total = name, 0, total
        self._tell()

    def advance(self, done: int = 1) -> None:
        """So many more are done."""
        self.done += done
        self._tell()

    def _tell(self) -> None:
        self.events.put({"event": "progress", "stage": self.name, "done": self.done, "total": self.total})
        now = time.monotonic()
        if now - self.looked >= _LOOKS_EVERY_S:
            self.looked = now
            if cancel_wanted(self.store, self.job):
                self.stop.set()
            tell_job(self.store, self.job, self.name, self.done, self.total)
        if self.stop.is_set():
            raise Cancelled


class Works:
    """What the server is working on; so many at once, the others wait their turn."""

    def __init__(self, store: Store, at_once: int) -> None:
        self._store, self._slots = store, threading.Semaphore(at_once)
        self._under_way: dict[str, Telling] = {}
        self._lock = threading.Lock()

    def start(self, kind: str, asked: str, do: Do) -> Telling:
        """The work begun, or waiting for its turn. Errors: Refusal where too many wait already."""
        with self._lock:
            if len(self._under_way) >= _MOST_WAITING:
                raise Refusal(503, f"{_MOST_WAITING} works are waiting already.", {"retry-after": "30"})
            telling = Telling(self._store, open_job(self._store, kind, asked).id)
            self._under_way[telling.job] = telling
        threading.Thread(target=self._run, args=(telling, do), name=telling.job, daemon=True).start()
        return telling

    def cancel(self, job: str) -> None:
        """Asks a work of this process to end soon."""
        if job in self._under_way:
            self._under_way[job].stop.set()

    def count(self) -> int:
        """How many are under way or waiting."""
        return len(self._under_way)

    def close(self) -> None:
        """Asks all to end, and waits for them a little."""
        for telling in list(self._under_way.values()):
            telling.stop.set()
        until = time.monotonic() + 5.0
        while self._under_way and time.monotonic() < until:
            time.sleep(0.02)

    def _run(self, telling: Telling, do: Do) -> None:
        last: Event
        try:
            self._wait(telling)
            try:
                telling.stage("starting", 0)
                last = {"event": "result", "result": do(telling)}
            finally:
                self._slots.release()
            state, words = JobState.DONE, ""
        except Cancelled:
            state, words = JobState.CANCELLED, "It was cancelled."
            last = {"event": "cancelled", "job": telling.job}
        except KhabarError as error:
            state, words = JobState.FAILED, str(error).replace(f" in {self._store.where}", "")
            last = {"event": "problem", **problem(status_of(error), words)}
        except Exception as error:  # whoever waits must hear of it
            state, words = JobState.FAILED, f"{type(error).__name__}: {error}"
            last = {"event": "problem", **problem(500, "Something went wrong here; the job says what.")}
        try:
            end_job(self._store, telling.job, state, words, telling.done, telling.total)
        finally:
            self._under_way.pop(telling.job, None)
            telling.events.put(last)
            telling.events.put(None)

    def _wait(self, telling: Telling) -> None:
        """Returns when it is this work's turn. Errors: Cancelled."""
        while not self._slots.acquire(timeout=_LOOKS_EVERY_S):
            telling.stage("waiting", 0)


def follow(telling: Telling) -> Iterator[Event]:
    """The events as they come; who stops listening ends the work."""
    yield {"event": "job", "job": telling.job}
    try:
        while (event := telling.events.get()) is not None:
            yield event
    finally:
        telling.stop.set()
