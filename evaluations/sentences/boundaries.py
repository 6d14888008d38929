"""Precision and recall of sentence boundaries on NTREX news, where sentences of a document are joined.

Run: python -m evaluations.sentences.boundaries ../shared/data/ntrex/sentences.tsv
"""

from __future__ import annotations

import csv
import sys
from itertools import accumulate
from pathlib import Path

from khabar.annotate.rules import stop_rules
from khabar.annotate.sentences import split_sentences
from khabar.lang.loader import load_languages
from khabar.model.span import Span


def read_documents(file: Path, language: str) -> list[list[str]]:
    documents: dict[str, list[str]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            documents.setdefault(row["document"], []).append(row[language].strip())
    return list(documents.values())


def compare(sentences: list[str], language: str) -> tuple[int, int, int]:
    text = " ".join(sentences)
    expected = set(accumulate(len(sentence) + 1 for sentence in sentences[:-1]))
    spans = split_sentences(text, Span(0, len(text)), stop_rules(load_languages(), language))
    got = {span.start for span in spans[1:]}
    return len(expected & got), len(got), len(expected)


def main() -> None:
    for language in ("ar", "fa", "en"):
        counts = [compare(each, language) for each in read_documents(Path(sys.argv[1]), language)]
        right, got, expected = (sum(column) for column in zip(*counts, strict=True))
        print(f"{language}  precision {right / got:.3f}  recall {right / expected:.3f}")


if __name__ == "__main__":
    main()
