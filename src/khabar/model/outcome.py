"""Every input ends as kept or as dropped with a reason; totals add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """An input that went on to the next stage."""

    item: T


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input that could not be used: where it stopped, and why in words for the user."""

    path: str
    stage: str
    reason: str


Outcome = Kept[T] | Dropped


def kept(outcomes: Iterable[Outcome[T]]) -> list[T]:
    """The items that went on, in order."""
    return [outcome.item for outcome in outcomes if isinstance(outcome, Kept)]


def dropped(outcomes: Iterable[Outcome[T]]) -> list[Dropped]:
    """The inputs that stopped, in order."""
    return [outcome for outcome in outcomes if isinstance(outcome, Dropped)]
