"""The tagged corpora as texts with spans, joined the way a newspaper prints them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

CLOSING = set("،؛؟.,;:!?)]}»”%")
OPENING = set("([{«“")
KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation"}


@dataclass(frozen=True)
class Corpus:
    """Where a corpus lies and how it is used.

    `trust_o`: words without a tag are known to be no names; `capitals`: the text is put into capitals.
    """

    name: str
    files: tuple[str, ...]
    language: str
    sentences: int  # at most so many are taken, from the seed's shuffle
    weight: float = 1.0
    trust_o: bool = True
    capitals: bool = False


CORPORA = (
    Corpus("anercorp", ("ar_anercorp_train",), "ar", 99999),
    Corpus("aqmar", ("ar_aqmar_train", "ar_aqmar_testa", "ar_aqmar_testb"), "ar", 99999),
    Corpus("wojood", ("ar_wojood_sample",), "ar", 99999),
    Corpus("parstwiner", ("fa_parstwiner_train",), "fa", 99999),
    Corpus("parstwiner_test", ("fa_parstwiner_dev", "fa_parstwiner_test"), "fa", 99999),
    Corpus("perdt", ("fa_perdt_silver",), "fa", 99999),
    Corpus("multiconer", ("fa_multiconer_v1", "fa_multiconer_v2"), "fa", 99999, 0.5, trust_o=False),
    Corpus("crossner", ("en_crossner_politics",), "en", 99999),
    Corpus("wikigold", ("en_wikigold",), "en", 99999),
    Corpus("pud", ("en_uner_pud_test",), "en", 99999),
    Corpus("ewt", ("en_uner_ewt_train",), "en", 5000),
    Corpus("ewt_test", ("en_uner_ewt_dev", "en_uner_ewt_test"), "en", 1500),
    Corpus("gum", ("en_gum_derived",), "en", 2000, 0.5),
    Corpus("wnut", ("en_wnut17_train",), "en", 1500, 0.5),
    Corpus("capitals", ("en_wnut17_dev",), "en", 99999, 0.5, capitals=True),
)


@dataclass(frozen=True)
class Tagged:
    """A sentence and its gold names: (start, end, kind)."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def read_corpus(corpus: Corpus, folder: Path, seed: int = 7) -> list[Tagged]:
    """The corpus's sentences in file order; a seeded sample where it is larger than its share."""
    rows = [row for name in corpus.files for row in _sentences(folder / f"{name}.conll")]
    if len(rows) > corpus.sentences:
        keep = sorted(random.Random(seed).sample(range(len(rows)), corpus.sentences))
        rows = [rows[i] for i in keep]
    texts = [_tagged(row) for row in rows]
    return (
        [replace(text, text="".join(map(_capital, text.text))) for text in texts]
        if corpus.capitals
        else texts
    )


def _capital(letter: str) -> str:
    """The capital of a letter, where it is one letter as well."""
    return letter.upper() if len(letter.upper()) == 1 else letter


def _sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if "\t" in line:
            word, tag = line.rsplit("\t", 1)
            rows.append((word.split("\t")[0], tag.strip()))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _tagged(rows: list[tuple[str, str]]) -> Tagged:
    text, spans = "", []
    quote_open = False
    glue = True
    for i, (word, tag) in enumerate(rows):
        closes = word in CLOSING or (word == '"' and quote_open) or word.startswith("'")
        hyphen = word == "-" and tag.startswith("I-")
        if text and not (glue or closes or hyphen):
            text += " "
        spans.append((len(text), len(text) + len(word), tag))
        text += word
        if word == '"':
            quote_open = not quote_open
        glue = word in OPENING or (word == '"' and quote_open) or hyphen
        glue = glue and i + 1 < len(rows)
    return Tagged(text, tuple(_names(spans)))


def _names(spans: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    start = end = -1
    kind = ""
    for a, b, tag in [*spans, (0, 0, "O")]:
        if tag.startswith("I-") and tag[2:] == kind:
            end = b
            continue
        if kind:
            yield start, end, KINDS[kind]
        kind = tag[2:] if tag[:2] in ("B-", "I-") else ""
        start, end = a, b
