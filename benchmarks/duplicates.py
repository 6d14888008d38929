"""Time, memory and recall of finding near-duplicates among made-up reports, and a sketch beside it.

    python -m benchmarks.duplicates [REPORTS] [ONE_IN]

A fifth of the reports are made of an earlier one: cut, added to, changed here and there, or put inside
another. Recall and precision are counted on the first reports, each compared with each by sets of words: what
stands at containment .5. The peer is rensa's MinHash with its own bands, at a Jaccard similarity of a third
(what half of one in an equal other comes to).
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import combinations, islice

from benchmarks.generated import LANGUAGES, _sentence
from rensa import RMinHash, RMinHashLSH

from khabar.trace.duplicates import CONTAINMENT, RUN_WORDS, near_duplicates

REPORTS = 100_000
EXACT = 3_000  # reports that are compared each with each
WITHIN = 500  # a copy follows its origin within so many reports
PERMUTATIONS, BANDS = 128, 32


def make_texts(count: int, seed: int = 1) -> Iterator[str]:
    """So many reports of 8 to 16 sentences in three languages."""
    chance = random.Random(seed)
    recent: list[list[str]] = []
    for number in range(count):
        language = chance.choice(LANGUAGES)
        fresh = [_sentence(language, chance, [("", None)]) for _ in range(chance.randint(8, 16))]  # type: ignore[list-item]
        sentences = _derived(chance.choice(recent), fresh, chance) if recent and number % 5 == 4 else fresh
        recent = [*recent[-WITHIN:], sentences]
        yield " ".join(sentences)


def _derived(origin: list[str], fresh: list[str], chance: random.Random) -> list[str]:
    way = chance.randrange(4)
    if way == 0:
        return origin[: chance.randint(3, len(origin))]
    if way == 1:
        return [*fresh[: chance.randint(1, 8)], *origin]
    if way == 2:
        return [_changed(one, chance, 0.04) for one in origin]
    return [*origin[chance.randint(0, 6) :], *fresh[:5]]


def _changed(sentence: str, chance: random.Random, share: float) -> str:
    return " ".join("..x" if chance.random() < share else word for word in sentence.split())


def exact_pairs(texts: list[str]) -> set[tuple[int, int]]:
    """The pairs at that containment, each report compared with each."""
    runs = [_runs(text) for text in texts]
    return {
        (a, b)
        for a, b in combinations(range(len(texts)), 2)
        if len(runs[a] & runs[b]) >= CONTAINMENT * min(len(runs[a]), len(runs[b]))
    }


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.replace(".", " ").split()
    return {tuple(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)}


def sketched_pairs(texts: list[str]) -> set[tuple[int, int]]:
    """The pairs that rensa's bands put together and its estimate keeps."""
    lsh = RMinHashLSH(1 / 3, PERMUTATIONS, BANDS)
    sketches, found = [], set()
    for number, text in enumerate(texts):
        sketch = RMinHash(PERMUTATIONS, 1)
        sketch.update([" ".join(run) for run in _runs(text)])
        near = [one for one in lsh.query(sketch) if sketches[one].jaccard(sketch) >= 1 / 3]
        found |= {(one, number) for one in near}
        lsh.insert(number, sketch)
        sketches.append(sketch)
    return found


def tell(name: str, found: set[tuple[int, int]], expected: set[tuple[int, int]], seconds: float) -> None:
    right = len(found & expected)
    print(
        f"{name:24} recall {right / len(expected):.4f}  precision {right / max(1, len(found)):.4f}"
        f"  {seconds:6.1f} s",
        flush=True,
    )


def main(count: int, one_in: int) -> None:
    texts = list(islice(make_texts(count), min(EXACT, count)))
    expected = exact_pairs(texts)
    started = time.perf_counter()
    own = {(one.first, one.second) for one in near_duplicates(texts, one_in=one_in)}
    print(f"{len(texts):,} reports, {len(expected):,} pairs by comparing each with each")
    tell("khabar", own, expected, time.perf_counter() - started)
    started = time.perf_counter()
    tell("rensa, MinHash", sketched_pairs(texts), expected, time.perf_counter() - started)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    for _ in make_texts(count):
        pass
    making, started = time.perf_counter() - started, time.perf_counter()
    pairs = sum(1 for _ in near_duplicates(make_texts(count), one_in=one_in))
    taken, peak = time.perf_counter() - started - making, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count:,} reports: {pairs:,} pairs in {taken:.0f} s; {peak / 1024:.0f} MB, of which"
        f" {before / 1024:.0f} MB before (one run in {one_in} kept)"
    )


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*[*numbers, *[REPORTS, 1][len(numbers) :]])
