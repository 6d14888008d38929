"""Which reports of a window of days may tell one event: the nearest, held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from khabar.batch.neighbours import near_pairs
from khabar.batch.plan import OVERLAP_DAYS, WINDOW_DAYS, Plan
from khabar.batch.shelf import Shelf
from khabar.batch.work import measured
from khabar.group import load_weights
from khabar.group.decide import decide
from khabar.group.growing import MOST_CANDIDATES
from khabar.group.keeping import from_bytes
from khabar.group.profile import Profile
from khabar.library.growth import ALIKE_FROM
from khabar.linkage import to_log_odds

Task = dict[str, Any]
PAIRS = pa.schema([("a", pa.string()), ("b", pa.string()), ("log_odds", pa.float64())])
_UNPACKED = 4_000  # profiles, some 30 kB each


def pair_window(task: Task) -> Task:
    """The pairs that are linked, of the reports of one window of days with those of the days before."""
    return measured(_pair_window, task)


def _pair_window(shelf: Shelf, plan: Plan, task: Task) -> Task:
    ids, days, vectors = _reports(shelf, task)
    asking = np.flatnonzero((days >= task["first"]) | (days == 0))
    pairs = near_pairs(vectors, asking, MOST_CANDIDATES, ALIKE_FROM)
    del vectors
    packed = _profiles(shelf, task["files"], {ids[at] for at in np.unique(pairs).tolist()})

    @lru_cache(_UNPACKED)
    def profile(at: int) -> Profile:
        return from_bytes(packed[ids[at]])

    weights, least = load_weights(), to_log_odds(plan.same_at)

    def links() -> Iterator[Task]:
        for a, b in pairs.tolist():
            log_odds = decide(profile(a), profile(b), weights).log_odds
            if log_odds > least:
                yield {"a": ids[a], "b": ids[b], "log_odds": log_odds}

    kept = shelf.write_rows(f"pairs/{task['name']}.parquet", links(), PAIRS)
    apart = len(pairs) - kept["rows"]
    why = {"near, but not of one event": apart} if apart else {}
    return {"files": [kept], "in": len(pairs), "kept": kept["rows"], "dropped": apart, "why": why}


def _reports(shelf: Shelf, task: Task) -> tuple[Sequence[str], Any, Any]:
    """Ids, days and vectors of the reports of the window, by day: who stands near is likely a neighbour.

    Shapes: `days` int64[n], 0 where there is none; `vectors` float32[n, dim].
    """
    found: list[tuple[int, str, bytes]] = []
    for name in task["files"]:
        for row in shelf.each_row(f"encoded/{name}.parquet", ("id", "day", "report")):
            day = date.fromisoformat(row["day"]).toordinal() if row["day"] else 0
            if not day or task["first"] - OVERLAP_DAYS <= day < task["first"] + WINDOW_DAYS:
                found.append((day, row["id"], row["report"]))
    found.sort(key=lambda one: one[:2])  # which worker read what first must not matter
    vectors = np.frombuffer(b"".join(one[2] for one in found), np.float32)
    days = np.array([one[0] for one in found], np.int64)
    return (
        [one[1] for one in found],
        days,
        vectors.reshape(len(found), -1) if found else vectors.reshape(0, 1),
    )


def _profiles(shelf: Shelf, files: Sequence[str], ids: set[str]) -> dict[str, bytes]:
    """The packed profiles of these reports."""
    return {
        row["id"]: row["profile"]
        for name in files
        for row in shelf.read_chosen(f"encoded/{name}.parquet", ("id", "profile"), ids)
    }
