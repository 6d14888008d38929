"""Which reports of a window of days may tell one event: the nearest, held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from khabar.batch.ledger import codes_of
from khabar.batch.neighbours import Codes, Days, Nearest
from khabar.batch.plan import OVERLAP_DAYS, WINDOW_DAYS, Plan
from khabar.batch.shelf import Shelf
from khabar.batch.work import measured
from khabar.encode.types import Vectors
from khabar.group import load_weights
from khabar.group.decide import decide
from khabar.group.growing import MOST_CANDIDATES
from khabar.group.keeping import from_bytes
from khabar.group.profile import Profile
from khabar.library.growth import ALIKE_FROM
from khabar.linkage import to_log_odds

Task = dict[str, Any]
PAIRS = pa.schema([("a", pa.string()), ("b", pa.string()), ("log_odds", pa.float64())])
HELD = 20_000  # reports of a window that ask in one task, and those that are shown to them at a time
_UNPACKED = 4_000  # profiles, some 30 kB each


def pair_window(task: Task) -> Task:
    """The pairs that are linked, of some reports of a window of days with all of it and of the days before.

    `slice` says which of the reports that ask: the n-th of so many parts. Whatever the window holds, no
    more than `held` reports that ask and `held` others are in memory.
    """
    return measured(_pair_window, task)


def _pair_window(shelf: Shelf, plan: Plan, task: Task) -> Task:
    files = [_read_file(shelf, name, task["first"]) for name in task["files"]]
    groups = list(_groups([file for file in files if len(file.codes)], task["held"]))
    asking = _asking(files, task["first"], *task["slice"])
    near = _nearest(shelf, groups, asking)
    pairs = near.pairs(ALIKE_FROM)
    least = to_log_odds(plan.same_at)
    found = (
        {"a": _id(a), "b": _id(b), "log_odds": log_odds}
        for a, b, log_odds in _decided(shelf, groups, asking, pairs)
        if log_odds > least
    )
    kept = shelf.write_rows(f"pairs/{task['name']}.parquet", found, PAIRS)
    apart = len(pairs) - kept["rows"]
    why = {"near, but not of one event": apart} if apart else {}
    return {"files": [kept], "in": len(pairs), "kept": kept["rows"], "dropped": apart, "why": why}


@dataclass(frozen=True, slots=True)
class _File:
    """The reports of a file that stand in the window.

    Shapes: `inside` bool[n_rows], which rows they are; `codes` uint64[n]; `days` int64[n], 0 without a day.
    """

    name: str
    inside: NDArray[np.bool_]
    codes: Codes
    days: Days


def _read_file(shelf: Shelf, name: str, first: int) -> _File:
    codes, days = codes_of(shelf, f"encoded/{name}.parquet"), _days_of(shelf, name)
    inside = (days == 0) | ((days >= first - OVERLAP_DAYS) & (days < first + WINDOW_DAYS))
    return _File(name, inside, codes[inside], days[inside])


def _days_of(shelf: Shelf, name: str) -> Days:
    told = shelf.read_column(f"encoded/{name}.parquet", "day").to_pylist()
    return np.array([date.fromisoformat(day).toordinal() if day else 0 for day in told], np.int64)


def _groups(files: Sequence[_File], most: int) -> Iterator[list[_File]]:
    """Files of so many reports together; the last one of a group may go beyond."""
    group: list[_File] = []
    for file in files:
        group.append(file)
        if sum(len(one.codes) for one in group) >= most:
            yield group
            group = []
    if group:
        yield group


def _asking(files: Sequence[_File], first: int, part: int, parts: int) -> Codes:
    """The reports of the window's own days that ask here, in the order of their days."""
    codes = np.concatenate([np.zeros(0, np.uint64), *(file.codes for file in files)])
    days = np.concatenate([np.zeros(0, np.int64), *(file.days for file in files)])
    own = (days >= first) | (days == 0)
    order = np.lexsort((codes[own], days[own]))
    return np.array_split(codes[own][order], parts)[part]


def _nearest(shelf: Shelf, groups: Sequence[Sequence[_File]], asking: Codes) -> Nearest:
    """The nearest reports of those that ask."""
    files = [file for group in groups for file in group]
    near = Nearest(*_vectors(shelf, files, asking), MOST_CANDIDATES, OVERLAP_DAYS)
    for group in groups:
        near.look(*_vectors(shelf, group))
    return near


def _vectors(shelf: Shelf, files: Sequence[_File], only: Codes | None = None) -> tuple[Vectors, Codes, Days]:
    """The vectors of the reports of some files, their codes and days. Shapes as in `Nearest`."""
    found: list[tuple[Vectors, Codes, Days]] = []
    for file in files:
        wanted = np.isin(file.codes, only) if only is not None else np.ones(len(file.codes), bool)
        if wanted.any():
            report = shelf.read_column(f"encoded/{file.name}.parquet", "report")
            packed = report.filter(pa.array(file.inside)).filter(pa.array(wanted)).to_pylist()
            vectors = np.frombuffer(b"".join(packed), np.float32).reshape(len(packed), -1)
            found.append((vectors, file.codes[wanted], file.days[wanted]))
    if not found:
        return np.zeros((0, 1), np.float32), np.zeros(0, np.uint64), np.zeros(0, np.int64)
    return (
        np.concatenate([vectors for vectors, _, _ in found]),
        np.concatenate([codes for _, codes, _ in found]),
        np.concatenate([days for _, _, days in found]),
    )


def _decided(
    shelf: Shelf, groups: Sequence[Sequence[_File]], asking: Codes, pairs: Codes
) -> Iterator[tuple[int, int, float]]:
    """The pairs with their log odds, group after group of those that were asked about."""
    own = np.isin(pairs, asking)
    others = np.where(own[:, 0], pairs[:, 1], pairs[:, 0])
    packed = _profiles(shelf, [file for group in groups for file in group], np.unique(pairs[own]))
    weights = load_weights()
    for group in groups:
        here = np.isin(others, np.concatenate([file.codes for file in group]))
        shown = packed | _profiles(shelf, group, np.setdiff1d(others[here], asking))

        @lru_cache(_UNPACKED)
        def profile(code: int, shown: dict[int, bytes] = shown) -> Profile:
            return from_bytes(shown[code])

        for a, b in pairs[here].tolist():
            yield a, b, decide(profile(a), profile(b), weights).log_odds


def _profiles(shelf: Shelf, files: Sequence[_File], wanted: Codes) -> dict[int, bytes]:
    """The packed profiles of these reports."""
    found: dict[int, bytes] = {}
    for file in files:
        ids = {_id(code) for code in np.intersect1d(file.codes, wanted).tolist()}
        if ids:
            rows = shelf.read_chosen(f"encoded/{file.name}.parquet", ("id", "profile"), ids)
            found |= {int(row["id"][1:], 16): row["profile"] for row in rows}
    return found


def _id(code: int) -> str:
    return f"a{code:016x}"
