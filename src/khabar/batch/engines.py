"""Who does the tasks of a stage: processes of this machine, or a Ray cluster. Both by one small protocol."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from threading import Thread
from typing import Any, Protocol

from khabar.errors import KhabarError, SettingError

Task = dict[str, Any]
Work = Callable[[Task], dict[str, Any]]
_TRIES = 4  # a worker that dies takes its tasks with it; what kills four in a row is no accident
_AHEAD = 2  # tasks a worker that are handed out


class Engine(Protocol):
    """Does tasks anywhere, each at least once; a task must not mind being done twice."""

    def each(self, work: Work, tasks: Iterable[Task]) -> Iterator[tuple[Task, dict[str, Any]]]:
        """Each task with what it gave, as they are done."""

    def close(self) -> None:
        """Lets the workers go."""


class LocalEngine:
    """Processes of this machine, the encoder held in each; one worker is this process itself."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def each(self, work: Work, tasks: Iterable[Task]) -> Iterator[tuple[Task, dict[str, Any]]]:
        """Each task with what it gave. Errors: KhabarError where workers die again and again."""
        ahead, deaths = iter(tasks), 0
        if self.workers == 1:
            for task in ahead:
                yield task, work(task)
            return
        while True:
            lost: list[Task] = []
            for done in self._try(work, ahead, lost):
                deaths = 0
                yield done
            if not lost:
                return
            deaths += 1
            if deaths == _TRIES:
                raise KhabarError(
                    f"workers died {_TRIES} times over {lost[0]}. Is there memory for --workers?"
                )
            ahead = chain(lost, ahead)

    def _try(
        self, work: Work, ahead: Iterator[Task], lost: list[Task]
    ) -> Iterator[tuple[Task, dict[str, Any]]]:
        """The same until a worker dies; what was under way then is `lost`."""
        # Threads of the encoder do not outlive a fork.
        context = multiprocessing.get_context("spawn")
        self._pool = self._pool or ProcessPoolExecutor(self.workers, context, _end_with_driver)
        running: dict[Any, Task] = {}
        while True:
            for task in islice(ahead, 0 if lost else _AHEAD * self.workers - len(running)):
                try:
                    running[self._pool.submit(work, task)] = task
                except BrokenProcessPool:
                    lost.append(task)
                    break
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                try:
                    result = future.result()
                except BrokenProcessPool:
                    lost.append(task)
                else:
                    yield task, result
        if lost:
            self.close()

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _end_with_driver() -> None:
    """Has this worker end when the driver does: of one that is killed it would wait for tasks for ever."""
    driver = multiprocessing.parent_process()

    def wait_for_end() -> None:
        if driver is not None:
            driver.join()
            os._exit(1)

    Thread(target=wait_for_end, daemon=True).start()


class RayEngine:
    """Tasks of a Ray cluster; Ray does those of a dead worker or node again. Errors: SettingError."""

    def __init__(self, workers: int, address: str | None = None) -> None:
        try:
            import ray  # noqa: PLC0415
        except ImportError as error:
            raise SettingError("--engine ray needs Ray: pip install 'khabar[batch]'.") from error
        self.ray, self.workers = ray, workers
        self._began = not ray.is_initialized()
        if self._began:
            ray.init(address=address, num_cpus=None if address else workers, include_dashboard=False)

    def each(self, work: Work, tasks: Iterable[Task]) -> Iterator[tuple[Task, dict[str, Any]]]:
        """Each task with what it gave; no more are handed out than workers can have next."""
        remote = self.ray.remote(num_cpus=1, max_retries=_TRIES)(work)
        ahead, running = iter(tasks), dict[Any, Task]()
        while True:
            for task in ahead:
                running[remote.remote(task)] = task
                if len(running) >= _AHEAD * self.workers:
                    break
            if not running:
                return
            done, _ = self.ray.wait(list(running), num_returns=1)
            for future in done:
                yield running.pop(future), self.ray.get(future)

    def close(self) -> None:
        """Leaves the cluster; one that others began goes on."""
        if self._began:
            self.ray.shutdown()


def open_engine(name: str, workers: int, address: str | None = None) -> Engine:
    """The engine of this name. Errors: SettingError."""
    if name == "ray":
        return RayEngine(workers, address)
    if name == "local":
        return LocalEngine(workers)
    raise SettingError(f"--engine {name!r} is not known. Use local or ray.")
