"""Builds the table of words that are parts of names, from Wikidata name pairs (CC0).

python -m evaluations.names.build_name_words ../shared/data/names TABLES/name_words.tsv
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from khabar.annotate.names.spelling import read_spelling

LEAST = 4


def main(folder: Path, out: Path) -> None:
    counts: Counter[str] = Counter()
    for name in ("wd_arabic_train.tsv", "wd_persian_train.tsv"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            _, word, count = line.split("\t")
            counts[read_spelling(word.replace(" ", "")).letters] += int(count)
    rows = [f"{word}\t{n}" for word, n in sorted(counts.items()) if n >= LEAST and len(word) > 1]
    head = (
        "# Words of Arabic-script names, how often Wikidata (CC0) has them; built by build_name_words.py.\n"
    )
    head += "word\tcount\n"
    out.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "words")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
