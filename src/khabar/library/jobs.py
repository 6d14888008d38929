"""Long work on record, so that whoever asks later, or elsewhere, finds what became of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from khabar.errors import NotFound
from khabar.library.columns import now, to_column
from khabar.library.store import Store, row
from khabar.progress import Progress

JOB = "j"
_LONGEST = 4_000
_TOLD_EVERY_S = 2.0
_COLUMNS = "number, kind, state, asked, made, started, ended, stage, done, total, result, cancel, told"
_SILENT = timedelta(minutes=5)  # a work tells every second, or after each article, page or source


class JobState(StrEnum):
    """What a job is doing."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"  # it runs no more, though nobody said so: its process was killed


@dataclass(frozen=True, slots=True)
class Job:
    """One long work: `asked` says in words what for, `result` what came of it."""

    id: str
    kind: str
    state: JobState
    asked: str
    made: str
    started: str | None
    ended: str | None
    stage: str
    done: int
    total: int
    result: str
    cancel: bool


def open_job(store: Store, kind: str, asked: str) -> Job:
    """A new job that runs."""
    at = now()
    sql = (
        "INSERT INTO jobs (kind, state, asked, made, started, told) VALUES (?, 'running', ?, ?, ?, ?) "
        f"RETURNING {_COLUMNS}"
    )
    with store.writing():
        return _job(store.run(sql, (kind, to_column(asked)[:_LONGEST], at, at, at))[0])


def tell_job(store: Store, job: str, stage: str, done: int, total: int) -> None:
    """How far it is."""
    with store.writing():
        store.run(
            "UPDATE jobs SET stage = ?, done = ?, total = ?, told = ? WHERE number = ?",
            (stage, done, total, now(), _number(job)),
        )


def end_job(store: Store, job: str, state: JobState, result: str, done: int = 0, total: int = 0) -> None:
    """What became of it."""
    values = (state.value, now(), to_column(result)[:_LONGEST], done, total, _number(job))
    with store.writing():
        store.run(
            "UPDATE jobs SET state = ?, ended = ?, result = ?, done = ?, total = ? WHERE number = ?", values
        )


def cancel_job(store: Store, job: str) -> Job:
    """The job, which ends at its next step where it still runs. Errors: NotFound."""
    with store.writing():
        store.run("UPDATE jobs SET cancel = 1 WHERE number = ? AND ended IS NULL", (_number(job),))
    return read_job(store, job)


def cancel_wanted(store: Store, job: str) -> bool:
    """Whether somebody asked that it end."""
    found = row(store, "SELECT cancel FROM jobs WHERE number = ?", (_number(job),))
    return bool(found and found[0])


def read_job(store: Store, job: str) -> Job:
    """The job with this id. Errors: NotFound."""
    found = row(store, f"SELECT {_COLUMNS} FROM jobs WHERE number = ?", (_number(job),))
    if found is None:
        raise NotFound(f"there is no job {job!r} in {store.where}. `khabar jobs` lists them.")
    return _job(found)


def list_jobs(store: Store, after: str | None = None, limit: int = 50) -> list[Job]:
    """Jobs, the newest first; `after` is the id of the last one seen."""
    values: tuple[Any, ...] = (limit,) if after is None else (_number(after), limit)
    where = "" if after is None else "WHERE number < ? "
    sql = f"SELECT {_COLUMNS} FROM jobs {where}ORDER BY number DESC LIMIT ?"
    return [_job(found) for found in store.rows(sql, values)]


def _number(job: str) -> int:
    digits = job.strip().removeprefix(JOB)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise NotFound(f"there is no job {job[:100]!r}: its id is {JOB} and a number, as {JOB}12.")
    return int(digits)


def _job(found: tuple[Any, ...]) -> Job:
    number, kind, state, asked, made, started, ended, stage, done, total, result, cancel, told = found
    standing = JobState(state)
    if standing is JobState.RUNNING and datetime.now(UTC) - datetime.fromisoformat(told or made) > _SILENT:
        standing = JobState.LOST
    return Job(
        f"{JOB}{number}", kind, standing, asked, made, started, ended, stage, done, total, result,
        bool(cancel),
    )  # fmt: skip


class Telling:
    """Progress of a work (khabar.progress.Progress) for who watches, and for who asks for the job later."""

    def __init__(self, store: Store, job: str, shown: Progress) -> None:
        self.store, self.job, self._shown = store, job, shown
        self.result = ""
        self.name, self.done, self.total = "", 0, 0
        self._told = time.monotonic()

    def stage(self, name: str, total: int) -> None:
        """A stage begins."""
        self._shown.stage(name, total)
        self.name, self.done, self.total = name, 0, total
        self._tell()

    def advance(self, done: int = 1) -> None:
        """So many more are done."""
        self._shown.advance(done)
        self.done += done
        self._tell()

    def _tell(self) -> None:
        if time.monotonic() - self._told > _TOLD_EVERY_S:
            tell_job(self.store, self.job, self.name, self.done, self.total)
            self._told = time.monotonic()


@contextmanager
def recorded(
    store: Store, kind: str, asked: str, shown: Progress, stop: threading.Event
) -> Iterator[Telling]:
    """A work on record; who cancels the job sets `stop`."""
    telling = Telling(store, open_job(store, kind, asked).id, shown)
    over = threading.Event()

    def look() -> None:
        while not over.wait(_TOLD_EVERY_S):
            if cancel_wanted(store, telling.job):
                stop.set()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    state, words = JobState.FAILED, "It was broken off."
    try:
        yield telling
        state = JobState.CANCELLED if cancel_wanted(store, telling.job) else JobState.DONE
        words = telling.result
    except Exception as error:
        words = str(error)
        raise
    finally:
        over.set()
        looking.join()
        end_job(store, telling.job, state, words, telling.done, telling.total)
