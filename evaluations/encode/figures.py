"""How often a sentence of translated news finds its own translation, for `khabar eval`."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from evaluations.encode.make_means import read_ntrex
from evaluations.encode.retrieval import PAIRS, POOL, background_of, halves, share_found, ways
from evaluations.registry import Figure
from khabar.encode.load import load_encoder


def measure(shared: Path | None) -> list[Figure]:
    """P@1 over all sentences of half of the documents; what is usual, the raw vectors, stands as the peer."""
    assert shared is not None
    documents, texts = read_ntrex(shared / "data/ntrex")
    encoder = load_encoder()
    made, seen = halves(documents)
    vectors = {code: encoder.sentences(texts[code]) for code in POOL}
    means = ways(background_of(vectors, made))
    data = f"{int(np.sum(seen)):,} sentences, NTREX-128"
    found = []
    for a, b in PAIRS:
        raw, centred = (
            share_found(means[name](vectors[a][seen], a), means[name](vectors[b][seen], b))
            for name in ("raw", "centre")
        )
        found.append(Figure("retrieval", f"{a}-{b}", "P@1", data, centred, None, "raw vectors", raw))
    return found
