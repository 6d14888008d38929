"""Prints how well names are found in held-out sentences, as the product finds them.

    python -m evaluations.names.measure_names ../shared/data/ner [SENTENCES]

Exact spans of whole words (the corpora leave one-letter words on a name, the product takes them off).
Sentences are of the last tenth of each corpus, which the shipped weights did not see, or of corpora left
out of training altogether.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from evaluations.names.corpora import CORPORA, Corpus, Tagged, read_corpus
from khabar.annotate.names.find import find_all_names
from khabar.annotate.names.tokens import Token, find_tokens
from khabar.encode.load import load_encoder
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages
from khabar.model.mentions import NameKind

MEASURED = ("anercorp", "wojood", "parstwiner_test", "perdt", "pud", "wikigold")
Figures = dict[str, float]


def main(folder: Path, sentences: int = 300) -> dict[str, Figures]:
    """F1 by corpus and kind."""
    encoder = load_encoder(keep_mb=0)
    corpora = [corpus for corpus in CORPORA if corpus.name in MEASURED]
    figures = {}
    for corpus in corpora:
        figures[corpus.name] = measure(encoder, corpus, held_out(corpus, folder)[-sentences:])
    return figures


def held_out(corpus: Corpus, folder: Path) -> list[Tagged]:
    """The sentences that the shipped weights have not seen."""
    texts = read_corpus(corpus, folder)
    return texts if corpus.name.endswith("_test") else texts[len(texts) - len(texts) // 10 :]


def measure(encoder: Encoder, corpus: Corpus, texts: list[Tagged]) -> Figures:
    pack = load_languages().pack(corpus.language)
    words = encoder.words([text.text for text in texts])
    begun = time.perf_counter()
    found = find_all_names([text.text for text in texts], words, [pack] * len(texts))
    rate = len(texts) / (time.perf_counter() - begun)
    counts: dict[str, Counter[str]] = {"gold": Counter(), "found": Counter(), "right": Counter()}
    for text, names in zip(texts, found, strict=True):
        tokens = find_tokens(text.text)
        gold = {_whole(tokens, start, end, kind) for start, end, kind in text.names}
        ours = {_whole(tokens, n.span.start, n.span.end, _corpus_kind(n.kind)) for n in names}
        for key, some in (("gold", gold), ("found", ours), ("right", gold & ours)):
            counts[key].update(kind for _, _, kind in some)
            counts[key]["all"] += len(some)
    figures = {kind: f1(counts, kind) for kind in ("person", "place", "organisation", "all")}
    print(f"{corpus.name:16} {corpus.language}  {figures}  {rate:.0f} sentences/s after encoding", flush=True)
    return figures


def _corpus_kind(kind: NameKind) -> str:
    """The kind as corpora have it: outlets are organisations, laws are not tagged and count as wrong."""
    return (NameKind.ORGANISATION if kind.is_body else kind).value


def _whole(tokens: list[Token], start: int, end: int, kind: str) -> tuple[int, int, str]:
    """The place of a name in whole words."""
    inside = [n for n, token in enumerate(tokens) if token.span.start < end and start < token.span.end]
    return (inside[0], inside[-1] + 1, kind) if inside else (-1, -1, kind)


def f1(counts: dict[str, Counter[str]], kind: str) -> float:
    right, found, gold = (counts[key][kind] for key in ("right", "found", "gold"))
    return round(2 * right / max(found + gold, 1), 3)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(count) for count in sys.argv[2:]))
