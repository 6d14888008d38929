"""Measured figures as a table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from rich.console import Console
from rich.table import Table


class Figure(Protocol):
    """What a row is made of (evaluations/registry.py)."""

    @property
    def task(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def metric(self) -> str: ...  # noqa: D102
    @property
    def data(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def floor(self) -> float | None: ...  # noqa: D102
    @property
    def peer(self) -> str | None: ...  # noqa: D102
    @property
    def peer_value(self) -> float | None: ...  # noqa: D102
    @property
    def higher_is_better(self) -> bool: ...  # noqa: D102
    @property
    def holds(self) -> bool: ...  # noqa: D102


def show_figures(figures: Sequence[Figure], commands: Mapping[str, str], console: Console) -> None:
    """Prints a line for each figure and, below, what prints the details of each task."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, right in (
        ("task", 0),
        ("language", 0),
        ("measured", 0),
        ("on", 0),
        ("figure", 1),
        ("floor", 1),
    ):
        table.add_column(name, justify="right" if right else "left")
    table.add_column("another tool")
    for one in figures:
        mark = "" if one.holds else "  ✗"
        table.add_row(
            one.task, one.language, one.metric, one.data, _figure(one.value) + mark, _limit(one), _peer(one)
        )
    console.print(table)
    console.print()
    for task in dict.fromkeys(one.task for one in figures):
        console.print(f"{task:10} {commands[task]}", markup=False, highlight=False)


def _figure(value: float) -> str:
    """Three places for shares, fewer for what is counted or timed."""
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _limit(one: Figure) -> str:
    if one.floor is None:
        return "-"
    return ("" if one.higher_is_better else "≤ ") + _figure(one.floor)


def _peer(one: Figure) -> str:
    if one.peer is None:
        return "-"
    return one.peer if one.peer_value is None else f"{_figure(one.peer_value)} {one.peer}"
