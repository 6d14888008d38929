"""What each stage of a batch run costs as reports grow, and grouping alone on drawn vectors.

    python benchmarks/scale.py stages 300 1000 [--workers 2]   the whole way, on reports of events.py
    python benchmarks/scale.py drawn 10000 100000 [--days 30]  what needs no encoder, on drawn vectors
    python benchmarks/scale.py vectors 10000 1000000           nearest neighbours in windows of days

Seconds are those of the processor: other work on the machine does not count. The slope is 1 where cost
grows with the number of reports, 2 with its square.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from events import write_archives
from generated import DAYS, DIM, generate
from numpy.typing import NDArray

from khabar.batch.bands import bands_of, families_of
from khabar.batch.engines import LocalEngine
from khabar.batch.ledger import Ledger, codes_of, read_bands, read_days, read_ledger
from khabar.batch.neighbours import Nearest
from khabar.batch.pairs import HELD, pair_window
from khabar.batch.plan import OVERLAP_DAYS, WINDOW_DAYS, Plan, make_plan
from khabar.batch.run import begin, go_on
from khabar.batch.shelf import Shelf
from khabar.batch.stories import Links, shares_of
from khabar.batch.work import ARTICLES, ENCODED
from khabar.encode.types import Vectors
from khabar.group.growing import MOST_CANDIDATES
from khabar.group.keeping import to_bytes
from khabar.group.profile import make_profile
from khabar.library.growth import ALIKE_FROM
from khabar.settings import load_settings

DRAWN_IN_FILE = 1_000
AN_EVENT = 4


def measure_stages(sizes: list[int], workers: int) -> None:
    before: dict[str, float] = {}
    for at, size in enumerate(sizes):
        with tempfile.TemporaryDirectory() as folder:
            archives, out = Path(folder, "in"), str(Path(folder, "out"))
            write_archives(archives, size)
            begin(make_plan([str(archives)], load_settings()), out)
            engine = LocalEngine(workers)
            began = time.perf_counter()
            manifest = go_on(out, engine)
            engine.close()
            wall_s = time.perf_counter() - began
        print(f"{size:,} reports, {workers} workers: {wall_s:.1f} s on the clock; {manifest['totals']}")
        for name, stage in manifest["stages"].items():
            cpu_s = max(stage["cpu_seconds"], 1e-4)
            slope = math.log(cpu_s / before[name]) / math.log(size / sizes[at - 1]) if before else math.nan
            print(
                f"  {name:10} {cpu_s:8.2f} s {1000 * cpu_s / size:8.2f} ms a report "
                f"{stage['bytes'] / size:9.0f} bytes a report  {stage['peak_mb']:5} MB  slope {slope:.2f}",
                flush=True,
            )
        before = {name: max(stage["cpu_seconds"], 1e-4) for name, stage in manifest["stages"].items()}


def measure_drawn(sizes: list[int], days: int) -> None:
    """Near-duplicates, pairs and parts of made-up articles; reading, encoding and settling are left out."""
    before: dict[str, float] = {}
    for at, size in enumerate(sizes):
        with tempfile.TemporaryDirectory() as folder:
            shelf = begin(Plan((), cache=None), folder)
            seconds = Seconds()
            names, windows = write_drawn(shelf, size, days)
            seconds.lap("(writing)")
            ledger, _ = read_ledger(shelf, names, "articles")
            families = families_of(read_bands(shelf, ledger))
            seconds.lap("duplicates")
            links = pair_all(shelf, ledger, windows)
            seconds.lap("pairs")
            shares, giants = shares_of(len(ledger), links, read_days(shelf, ledger))
            seconds.lap("parts")
        print(
            f"{size:,} reports: {len(np.unique(families)):,} families, {len(links.pairs):,} links, "
            f"{len(shares)} tasks to settle, giants {[len(one.rows) for one in giants]}, {peak_mb()} MB"
        )
        for name, taken in seconds.taken.items():
            slope = math.log(taken / before[name]) / math.log(size / sizes[at - 1]) if before else math.nan
            print(
                f"  {name:10} {taken:8.2f} s {1000 * taken / size:8.3f} ms a report  slope {slope:.2f}",
                flush=True,
            )
        before = seconds.taken


def pair_all(shelf: Shelf, ledger: Ledger, windows: Mapping[str, set[int]]) -> Links:
    """The linked pairs of all windows, one slice of a window after the other, as workers do them."""
    pairs, log_odds = [np.zeros((0, 2), np.int64)], [np.zeros(0)]
    asking = Counter((read_days(shelf, ledger) // WINDOW_DAYS).tolist())
    for window, count in sorted(asking.items()):
        files = [name for name in windows if {window - 2, window - 1, window} & windows[name]]
        task = {"out": shelf.where, "plan": Plan(()).to_plain(), "stage": "pairs", "of": "", "held": HELD}
        slices = -(-count // HELD)
        for at in range(slices):
            name = f"{window}-{at}"
            pair_window(
                task | {"name": name, "first": window * WINDOW_DAYS, "files": files, "slice": [at, slices]}
            )
            sides = [codes_of(shelf, f"pairs/{name}.parquet", side) for side in ("a", "b")]
            pairs.append(np.stack([ledger.rows(side) for side in sides], axis=1))
            log_odds.append(shelf.read_column(f"pairs/{name}.parquet", "log_odds").to_numpy())
    rows, first = np.unique(np.concatenate(pairs), axis=0, return_index=True)
    return Links(rows, np.concatenate(log_odds)[first])


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


class Seconds:
    """Processor seconds since the lap before, by name."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self._at = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.taken[name], self._at = max(now - self._at, 1e-4), now


