"""A report as its page shows it: the whole text once, cut wherever something begins or ends."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from khabar.library import Library
from khabar.library.tellings import entities_of
from khabar.model.article import Article, Block
from khabar.model.mentions import Entity
from khabar.model.span import Span
from khabar.model.story import Comparison
from khabar.pipeline import numbers_of
from khabar.serve.web.bilingual import Pair, pair_sentences, sentences_of, twins
from khabar.serve.web.shelf import told
from khabar.serve.web.wording import say
from khabar.show.html import words_of_page
from khabar.show.naming import language_at
from khabar.show.retell import retold
from khabar.show.table import Catalogue, catalogue
from khabar.show.wording import day

LAYERS = ("sentences", "names", "quotes", "citations", "dates")
_MOST_REMEMBERED = 50
_WHOLE_DAY = len("2026-11-22")
_FIRST_KINDS = ("person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The two blocks of a page that tell the same, and their sentences in pairs."""

    blocks: tuple[Block, Block]
    pairs: tuple[Pair, ...]


_paired: WeakKeyDictionary[Library, dict[str, Bilingual]] = WeakKeyDictionary()


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
        "pair": bilingual(library, article),
        "dated": dated_words(article),
        "named": named(article, entities, known),
        "story": line,
        "relations": own,
        "others": {one.id: one for one in others},
        "layers": LAYERS,
        "entities": {entity.id: entity for entity in entities},
    }
    return values, words_of_page(known)


def named(article: Article, entities: Sequence[Entity], known: Catalogue) -> list[tuple[Entity, int]]:
    """Whom the report names and how often: persons first, those with a rank or office before others."""
    times = Counter(name.entity for name in article.names if name.entity)
    found = [(entity, times[entity.id]) for entity in entities if times[entity.id]]
    kinds = {kind: place for place, kind in enumerate(_FIRST_KINDS)}
    return sorted(
        found, key=lambda one: (kinds.get(one[0].kind, 9), one[0].id not in known.held, -one[1], one[0].name)
    )


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
        kind = say(f"said.{quote.kind}")
        yield _Mark(quote.span, "quotes", f"{speaker} · {kind}" if speaker else kind)
    for cited in article.citations:
        yield _Mark(cited.span, "citations", retold(cited.reason))
    for mention in article.dates:
        yield _Mark(mention.span, "dates", day(mention.value))
    for name in article.names:
        kind = say(f"name_kind.{name.kind}")
        yield _Mark(name.span, "names", f"{kind}: {names.get(name.entity or '', name.text)}", name.entity)


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


def bilingual(library: Library, article: Article) -> Bilingual | None:
    """A translation beside its original, sentence by sentence; None where the page has no such pair."""
    blocks = twins(article)
    if blocks is None:
        return None
    remembered = _paired.setdefault(library, {})
    if article.id not in remembered:
        while len(remembered) >= _MOST_REMEMBERED:
            remembered.pop(next(iter(remembered)), None)
        sentences = [one for block in blocks for one in sentences_of(article, block)]
        encoded = library.encoder.encode([one.span.of(article.text) for one in sentences])
        known = dict(zip((one.id for one in sentences), encoded, strict=True))
        pairs = pair_sentences(article, blocks, known, numbers_of(article))
        remembered[article.id] = Bilingual(blocks, pairs)
    return remembered[article.id]


@dataclass(frozen=True, slots=True)
class Dated:
    """Words of a report that mean a day, with their language and all days that they are converted to."""

    words: str
    language: str
    value: str


def dated_words(article: Article) -> list[Dated]:
    """The words of the text that mean a whole day, each wording once."""
    found = {
        (" ".join(one.text.split()), one.value): language_at(article, one.span.start)
        for one in article.dates
        if one.value and len(one.value) >= _WHOLE_DAY and "/" not in one.value
    }
    return [Dated(words, language, value) for (words, value), language in found.items()]
