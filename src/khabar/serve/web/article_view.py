"""A report as its page shows it: the whole text once, cut wherever something begins or ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from khabar.library import Library
from khabar.library.tellings import entities_of
from khabar.model.article import Article, Block
from khabar.model.span import Span
from khabar.model.story import Comparison
from khabar.serve.web.shelf import told
from khabar.show.html import words_of_page
from khabar.show.table import catalogue

LAYERS = ("sentences", "names", "quotes", "citations", "dates")


@dataclass(frozen=True, slots=True)
class Bit:
    """Words of the page to which the same things apply; `title` says which, for who points at them."""

    text: str
    classes: str
    title: str = ""
    out: str = ""  # why they were left out of the body, where they begin here
    sentence: int = 0  # the number of the sentence that begins here
    entity: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    kind: str
    title: str = ""
    entity: str | None = None
    language: str | None = None
    number: int = 0


def article_values(library: Library, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the template of a report's page needs, and the tools that it calls."""
    kept = library.article(name)
    article = kept.article
    entities = entities_of(library.store, [article])
    known = catalogue(Comparison((article,), tuple(entities), (), (), kept.made_by))
    line = library.line(kept.story)
    telling = told(library, kept.story)
    own = [one for one in telling.relations if article.id in (one.origin, one.taker)] if telling else []
    others = library.articles(ids=[one for each in own for one in (each.origin, each.taker)]) if own else []
    values = {
        "kept": kept,
        "article": article,
        "lines": page_lines(article, known.names),
        "pair": bilingual(article),
        "story": line,
        "relations": own,
        "others": {one.id: one for one in others},
        "layers": LAYERS,
        "entities": {entity.id: entity for entity in entities},
    }
    return values, words_of_page(known)


def page_lines(article: Article, names: dict[str, str]) -> list[list[Bit]]:
    """The whole page line by line, every character in one bit of one line."""
    bits = _bits(article, list(_marks(article, names)))
    rows: list[list[Bit]] = [[]]
    for bit in bits:
        first, *others = bit.text.split("\n")
        rows[-1].append(_with(bit, first))
        rows += [[_with(bit, line, later=True)] for line in others]
    return [row for row in rows if any(bit.text.strip() for bit in row)]


def _with(bit: Bit, text: str, later: bool = False) -> Bit:
    out, number = ("", 0) if later else (bit.out, bit.sentence)
    return Bit(text, bit.classes, bit.title, out, number, bit.entity, bit.language)


def _marks(article: Article, names: dict[str, str]) -> Iterable[_Mark]:
    if article.title is not None:
        yield _Mark(article.title, "title")
    for piece in article.boilerplate:
        yield _Mark(piece.span, "out", piece.kind.value)
    for number, sentence in enumerate(article.sentences, 1):
        yield _Mark(sentence.span, "sentences", language=sentence.language, number=number)
    for quote in article.quotes:
        speaker = names.get(quote.speaker or "", "")
        yield _Mark(quote.span, "quotes", f"{speaker} · {quote.kind}" if speaker else quote.kind)
    for cited in article.citations:
        yield _Mark(cited.span, "citations", cited.reason)
    for mention in article.dates:
        yield _Mark(mention.span, "dates", mention.value or "?")
    for name in article.names:
        yield _Mark(
            name.span, "names", f"{name.kind.value}: {names.get(name.entity or '', name.text)}", name.entity
        )


def _bits(article: Article, marks: Sequence[_Mark]) -> list[Bit]:
    edges = sorted({0, len(article.text), *(e for m in marks for e in (m.span.start, m.span.end))})
    over: list[list[_Mark]] = [[] for _ in edges]
    for mark in marks:
        first = bisect_right(edges, mark.span.start) - 1
        at = first
        while at < len(edges) and edges[at] < mark.span.end:
            over[at].append(mark)
            at += 1
    return [_bit(article, Span(a, b), over[at]) for at, (a, b) in enumerate(pairwise(edges))]


def _bit(article: Article, span: Span, marks: Sequence[_Mark]) -> Bit:
    starts = [mark for mark in marks if mark.span.start == span.start]
    out = next((mark for mark in marks if mark.kind == "out"), None)
    told = [mark.title for mark in marks if mark.title and mark.kind != "out"]
    return Bit(
        span.of(article.text),
        " ".join(dict.fromkeys(mark.kind for mark in marks)),
        " · ".join(told),
        out.title if out is not None and out in starts else "",
        next((mark.number for mark in starts if mark.number), 0),
        next((mark.entity for mark in marks if mark.entity), None),
        next((mark.language for mark in marks if mark.language), None),
    )


def bilingual(article: Article) -> list[tuple[Block, list[str]]]:
    """A translation and its original as two columns of paragraphs; empty where the page has no such pair."""
    told_twice = [block for block in article.blocks if block.translates]
    if len(told_twice) < 2:
        return []
    return [(block, _paragraphs(article, block)) for block in told_twice[:2]]


def _paragraphs(article: Article, block: Block) -> list[str]:
    inside = [span for span in article.body if block.span.contains(span)]
    return [span.of(article.text) for span in inside] or [block.span.of(article.text)]
