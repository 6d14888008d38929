"""How far sentence vectors alone get on the piles: python -m evaluations.group.baselines NTREX [PILE...].

NTREX is the folder of background sentences (`sentences.tsv` with en, ar, fa, and `more/<language>.txt`).
Every threshold is the best for the pile, chosen with the truth in hand, so the figures flatter.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import lxml.html
import numpy as np
from numpy.typing import NDArray

from evaluations.group.bcubed import bcubed
from khabar.encode.load import load_encoder
from khabar.encode.types import Encoder

HERE = Path(__file__).resolve().parent
PILES = ("pile_a", "pile_b")
BACKGROUND = 200  # sentences a language
SHORTEST = 28  # shorter lines are clutter more often than sentences
CLOSE = (0.4, 0.5, 0.6)  # cosines of centred vectors from which a sentence counts as covered

Matrix = NDArray[np.float32]


def language_means(folder: Path, languages: set[str], encoder: Encoder) -> dict[str, Matrix]:
    """The mean vector of each language's background sentences."""
    rows = [line.split("\t") for line in (folder / "sentences.tsv").read_text("utf-8").splitlines()]
    texts = {name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}
    for language in languages - texts.keys():
        texts[language] = (folder / "more" / f"{language}.txt").read_text("utf-8").splitlines()
    return {name: encoder.sentences(texts[name][:BACKGROUND]).mean(axis=0) for name in languages}


def rough_sentences(path: Path) -> list[str]:
    """The lines and sentences of a report, clutter included, its last line (our mark) left out."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        text = "\n".join(part.strip() for part in lxml.html.fromstring(text).itertext() if part.strip())
    lines = text.strip().split("\n")[:-1]
    parts = (part.strip() for line in lines for part in re.split(r"(?<=[.!?؟۔])\s+", line))
    return [part for part in parts if len(part) >= SHORTEST]


def document_likeness(reports: list[Matrix]) -> Matrix:
    """Cosines of the reports' mean vectors."""
    means = unit(np.stack([report.mean(axis=0) for report in reports]))
    return np.asarray(means @ means.T)


def coverage(reports: list[Matrix], close: float) -> Matrix:
    """Share of sentences with a close partner in the other report, mean of both directions."""
    shares = np.array([[((a @ b.T).max(axis=1) > close).mean() for b in reports] for a in reports])
    return np.asarray((shares + shares.T) / 2, dtype=np.float32)


def unit(vectors: Matrix) -> Matrix:
    """The vectors at length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))


def join(likeness: Matrix, threshold: float) -> dict[int, int]:
    """Clusters by average linkage down to the threshold."""
    groups = [[item] for item in range(len(likeness))]
    while len(groups) > 1:
        score, a, b = max(
            (float(likeness[np.ix_(groups[a], groups[b])].mean()), a, b)
            for b in range(len(groups))
            for a in range(b)
        )
        if score < threshold:
            break
        groups[a] += groups.pop(b)
    return {item: number for number, group in enumerate(groups) for item in group}


def best_f1(likeness: Matrix, truth: dict[int, str]) -> float:
    """The highest F1 over thresholds in the upper fifth of all pairs."""
    pairs = likeness[np.triu_indices(len(likeness), 1)]
    thresholds = np.linspace(np.quantile(pairs, 0.8), pairs.max(), 14)
    return max(bcubed(join(likeness, float(threshold)), truth).f1 for threshold in thresholds)


def measure(pile: Path, ntrex: Path, encoder: Encoder, say: Callable[[str], None]) -> None:
    """Says one line a baseline."""
    files = json.loads((pile / "truth.json").read_text("utf-8"))["files"]
    truth = {at: row["event"] for at, row in enumerate(files.values())}
    languages = [row["language"] for row in files.values()]
    means = language_means(ntrex, set(languages), encoder)
    raw = [encoder.sentences(rough_sentences(pile / name)) for name in files]
    centred = [unit(report - means[language]) for report, language in zip(raw, languages, strict=True)]
    say(f"{pile.name} document vectors, raw      {best_f1(document_likeness(raw), truth):.3f}")
    say(f"{pile.name} document vectors, centred  {best_f1(document_likeness(centred), truth):.3f}")
    for close in CLOSE:
        say(f"{pile.name} sentence coverage at {close}   {best_f1(coverage(centred, close), truth):.3f}")


if __name__ == "__main__":
    for name in sys.argv[2:] or PILES:
        measure(HERE / name, Path(sys.argv[1]), load_encoder(), print)
