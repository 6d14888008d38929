"""Prints how often the plain reading of a name is a spelling that people use for it.

    python -m evaluations.names.measure_romanised ../shared/data/names

`held out`: one word in five of Wikidata's frequent ones, read with tables that have none of these, so by
parts and letters. `other source`: names of google/transliteration, read with the tables that ship.
Exact: one of the spellings met; near: one edit from one.
"""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from evaluations.names.build_romanised import FILES, LEAST, count_spellings, plain, usual
from khabar.annotate.names.romanise import known_words, romanise

Figures = dict[str, float]


def main(folder: Path) -> dict[str, Figures]:
    """Exact and near share by language and set."""
    figures = {f"{language} held out": held_out(folder / file, language) for language, file in FILES.items()}
    figures["ar other source"] = other_source(folder / "google_ar2en_train.tsv")
    for name, found in figures.items():
        print(name, found)
    return figures


def is_held_out(word: str) -> bool:
    return hashlib.sha256(word.encode()).digest()[0] % 5 == 0


def held_out(path: Path, language: str) -> Figures:
    spellings = count_spellings(path)
    names = {w: set(spellings[w]) for w in usual(spellings) if is_held_out(w)}
    known = {word: forms for word, forms in known_words(language).items() if word not in names}
    return {"words": len(names), "least": LEAST, **score(names, language, known)}


def other_source(path: Path) -> Figures:
    names: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        word, latin = line.split("\t")[:2]
        names[word].add(plain(latin))
    return {"words": len(names), **score(names, "ar", known_words("ar"))}


def score(names: Mapping[str, set[str]], language: str, known: Mapping[str, tuple[str, str]]) -> Figures:
    """Shares of all words, and of those that are said to be certain."""
    rows = []
    for word, spellings in names.items():
        read = romanise(word, language, known=known)
        assert read is not None
        distance = min(Levenshtein.distance(plain(read.text), one) for one in spellings)
        rows.append((read.certain, distance))
    sure = [distance for certain, distance in rows if certain]
    return {
        "exact": round(sum(d == 0 for _, d in rows) / len(rows), 3),
        "near": round(sum(d <= 1 for _, d in rows) / len(rows), 3),
        "certain": round(len(sure) / len(rows), 3),
        "certain_exact": round(sum(d == 0 for d in sure) / max(1, len(sure)), 3),
        "certain_near": round(sum(d <= 1 for d in sure) / max(1, len(sure)), 3),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
