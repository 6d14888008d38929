"""Carries the names that a tagger finds in English sentences over to their translations.

    python -m evaluations.names.project ../shared/data/ntrex CACHE TAGGER.npz

TAGGER.npz is what `evaluations.names.train --keep` wrote. Source: NTREX-128, CC BY-SA 4.0.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from evaluations.names.silver import LANGUAGES, carry_names, encode_side, read_side
from khabar.annotate.names.tagger import tagger_of
from khabar.annotate.names.tokens import find_tokens


def main(folder: Path, cache: Path, weights: Path) -> None:
    with np.load(weights) as stored:
        tagger = tagger_of({name: stored[name] for name in stored.files})
    english = encode_side(read_side(folder, "en"), "en", cache)
    for language in LANGUAGES:
        texts = read_side(folder, language)
        other = encode_side(texts, language, cache)
        tags = carry_names(tagger, english, other, [find_tokens(text) for text in texts])
        np.save(cache / f"silver_{language}.npy", tags)
        names, masked = int(np.isin(tags, (1, 3, 5)).sum()), float((tags < 0).mean())
        print(f"{language:4} {names} names, {masked:.0%} of the words masked", flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
