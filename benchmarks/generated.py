"""Reports made up from the language tables, as many as wanted: for measuring size and time, not quality."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np

from khabar.annotate.names.gazetteer import entries
from khabar.encode.types import Vectors
from khabar.model.article import Article, Sentence
from khabar.model.mentions import DateStatus, NameKind, NameMention, Precision, Published
from khabar.model.span import Span

LANGUAGES = ("ar", "fa", "en")
DIM = 384
FIRST_DAY = date(2024, 1, 1)
DAYS = 700
SENTENCES = (8, 16)
WORDS = (18, 36)  # some 230 bytes a sentence, as in the examples
NAMES_IN_ARTICLE = 7
IN_EVENT = 4  # reports of one event
CERTAIN = 0.85  # how alike the sentences of one event's reports are


@dataclass(frozen=True, slots=True)
class Generated:
    """An article with vectors that were drawn, not computed. Shapes: `vectors` float32[n_sentences, 384]."""

    article: Article
    vectors: Vectors


def generate(count: int, seed: int = 1, days: int = DAYS) -> Iterator[Generated]:
    """So many reports, four to an event on one day; every twentieth is a near-duplicate of the one before."""
    chance, drawn = random.Random(seed), np.random.default_rng(seed)
    sentences: list[str] = []
    for number in range(count):
        event = number // IN_EVENT
        if number % IN_EVENT == 0:
            language, topics = chance.choice(LANGUAGES), drawn.normal(size=(SENTENCES[1], DIM))
            day = FIRST_DAY + timedelta(days=event * IN_EVENT * days // max(count, 1))
            names = chance.choices(_names(language), k=NAMES_IN_ARTICLE)
        if number % 20 != 1:
            sentences = [_sentence(language, chance, names) for _ in range(chance.randint(*SENTENCES))]
        article = _article(number, language, day, [*sentences, f"{number}."], names)
        own = drawn.normal(size=(len(article.sentences), DIM))
        vectors = CERTAIN * topics[np.arange(len(own)) % len(topics)] + (1 - CERTAIN) * own
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        yield Generated(article, vectors.astype(np.float32))


def _sentence(language: str, chance: random.Random, names: list[tuple[str, NameKind]]) -> str:
    words, weights = _words(language)
    chosen = chance.choices(words, weights, k=chance.randint(*WORDS))
    chosen[chance.randrange(len(chosen))] = chance.choice(names)[0]
    return " ".join(chosen) + "."


def _article(
    number: int, language: str, day: date, sentences: list[str], names: list[tuple[str, NameKind]]
) -> Article:
    text = "\n\n".join(sentences)
    starts = np.cumsum([0] + [len(one) + 2 for one in sentences]).tolist()
    spans = [Span(start, start + len(one)) for start, one in zip(starts, sentences, strict=False)]
    name = f"a{number:016x}"
    mentions = [
        NameMention(
            Span(at, at + len(form)), form, kind, f"{kind}:{form}", reason="in the table of known names"
        )
        for form, kind in dict.fromkeys(names)
        if (at := text.find(form)) >= 0
    ]
    return Article(
        id=name,
        path=f"generated/{number}.txt",
        text=text,
        outlet=f"Outlet {number % 40}",
        outlet_from="the first line",
        title=spans[0],
        languages=(language,),
        published=Published(day.isoformat(), Precision.DAY, status=DateStatus.PRINTED, note="Printed."),
        body=tuple(spans[1:]),
        boilerplate=(),
        blocks=(),
        sentences=tuple(Sentence(f"{name}:s{n}", span, language) for n, span in enumerate(spans)),
        names=tuple(sorted(mentions, key=lambda mention: mention.span)),
    )


@cache
def _words(language: str) -> tuple[list[str], list[float]]:
    """Words of the examples in a language's tables, the frequent ones more likely, as in any text."""
    found: dict[str, int] = {}
    for file in files("khabar.lang").joinpath(language).iterdir():
        if file.name.endswith(".tsv"):
            for line in file.read_text(encoding="utf-8").splitlines()[1:]:
                for word in " ".join(line.split("\t")[2:3]).split():
                    found[word] = found.get(word, 0) + 1
    words = sorted(found, key=lambda word: (-found[word], word))
    return words, [1 / (rank + 10) for rank in range(len(words))]


@cache
def _names(language: str) -> list[tuple[str, NameKind]]:
    """Places and bodies of the gazetteer in the language's script."""
    latin = language == "en"
    found = []
    for entry in entries().values():
        forms = [form for form in (entry.name, *entry.forms) if form[:1].isascii() is latin]
        if forms and len(forms[0]) > 3:
            kind = NameKind.ORGANISATION if entry.id.startswith("org:") else NameKind.PLACE
            found.append((forms[0], kind))
    return found
