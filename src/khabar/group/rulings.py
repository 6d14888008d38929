"""What a person decided about two reports; it outlives every regrouping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from khabar.linkage import Pair


@dataclass(frozen=True, slots=True)
class Ruling:
    """Two reports that a person says tell one event (`same`), or do not."""

    a: str
    b: str
    same: bool

    @property
    def pair(self) -> Pair:
        """The two reports, in one order whichever way they were given."""
        return (self.a, self.b) if self.a <= self.b else (self.b, self.a)


def latest(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The rulings with only the last word on each pair."""
    return tuple({ruling.pair: ruling for ruling in rulings}.values())
