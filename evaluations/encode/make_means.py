"""Makes the mean vector of each language that `khabar.encode.centre` ships.

    python -m evaluations.encode.make_means ../shared/data/ntrex src/khabar/encode/data

Reads NTREX-128 (professional translations of the same news sentences, CC BY-SA 4.0): `sentences.tsv` with
the columns document, en, ar, fa, and `more/<language>.txt`, line by line the same sentences.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np

from khabar.encode.load import load_encoder


def read_ntrex(folder: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The document of each sentence, and the sentences of each language in the same order."""
    lines = (folder / "sentences.tsv").read_text("utf-8").rstrip("\n").split("\n")
    rows = [line.split("\t") for line in lines]
    texts = {name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0]) if at}
    for path in sorted((folder / "more").glob("*.txt")):
        texts[path.stem] = path.read_text("utf-8").rstrip("\n").split("\n")
    return [row[0] for row in rows[1:]], texts


def main(source: Path, target: Path) -> None:
    _, texts = read_ntrex(source)
    digest = hashlib.sha256(repr(sorted(texts.items())).encode()).hexdigest()
    encoder = load_encoder(keep_mb=0, say=print)
    means = []
    for language, sentences in texts.items():
        means.append(encoder.sentences(sentences).mean(axis=0))
        print(language, len(sentences), flush=True)
    np.savez_compressed(
        target / f"means-{encoder.family}.npz",
        languages=np.array(list(texts)),
        means=np.array(means, np.float16),
        origin=np.array(f"NTREX-128, CC BY-SA 4.0, sha256 of the texts {digest}, encoder {encoder.name}"),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
