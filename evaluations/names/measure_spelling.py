"""Prints how well spellings of one name are told from two names met by chance, and checks the floors.

    python -m evaluations.names.measure_spelling ../shared/data/names

Recall at a false-match rate of 1 in 1,000, on names that were held out of learning. Beside it the same
pairs by equal consonant skeletons, and by rapidfuzz's Jaro-Winkler over a plain romanisation.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
from rapidfuzz.distance import JaroWinkler

from evaluations.names.spelling_pairs import Pair, is_held_out, random_pairs, read_pairs
from khabar.annotate.names.rough import rough_key
from khabar.annotate.names.spelling import read_spelling, spelling_weight

POSITIVES, CHANCE, FALSE_RATE = 2000, 40_000, 0.001
PLAIN = dict(zip("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", "abptsjchkdzrzzssszttagfqkglmnuhi", strict=True))


def main(folder: Path) -> dict[str, dict[str, float]]:
    """Recall by set and way of comparing."""
    figures = {}
    for name, pairs in read_pairs(folder).items():
        held = [pair for pair in pairs if is_held_out(pair)]
        random.Random(1).shuffle(held)
        figures[name] = measure(held[:POSITIVES], random_pairs(held, CHANCE))
        print(name, len(held[:POSITIVES]), "pairs ", figures[name], flush=True)
    return figures


def measure(same: list[Pair], chance: list[Pair]) -> dict[str, float]:
    skeleton = float(np.mean([rough_key(a) == rough_key(b) for a, b in same]))
    false = float(np.mean([rough_key(a) == rough_key(b) for a, b in chance]))
    return {
        "weights": recall(spelling_weight, same, chance),
        "jaro_winkler": recall(_peer, same, chance),
        "skeleton": round(skeleton, 3),
        "skeleton_false": round(false, 4),
    }


def recall(score, same: list[Pair], chance: list[Pair]) -> float:  # type: ignore[no-untyped-def]
    least = np.quantile([score(a, b) for a, b in chance], 1 - FALSE_RATE)
    return round(float(np.mean([score(a, b) > least for a, b in same])), 3)


def _peer(a: str, b: str) -> float:
    one, two = ("".join(PLAIN.get(c, c) for c in read_spelling(word).letters) for word in (a, b))
    return JaroWinkler.similarity(one, two)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
