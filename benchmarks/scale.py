"""What each stage of a batch run costs as reports grow, and grouping alone on drawn vectors.

    python benchmarks/scale.py stages 50 200 [--workers 2]     reports made up from the language tables
    python benchmarks/scale.py vectors 5000 20000              nearest neighbours in windows of days

Seconds are those of the processor: other work on the machine does not count. The slope is 1 where cost
grows with the number of reports, 2 with its square. Made-up words are harder to cut and cheaper to compare
than news, so the figures are for planning size, not for quality.
"""

from __future__ import annotations

import json
import math
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from generated import DAYS, DIM, generate
from numpy.typing import NDArray

from khabar.batch.engines import LocalEngine
from khabar.batch.neighbours import near_pairs
from khabar.batch.plan import OVERLAP_DAYS, WINDOW_DAYS, make_plan
from khabar.batch.run import begin, go_on
from khabar.encode.types import Vectors
from khabar.group.growing import MOST_CANDIDATES
from khabar.library.growth import ALIKE_FROM
from khabar.settings import load_settings

IN_ARCHIVE = 100
AN_EVENT = 4


def write_archives(folder: Path, count: int) -> None:
    """Records of so many reports, a hundred to a file."""
    lines = []
    for number, made in enumerate(generate(count)):
        article = made.article
        lines.append(json.dumps({"text": article.text, "date": article.published.value}, ensure_ascii=False))
        if len(lines) == IN_ARCHIVE or number == count - 1:
            (folder / f"{number:08}.jsonl").write_text("\n".join(lines), encoding="utf-8")
            lines = []


def measure_stages(sizes: list[int], workers: int) -> None:
    before: dict[str, float] = {}
    for at, size in enumerate(sizes):
        with tempfile.TemporaryDirectory() as folder:
            archives, out = Path(folder, "in"), str(Path(folder, "out"))
            archives.mkdir()
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


def measure_vectors(sizes: list[int]) -> None:
    """Nearest neighbours window by window, as the workers look for them; a window is all that is held."""
    before: tuple[int, float] | None = None
    for size in sizes:
        began, pairs, largest = time.process_time(), 0, 0
        for first in range(0, DAYS, WINDOW_DAYS):
            vectors, asking = draw_window(first, size)
            largest = max(largest, len(vectors))
            pairs += len(near_pairs(vectors, asking, MOST_CANDIDATES, ALIKE_FROM))
        taken = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        slope = math.log(taken / before[1]) / math.log(size / before[0]) if before else math.nan
        print(
            f"{size:9,} vectors, {largest:7,} in the largest window {pairs:11,} pairs {taken:8.1f} s "
            f"{peak:6} MB slope {slope:.2f} recall {recall_of(vectors, asking):.4f}",
            flush=True,
        )
        before = size, taken


def draw_window(first: int, size: int) -> tuple[Vectors, NDArray[np.int64]]:
    """The vectors of a window of days and those before, four to an event, and which of them ask."""
    days = range(max(0, first - OVERLAP_DAYS), min(DAYS, first + WINDOW_DAYS))
    drawn = [draw_day(day, size // DAYS) for day in days]
    before = sum(len(one) for day, one in zip(days, drawn, strict=True) if day < first)
    vectors = np.concatenate(drawn)
    return vectors, np.arange(before, len(vectors))


def draw_day(day: int, count: int) -> Vectors:
    drawn = np.random.default_rng(day)
    events = drawn.standard_normal((count // AN_EVENT + 1, DIM), np.float32)
    vectors = events[np.arange(count) // AN_EVENT] + 0.5 * drawn.standard_normal((count, DIM), np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def recall_of(vectors: Vectors, asking: NDArray[np.int64]) -> float:
    """The share of the true pairs of some reports that is found."""
    some = asking[:: max(1, len(asking) // 500)]
    true = near_pairs(vectors, some, MOST_CANDIDATES, ALIKE_FROM, exact_most=len(vectors))
    found = near_pairs(vectors, some, MOST_CANDIDATES, ALIKE_FROM)
    return len({*map(tuple, true.tolist())} & {*map(tuple, found.tolist())}) / max(len(true), 1)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    workers = int(arguments[arguments.index("--workers") + 1]) if "--workers" in arguments else 1
    sizes = [int(one) for one in arguments[1 : arguments.index("--workers") if workers > 1 else None]]
    if arguments[:1] == ["vectors"]:
        measure_vectors(sizes)
    else:
        measure_stages(sizes, workers)
