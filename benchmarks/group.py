"""Time and memory of forming stories, all at once and one more report, on made-up profiles.

    python benchmarks/group.py [REPORTS...]

Three reports an event, eight sentences each, spread over a year. Prints seconds, peak memory and the slope:
1 is time that grows with the number of reports, 2 with its square.
"""

from __future__ import annotations

import math
import resource
import sys
import time
from datetime import date, timedelta

import numpy as np

from khabar.group import form_stories, load_weights
from khabar.group.grouping import Grouping
from khabar.group.growing import Rules
from khabar.group.profile import Profile

DIM, SENTENCES, AN_EVENT = 384, 8, 3
ADDED = 20
FIRST_DAY = date(2024, 1, 1)


def make_profiles(count: int) -> list[Profile]:
    """Profiles of made-up events."""
    random = np.random.default_rng(1)
    profiles = []
    for number in range(count):
        event = number // AN_EVENT
        own = np.random.default_rng(event).normal(size=(SENTENCES, DIM))
        vectors = (own + 0.5 * random.normal(size=own.shape)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        day = FIRST_DAY + timedelta(days=event % 365)
        words = {f"w{event}": 2, f"v{event % 97}": 1}
        profiles.append(
            Profile(
                f"r{number}", f"r{number}", ("en",), vectors, {f"p{event}": 1}, {}, {f"x{event % 50}": 1},
                {(float(event % 900 + 10), None): 1}, frozenset({day}), day, words=words,
            )
        )  # fmt: skip
    return profiles


def main(sizes: list[int]) -> None:
    rules = Rules(load_weights(), 0.5, str)
    before: tuple[int, float] | None = None
    for size in sizes:
        profiles = make_profiles(size)
        started = time.perf_counter()
        drafts = form_stories(profiles, rules.weights, str, 0.5)
        taken = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        slope = math.log(taken / before[1]) / math.log(size / before[0]) if before else math.nan
        print(
            f"{size:7,} reports  {len(drafts):6,} stories  {taken:7.1f} s  {peak:6.0f} MB  slope {slope:.2f}",
            flush=True,
        )
        before = size, taken
    grouping = Grouping()
    for profile in profiles[: sizes[0]]:
        grouping = grouping.add(profile, rules).grouping
    started = time.perf_counter()
    for profile in profiles[sizes[0] : sizes[0] + ADDED]:
        grouping = grouping.add(profile, rules).grouping
    each = (time.perf_counter() - started) / ADDED * 1000
    print(f"one more report beside {sizes[0]:,}: {each:.1f} ms")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1_000, 5_000, 20_000])
