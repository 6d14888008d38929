"""What joining clauses gives: statements as groups of tellings."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.align.units import Unit
from khabar.model.span import Span
from khabar.model.story import Coverage


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause, or the part of it that makes the statement. `score` 0 to 1.

    `partners`: the clauses of other reports that it was joined with, the nearest first.
    """

    unit: Unit
    span: Span
    coverage: Coverage
    score: float
    reason: str
    partners: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One assertion and every place that makes it; `members` are units wholly given to it."""

    members: tuple[Unit, ...]
    tellings: tuple[Telling, ...]
