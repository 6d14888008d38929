"""Constructed reports of a few sentences, and what is quoted in them by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khabar.annotate.article import annotate
from khabar.annotate.citations import find_citations
from khabar.annotate.names.find import name_article
from khabar.annotate.names.link import link_names
from khabar.annotate.quotes import find_quotes
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Extract
from khabar.model.mentions import Entity
from khabar.model.span import Span
from khabar.pipeline import encode_article

CASES = Path(__file__).resolve().parent / "cases.txt"
FRESH = CASES.with_name("fresh.txt")  # a later set, scored once before any rule was changed for it
THIRD = CASES.with_name("third.txt")  # of what the first two lack: half-turned speech, passives, long titles
SETS = {"first": CASES, "second": FRESH, "third": THIRD}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quotation that is there: its place, the place of words that name its speaker, None for nobody."""

    span: Span
    speaker: Span | None
    kind: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A constructed report: its language, whether it was held out, its text and its quotations."""

    language: str
    held: bool
    text: str
    wanted: tuple[Wanted, ...]


def read_cases(path: Path = CASES) -> list[Case]:
    """The constructed reports, in the order of the file."""
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        head = re.match(r"(\w\w) (dev|held) (.*)", line)
        if head:
            text = head[3].replace("¶", "\n\n")
            cases.append(Case(head[1], head[2] == "held", text, ()))
        elif line and not line.startswith("#"):
            cases[-1] = replace(cases[-1], wanted=(*cases[-1].wanted, _wanted(cases[-1], line)))
    return cases


def _wanted(case: Case, line: str) -> Wanted:
    content, speaker = line.split(" => ")
    span = find_words(case.text, content.replace("¶", "\n\n"))
    place = None if speaker == "-" else find_words(case.text, speaker)
    return Wanted(span, place, language=case.language)


def find_words(text: str, words: str) -> Span:
    """Where the words stand; for words that are parted by an aside, from the first to the last of them."""
    start = text.find(words)
    if start >= 0:
        return Span(start, start + len(words))
    parts = words.split()
    half = next(n for n in range(len(parts), 0, -1) if " ".join(parts[:n]) in text)
    start = text.find(" ".join(parts[:half]))
    end = text.rfind(" ".join(parts[half:])) + len(" ".join(parts[half:]))
    return Span(start, end)


def as_article(case: Case, number: int) -> Article:
    """The case as an annotated article without names, every paragraph of it body."""
    body = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", case.text))
    extract = Extract(f"case-{number}", case.text, body, ())
    return annotate(extract, f"c{number}", load_languages())


def with_quotes(articles: Sequence[Article], encoder: Encoder) -> tuple[list[Article], list[Entity]]:
    """The articles with names, citations and quotations, each linked by itself."""
    done: list[Article] = []
    every: list[Entity] = []
    for article in articles:
        words = [one.words for one in encode_article(article, encoder)]
        linked, entities = find_citations(*link_names([name_article(article, words, load_languages())]))
        done.append(replace(linked[0], quotes=find_quotes(linked[0])))
        every += entities
    return done, every