def write_drawn(shelf: Shelf, size: int, days: int) -> tuple[list[str], dict[str, set[int]]]:
    """Files of articles and of encoded rows, as a run has them; their names, and the windows of each."""
    names: list[str] = []
    windows: dict[str, set[int]] = {}
    made = generate(size, days=days)
    while some := list(islice(made, DRAWN_IN_FILE)):
        name = f"{len(names):06}"
        names.append(name)
        profiles = [make_profile(one.article, one.vectors, (), {}, divided=False) for one in some]
        ids = [hashlib.sha256(one.article.text.encode()).hexdigest()[:16] for one in some]
        profiles = [replace(one, article=f"a{code}") for one, code in zip(profiles, ids, strict=True)]
        days = [one.day for one in profiles if one.day]
        windows[name] = {day.toordinal() // WINDOW_DAYS for day in days}
        texts = [
            {"id": f"a{code}", "page": 0, "bands": bands_of(one.article.text), "article": ""}
            for one, code in zip(some, ids, strict=True)
        ]
        shelf.write_rows(f"articles/{name}.parquet", texts, ARTICLES)
        rows = [
            {
                "id": one.article, "day": one.day and one.day.isoformat(),
                "article": "", "numbers": "", "dim": DIM,
                "vectors": b"", "report": one.report.astype(np.float32).tobytes(), "profile": to_bytes(one),
            }
            for one in profiles
        ]  # fmt: skip
        shelf.write_rows(f"encoded/{name}.parquet", rows, ENCODED)
    return names, windows


def measure_vectors(sizes: list[int]) -> None:
    """Nearest neighbours window by window, as the workers look for them; a slice and a block are held."""
    before: tuple[int, float] | None = None
    for size in sizes:
        began, pairs, largest = time.process_time(), 0, 0
        for first in range(0, DAYS, WINDOW_DAYS):
            found, shown = look_at(first, size)
            pairs, largest = pairs + found, max(largest, shown)
        taken = time.process_time() - began
        slope = math.log(taken / before[1]) / math.log(size / before[0]) if before else math.nan
        print(
            f"{size:9,} vectors, {largest:7,} in the largest window {pairs:11,} pairs {taken:8.1f} s "
            f"{peak_mb():6} MB slope {slope:.2f}",
            flush=True,
        )
        before = size, taken


def look_at(first: int, size: int) -> tuple[int, int]:
    """The number of pairs of a window of days, and of the reports that were shown."""
    own = range(first, min(DAYS, first + WINDOW_DAYS))
    whole = range(max(0, first - OVERLAP_DAYS), own.stop)
    pairs, shown, at = 0, 0, 0
    days = [*own]
    while at < len(days):
        some: list[int] = []
        while at < len(days) and len(some) * (size // DAYS) < HELD:
            some.append(days[at])
            at += 1
        near = Nearest(*draw_days(some, size), MOST_CANDIDATES, OVERLAP_DAYS)
        shown = 0
        for block in in_blocks([*whole], size):
            vectors, codes, told = draw_days(block, size)
            near.look(vectors, codes, told)
            shown += len(codes)
        pairs += len(near.pairs(ALIKE_FROM))
    return pairs, shown


def in_blocks(days: list[int], size: int) -> list[list[int]]:
    """Days of some HELD reports together."""
    at_once = max(1, HELD // max(1, size // DAYS))
    return [days[at : at + at_once] for at in range(0, len(days), at_once)]


def draw_days(days: list[int], size: int) -> tuple[Vectors, NDArray[np.uint64], NDArray[np.int64]]:
    """The vectors of some days, four to an event, with codes and days."""
    drawn = [draw_day(day, size // DAYS) for day in days]
    codes = [
        np.arange(len(one), dtype=np.uint64) + np.uint64(day << 32)
        for day, one in zip(days, drawn, strict=True)
    ]
    told = [np.full(len(one), day + 1, np.int64) for day, one in zip(days, drawn, strict=True)]
    return np.concatenate(drawn), np.concatenate(codes), np.concatenate(told)


def draw_day(day: int, count: int) -> Vectors:
    drawn = np.random.default_rng(day)
    events = drawn.standard_normal((count // AN_EVENT + 1, DIM), np.float32)
    vectors = events[np.arange(count) // AN_EVENT] + 0.5 * drawn.standard_normal((count, DIM), np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["stages", "drawn", "vectors"])
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--days", type=int, default=DAYS, help="over which drawn reports are spread")
    given = parser.parse_args()
    if given.what == "vectors":
        measure_vectors(given.sizes)
    elif given.what == "drawn":
        measure_drawn(given.sizes, given.days)
    else:
        measure_stages(given.sizes, given.workers)


if __name__ == "__main__":
    main()
