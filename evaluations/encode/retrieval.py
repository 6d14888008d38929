"""How well a sentence finds its own translation, with the language taken out in different ways.

    python -m evaluations.encode.retrieval ../shared/data/ntrex [precision]

Means come from one half of the documents, figures from the other. P@1 inside the document, over all, and
in one pool of all languages, where sentences of the same language compete. `left out` treats a language
as if it had no mean.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from evaluations.encode.make_means import read_ntrex
from khabar.encode.centre import Background, background_from_means, to_unit
from khabar.encode.load import load_encoder
from khabar.encode.types import Vectors

PAIRS = (("ar", "en"), ("fa", "en"), ("ar", "fa"))
POOL = ("ar", "fa", "en")


def share_found(a: Vectors, b: Vectors, allowed: np.ndarray | None = None) -> float:
    closeness = a @ b.T if allowed is None else np.where(allowed, a @ b.T, -9)
    return float((closeness.argmax(axis=1) == np.arange(len(a))).mean())


def share_found_in_pool(sides: list[Vectors]) -> float:
    pool = np.concatenate(sides)
    closeness = pool @ pool.T
    np.fill_diagonal(closeness, -9)
    count = len(sides[0])
    return float((closeness.argmax(axis=1) % count == np.arange(len(pool)) % count).mean())


def ways(background: Background) -> dict[str, Callable[[Vectors, str], Vectors]]:
    def less_mean(vectors: Vectors, language: str) -> Vectors:
        return to_unit(vectors - background.mean(language))

    return {
        "raw": lambda vectors, _: vectors,
        "less own mean": less_mean,
        "less mean of all": lambda vectors, _: less_mean(vectors, "none"),
        "centre": lambda vectors, language: background.centre(vectors, [language] * len(vectors)),
        "centre, no means": lambda vectors, _: background.centre(vectors, ["none"] * len(vectors)),
    }


def halves(documents: list[str]) -> tuple[np.ndarray, np.ndarray]:
    names = list(dict.fromkeys(documents))
    first = np.isin(documents, names[::2])
    return first, ~first


def background_of(vectors: dict[str, Vectors], rows: np.ndarray) -> Background:
    return background_from_means(
        tuple(vectors), np.array([side[rows].mean(axis=0) for side in vectors.values()])
    )


def report_known(
    documents: np.ndarray, vectors: dict[str, Vectors], made: np.ndarray, seen: np.ndarray
) -> None:
    same = documents[seen][:, None] == documents[seen][None]
    for name, way in ways(background_of(vectors, made)).items():
        sides = {language: way(vectors[language][seen], language) for language in POOL}
        found = [
            f"{a}-{b} {share_found(sides[a], sides[b]):.3f}/{share_found(sides[a], sides[b], same):.3f}"
            for a, b in PAIRS
        ]
        print(f"{name:18}", *found, f"pool {share_found_in_pool(list(sides.values())):.3f}")


def report_left_out(vectors: dict[str, Vectors], made: np.ndarray, seen: np.ndarray) -> None:
    """Each language but English against English, its mean known, and kept from the background."""
    found: dict[str, list[float]] = {}
    for language in vectors:
        if language == "en":
            continue
        rest = {name: side for name, side in vectors.items() if name != language}
        for tag, known in (("known", vectors), ("left out", rest)):
            for name, way in ways(background_of(known, made)).items():
                sides = [way(vectors[side][seen], side) for side in (language, "en")]
                found.setdefault(f"{name}, {tag}", []).append(share_found(*sides))
    for name, shares in found.items():
        print(f"{name:28} P@1 to English: mean {np.mean(shares):.3f}, worst {min(shares):.3f}")


def main(source: Path, precision: str) -> None:
    documents, texts = read_ntrex(source)
    encoder = load_encoder(precision=precision)
    vectors = {language: encoder.sentences(sentences) for language, sentences in texts.items()}
    first, second = halves(documents)
    for made, seen, which in ((first, second, "second half"), (second, first, "first half")):
        print(f"--- {precision}, tested on the {which}")
        report_known(np.array(documents), vectors, made, seen)
        report_left_out(vectors, made, seen)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "int8")
