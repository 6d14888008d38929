"""Where the time of adding goes: each stage's own seconds, without those of the stages that it calls."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from khabar.library import intake
from khabar.library import library as front
from khabar.library.nearest import MemoryNearest
from khabar.library.profiles import Profiles

# What is timed: whose it is, what it is called there, the stage. The rest of `Intake.take` is writing.
_TIMED: tuple[tuple[Any, str, str], ...] = (
    (front, "read_sources", "read"),
    (intake, "extract_reports", "extract"),
    (intake, "annotate_extract", "annotate"),
    (intake, "name_article", "annotate"),
    (intake, "quantities_of", "annotate"),
    (intake, "make_profile", "annotate"),
    (intake, "encode_article", "encode"),
    (intake.Intake, "link", "link names to the library"),
    (MemoryNearest, "near", "find neighbours"),
    (Profiles, "read", "read neighbours"),
    (intake, "place", "decide pairs and stories"),
    (intake, "learn_if_due", "learn words to squeeze with"),
    (intake.Intake, "take", "write"),
)


class Stages:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def watching(self, encoder: object) -> Iterator[None]:
        """Times all stages, the encoder's sentences among them."""
        timed = [*_TIMED, (type(encoder), "sentences", "encode")]
        before = [(owner, name, getattr(owner, name)) for owner, name, _ in timed]
        for (owner, name, stage), (_, _, real) in zip(timed, before, strict=True):
            setattr(owner, name, self._wrapped(real, stage))
        try:
            yield
        finally:
            for owner, name, real in before:
                setattr(owner, name, real)

    def _wrapped(self, real: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            with self._in(stage):
                found = real(*given, **named)
            return self._each(found, stage) if hasattr(found, "__next__") else found

        return timed

    def _each(self, found: Iterator[Any], stage: str) -> Iterator[Any]:
        while True:
            with self._in(stage):
                try:
                    one = next(found)
                except StopIteration:
                    return
            yield one

    @contextmanager
    def _in(self, stage: str) -> Iterator[None]:
        self._turn()
        self._open.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        """What went by since the last turn belongs to the innermost stage that is open."""
        at = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + at - self._since
        self._since = at
