"""Builds src/khabar/group/common_words.tsv.gz: how unlikely the commoner words of a hundred languages are.

    python -m evaluations.group.build_word_weights TOKENIZER_JSON

The words are the whole-word pieces of the vocabulary of multilingual-e5-small (MIT), which is that of
XLM-RoBERTa (MIT); their log probabilities there come from counts over CommonCrawl in 100 languages.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

from khabar.lang.fold import Fold, folded_text

TARGET = Path(__file__).resolve().parents[2] / "src/khabar/group/common_words.tsv.gz"
WORD_START = "\u2581"
RAREST = 13.0  # rarer words count wholly, as words that the table lacks do


def main(tokenizer: Path) -> None:
    vocabulary = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    surprise: dict[str, float] = {}
    for piece, score in vocabulary:
        word = folded_text(piece.removeprefix(WORD_START), Fold.SEARCH).lower()
        if piece.startswith(WORD_START) and word.isalnum() and -score < RAREST:
            surprise[word] = min(surprise.get(word, RAREST), -score)
    by_tenth: dict[int, list[str]] = defaultdict(list)
    for word, value in surprise.items():
        by_tenth[round(10 * value)].append(word)
    lines = [f"{tenth}\t{' '.join(sorted(words))}\n" for tenth, words in sorted(by_tenth.items())]
    TARGET.write_bytes(gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0))
    print(f"{len(surprise)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
