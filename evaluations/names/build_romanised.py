"""Builds the table of frequent words of names with their most frequent plain spelling, from Wikidata (CC0).

python -m evaluations.names.build_romanised ../shared/data/names TABLES/romanised_words.tsv
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from khabar.annotate.names.people import WORD
from khabar.annotate.names.spelling import read_spelling, spelling_weight

FILES = {"ar": "wd_arabic_train.tsv", "fa": "wd_persian_train.tsv"}
LEAST = 4  # persons with the word, so that the table stays small
SHARE = 0.5  # least share of the most frequent spelling; below it nobody can say which is usual


def plain(latin: str) -> str:
    """The Latin letters without marks."""
    return "".join(c for c in unicodedata.normalize("NFKD", latin.lower()) if c.isascii() and c.isalpha())


def count_spellings(path: Path) -> dict[str, Counter[str]]:
    """For each word, by its letters, how often each plain spelling stands for it."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, word, count = line.split("\t")
        spellings[read_spelling(word.replace(" ", "")).letters][plain(latin)] += int(count)
    return spellings


def usual(spellings: dict[str, Counter[str]]) -> dict[str, str]:
    """Each frequent word's most frequent spelling, where it is frequent enough and spells the word at all."""
    found = {}
    for word, counts in spellings.items():
        latin, count = counts.most_common(1)[0]
        enough = counts.total() >= LEAST and count >= SHARE * counts.total()
        whole = not word.startswith("ال") or latin.startswith(("al", "el"))
        if enough and whole and min(len(word), len(latin)) > 1 and spelling_weight(word, latin) >= WORD:
            found[word] = latin
    return found


def main(folder: Path, out: Path) -> None:
    rows = [
        f"{language}\t{word}\t{latin}"
        for language, file in FILES.items()
        for word, latin in sorted(usual(count_spellings(folder / file)).items())
    ]
    head = (
        "# Words of names and their most frequent spelling in Wikidata (CC0); built by build_romanised.py.\n"
    )
    out.write_text(head + "language\tword\tplain\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "words,", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
