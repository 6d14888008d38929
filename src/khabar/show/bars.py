"""Progress for whoever waits: bars where the stream is a terminal, plain lines where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from khabar.progress import Progress as Told
from khabar.progress import Silent

Say = Callable[[str], None]


class Bars:
    """A bar for each stage; the one before it is full when the next begins."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None

    def stage(self, name: str, total: int) -> None:
        """A new bar; without an end when the total is not known."""
        self.close()
        self._task = self._progress.add_task(name, total=total or None)

    def advance(self, done: int = 1) -> None:
        """The bar grows."""
        if self._task is not None:
            self._progress.advance(self._task, done)

    def close(self) -> None:
        """The last bar is full."""
        if self._task is not None:
            done = self._progress.tasks[self._progress.task_ids.index(self._task)].completed
            self._progress.update(self._task, total=done or 1, completed=done or 1)


@contextmanager
def bars(stream: TextIO) -> Iterator[tuple[Told, Say]]:
    """What the pipeline reports to, shown on the stream; gone again when the work is done."""
    console = Console(file=stream, highlight=False, soft_wrap=True)

    def say(sentence: str) -> None:
        console.print(sentence, markup=False)

    if not console.is_terminal:
        yield Silent(), say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        shown = Bars(progress)
        yield shown, say
        shown.close()


@contextmanager
def silence() -> Iterator[tuple[Told, Say]]:
    """What the pipeline reports to when nobody wants to hear."""
    yield Silent(), lambda _: None
