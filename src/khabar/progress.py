"""How a long step tells what is done: the shell passes one in, the core only calls it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of each stage and of each item done."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins; `total` items are ahead, 0 when that is not known."""

    def advance(self, done: int = 1) -> None:
        """So many more items of the stage are done."""


class Silent:
    """Tells nobody."""

    def stage(self, name: str, total: int) -> None:
        """Nothing is shown."""

    def advance(self, done: int = 1) -> None:
        """Nothing is shown."""
