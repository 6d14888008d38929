"""How long a search takes in a library of generated reports, and what the library weighs.

    python -m benchmarks.search [SIZE ...]      sizes: 1000 10000 100000
    --keep FOLDER                               keeps the libraries there, and takes those of before

Reports are generated from the language tables and their vectors are drawn (generated.py), so nothing here
says how good the results are. Queries are two to six words, a third of them with a name, drawn from the
reports, each asked once; the encoder is the shipped one and its time is in the figures. Beside the fusion
stand full text alone and vectors alone, through the same way, and the bare question to FTS5.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from benchmarks.filling import fill
from benchmarks.generated import generate

from khabar.library import Library
from khabar.library.search import Mode
from khabar.library.search.terms import folded_words, function_words, stem
from khabar.model.article import Article
from khabar.settings import load_settings

SIZES = (1_000, 10_000, 100_000)
QUERIES = 100
EVERY = 97  # one report of so many gives words for a query


def main(sizes: Sequence[int], folder: Path) -> None:
    print("  articles  filled s  bytes/text  first s  what      median ms  95% ms   CPU ms 95% CPU     MB")
    for size in sizes:
        where = folder / f"search-{size}.db"
        with Library.open(where, load_settings(), create=True) as library:
            began = time.perf_counter()
            text = fill(library, size)
            filled = time.perf_counter() - began
        with Library.open(where, load_settings()) as library:
            ratio = library.store.size_bytes() / text
            library.encoder.sentences(["x"])
            began = time.perf_counter()
            library.search("first")
            first = time.perf_counter() - began
            for mode in Mode:
                tell(size, filled, ratio, first, mode.value, time_queries(library, size, mode))
            tell(size, filled, ratio, first, "bare FTS5", time_bare(library, size))
            print(f"  load {os.getloadavg()[0]:.1f}")


Times = Sequence[tuple[float, float]]


def tell(size: int, filled: float, ratio: float, first: float, what: str, times: Times) -> None:
    (half, cpu), (most, most_cpu) = np.percentile(times, [50, 95], axis=0) * 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:>10,} {filled:>9.0f} {ratio:>11.2f} {first:>8.2f}  {what:<10}{half:>9.1f} {most:>7.1f} "
        f"{cpu:>8.1f} {most_cpu:>8.1f} {peak:>6}",
        flush=True,
    )


def queries(size: int, seed: int) -> list[str]:
    """Words that stand near each other in reports, as somebody might look for them."""
    chance, found = random.Random(seed), list[str]()
    for one in islice(
        generate(min(size, QUERIES * EVERY), seed=1), 0, None, max(1, min(size // QUERIES, EVERY))
    ):
        found.append(_query(one.article, chance))
    return list(dict.fromkeys(found))[:QUERIES]


def _query(article: Article, chance: random.Random) -> str:
    sentence = chance.choice(article.sentences).span.of(article.text)
    words = [word for word in folded_words(sentence) if word not in function_words() and len(word) > 2]
    start = chance.randrange(max(1, len(words) - 6))
    chosen = words[start : start + chance.randint(2, 6)]
    if article.names and chance.random() < 1 / 3:
        chosen.append(chance.choice(article.names).text)
    return " ".join(chosen)


def time_queries(library: Library, size: int, mode: Mode) -> Times:
    """Seconds of each query, by the clock and of the processor; each mode has queries of its own."""
    times = []
    for query in queries(size, seed=list(Mode).index(mode)):
        began, worked = time.perf_counter(), time.process_time()
        library.search(query, mode=mode)
        times.append((time.perf_counter() - began, time.process_time() - worked))
    return times


def time_bare(library: Library, size: int) -> Times:
    """The same of the question to FTS5 alone: numbers of all articles with any of the words."""
    times = []
    for query in queries(size, seed=9):
        said = " OR ".join(f'"{stem(word, "en")}"' for word in folded_words(query))
        began, worked = time.perf_counter(), time.process_time()
        library.store.rows("SELECT group_concat(rowid) FROM search_words WHERE search_words MATCH ?", (said,))
        times.append((time.perf_counter() - began, time.process_time() - worked))
    return times


if __name__ == "__main__":
    given = sys.argv[1:]
    kept = Path(given.pop(given.index("--keep") + 1)) if "--keep" in given else None
    numbers = [int(one) for one in given if one.isdigit()] or list(SIZES)
    with tempfile.TemporaryDirectory() as made_for_now:
        main(numbers, kept or Path(made_for_now))
