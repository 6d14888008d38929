"""Reads damaged files for a while, and keeps the first one that does not end in outcomes.

    python tests/fuzz/fuzz_read.py [SECONDS] [SEED]

A file that raised, took longer than the limit or filled the memory is written to .fuzz/ with the words of
the fault; copy it to tests/fuzz/corpus once the fault is mended, so that it is tried in every test run.
"""

from __future__ import annotations

import hashlib
import random
import resource
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from fuzz.mutate import damage
from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.outcome import Dropped, Kept
from khabar.read import Limits, read_sources

CORPUS = Path(__file__).with_name("corpus")
FOUND = Path(".fuzz")
SLOWEST_S = 5.0
MOST_KB = 400_000  # more memory than at the start
LIMITS = Limits(item_bytes=5_000_000, total_bytes=50_000_000)


def load_corpus() -> list[tuple[str, bytes]]:
    """The names and bytes of the good files."""
    return [(path.name, path.read_bytes()) for path in sorted(CORPUS.iterdir())]


def try_one(path: Path) -> int:
    """How many outcomes a file ends in. Errors: AssertionError where the contract is broken."""
    start = time.process_time()  # other work on the machine is no fault of the file
    outcomes = list(read_sources([path], LIMITS))
    assert outcomes, "no outcome"
    for outcome in outcomes:
        if isinstance(outcome, Dropped):
            assert outcome.reason, "a drop without a reason"
            assert outcome.path.startswith(str(path)), "a drop of another file"
        else:
            assert isinstance(outcome, Kept)
            extract(outcome.item, load_languages())
    took = time.process_time() - start
    assert took < SLOWEST_S, f"it took {took:.1f} s"
    return len(outcomes)


def fuzz(folder: Path, chance: random.Random, rounds: int | None, seconds: float) -> tuple[int, int]:
    """Damages and reads until the rounds or seconds are over; how many files and outcomes that were."""
    corpus = load_corpus()
    others = [data for _, data in corpus]
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    end, files, outcomes = time.monotonic() + seconds, 0, 0
    while files != rounds and time.monotonic() < end:
        name, data = chance.choice(corpus)
        name = name if chance.random() < 0.9 else chance.choice(corpus)[0]
        path = folder / name
        # A PDF starts a process of its own; a million of them tell more about that than about us.
        bent = damage(data, others, chance).replace(b"%PDF-", b"%pdf-")
        path.write_bytes(bent)
        try:
            outcomes += try_one(path)
            assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base < MOST_KB, "too much memory"
        except BaseException:
            keep(name, bent)
            raise
        files += 1
    return files, outcomes


def keep(name: str, data: bytes) -> None:
    """Writes what failed, and why."""
    FOUND.mkdir(exist_ok=True)
    place = FOUND / f"{hashlib.sha256(data).hexdigest()[:8]}-{name}"
    place.write_bytes(data)
    place.with_name(place.name + ".fault").write_text(traceback.format_exc(), encoding="utf-8")


def main(seconds: float, seed: int) -> None:
    folder = FOUND / "now"
    folder.mkdir(parents=True, exist_ok=True)
    files, outcomes = fuzz(folder, random.Random(seed), None, seconds)
    print(f"seed {seed}: {files:,} damaged files ended in {outcomes:,} outcomes, none failed")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    main(given[0] if given else 300.0, int(given[1]) if len(given) > 1 else int(time.time()))
