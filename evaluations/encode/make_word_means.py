"""Writes the mean word vector of each language, from background news.

The file is src/khabar/encode/data/word-means-multilingual-e5-small.npz.

    python -m evaluations.encode.make_word_means ../shared/data/ntrex

Source: NTREX-128 (CC BY-SA 4.0); every third sentence of en, ar, fa, every sixth of the others.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from khabar.encode.load import load_encoder

TARGET = Path(__file__).resolve().parents[2] / "src/khabar/encode/data/word-means-multilingual-e5-small.npz"


def read_background(folder: Path) -> dict[str, list[str]]:
    """The background sentences by language."""
    rows = [line.split("\t") for line in (folder / "sentences.tsv").read_text("utf-8").splitlines()[1:]]
    texts = {language: [row[n] for row in rows][::3] for n, language in ((1, "en"), (2, "ar"), (3, "fa"))}
    for path in sorted((folder / "more").glob("*.txt")):
        texts[path.stem] = path.read_text("utf-8").splitlines()[::6]
    return texts


def main() -> None:
    encoder = load_encoder()
    means = {}
    for language, texts in read_background(Path(sys.argv[1])).items():
        words = np.concatenate([made.words.top for made in encoder.encode(texts)])
        means[language] = words.mean(axis=0).astype(np.float16)
        print(language, len(words), "words")
    np.savez_compressed(TARGET, **means)


if __name__ == "__main__":
    main()
