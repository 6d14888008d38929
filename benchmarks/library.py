"""What a library costs: reports a second and where the time goes, its size, and one more report as it grows.

    python -m benchmarks.library [SIZE ...]      sizes: 1000 10000 100000
    --whole N       so many reports go the whole way first (1000; 0 for none)
    --keep FOLDER   keeps the filled libraries there, and takes those of before

The whole way is: read from files, extracted, annotated, encoded by the shipped encoder, linked, grouped,
kept. So many reports as the sizes say would take hours; they are generated from the language tables, one in
twenty a near-duplicate, and written row by row (filling.py) with vectors of encoded sentences. Then the same
reports are added, the whole way, to an empty library and to the full one in turn, so that both meet the same
load of the machine. No store of vectors is used. The size is held against the UTF-8 bytes of the text.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from benchmarks.filling import Pool, encoded_pool, fill
from benchmarks.generated import DIM, generate
from benchmarks.stages import Stages

from khabar.encode.around import EncoderAround
from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.pipeline import open_encoder
from khabar.settings import load_settings

SIZES = (1_000, 10_000, 100_000)
WHOLE = 1_000
TIMED = 16


def main(sizes: Sequence[int], whole: int, folder: Path) -> None:
    encoder = open_encoder(load_settings())
    while isinstance(encoder, EncoderAround):  # no sentence may be known from before
        encoder = encoder.encoder
    if whole:
        tell_whole(whole, encoder)
    pool = encoded_pool(encoder)
    print(
        "\n  articles  filled s  size/text  first search of neighbours s  one more, empty ms  full ms"
        "   CPU: empty  full  ratio     MB"
    )
    for size in sizes:
        tell_size(size, encoder, pool, folder)


def tell_whole(count: int, encoder: Encoder) -> None:
    """Prints what adding so many files takes, stage by stage, and what one more takes after every tenth."""
    stages, tenths = Stages(), list[float]()
    with tempfile.TemporaryDirectory() as place:
        files = _files(Path(place) / "reports", count)
        where = Path(place) / "khabar.db"
        with Library.open(where, load_settings(), create=True, encoder=encoder) as library:
            began, worked = time.perf_counter(), time.process_time()
            with stages.watching(encoder):
                for first in range(0, count, max(1, count // 10)):
                    at = time.process_time()
                    part = files[first : first + max(1, count // 10)]
                    assert library.add(part).kept == len(part)
                    tenths.append((time.process_time() - at) / len(part))
            took, worked = time.perf_counter() - began, time.process_time() - worked
            size = library.store.size_bytes() / sum(file.stat().st_size for file in files)
    print(f"{count:,} reports the whole way: {count / took:.2f} a second by the clock,", end=" ")
    print(f"{count / worked:.2f} a second of processor time, {worked / count * 1e3:.0f} ms each")
    for stage, seconds in sorted(stages.seconds.items(), key=lambda each: -each[1]):
        print(f"  {stage:<30}{seconds / count * 1e3:>8.1f} ms a report {seconds / worked:>7.1%}")
    print(f"  size / text {size:.2f}; ms a report by tenth:", *(f"{one * 1e3:.0f}" for one in tenths))


def tell_size(size: int, encoder: Encoder, pool: Pool, folder: Path) -> None:
    """Prints what a library of this size weighs, and what one more report takes beside an empty one."""
    where, empty = folder / f"library-{size}.db", folder / f"empty-{size}.db"
    began = time.perf_counter()
    with Library.open(where, load_settings(), create=True, encoder=encoder) as library:
        text = fill(library, size, pool)
    filled = time.perf_counter() - began
    with ExitStack() as both:
        empty.unlink(missing_ok=True)
        full = both.enter_context(Library.open(where, load_settings(), encoder=encoder))
        small = both.enter_context(Library.open(empty, load_settings(), create=True, encoder=encoder))
        ratio = full.store.size_bytes() / text
        began = time.perf_counter()
        full.nearest.near(np.ones(DIM, np.float32), 1)  # what the first addition of a process waits for
        opened = time.perf_counter() - began
        times = np.array(
            [_pair(small, full, page) for page in timed_pages(TIMED + 2)][2:]
        )  # tables load first
    half = np.median(times, axis=0)
    more = statistics.median((times[:, 1, 1] / times[:, 0, 1]).tolist())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    (empty_ms, empty_cpu), (full_ms, full_cpu) = (half * 1e3).tolist()
    print(
        f"{size:>10,} {filled:>9.0f} {ratio:>10.2f} {opened:>29.2f} {empty_ms:>19.0f} {full_ms:>8.0f} "
        f"{empty_cpu:>12.0f} {full_cpu:>5.0f} {more:>6.2f} {peak:>6}",
        flush=True,
    )


def _pair(small: Library, full: Library, page: Kept[Page]) -> list[tuple[float, float]]:
    """Seconds by the clock and of the processor of adding one report to each."""
    taken = []
    for library in (small, full):
        began, worked = time.perf_counter(), time.process_time()
        library.add_pages([page])
        taken.append((time.perf_counter() - began, time.process_time() - worked))
    return taken


def timed_pages(count: int) -> list[Kept[Page]]:
    """Reports that no other run has."""
    pages = []
    for number, made in enumerate(generate(count, seed=time.time_ns() % 1_000_000)):
        text = f"Timed {number}\n\n" + "\n\n".join(made.article.text.split("\n\n")[:10])
        pages.append(Kept(Page(f"timed{number}.txt", PageKind.TEXT, text, "utf-8", "assumed")))
    return pages


def _files(folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    files = [folder / f"{number:06}.txt" for number in range(count)]
    for file, made in zip(files, generate(count, seed=2), strict=True):
        file.write_text(f"{made.article.published.value}\n\n{made.article.text}\n", encoding="utf-8")
    return files


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--whole", type=int, default=WHOLE)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_for_now:
        main(given.sizes, given.whole, given.keep or Path(made_for_now))
