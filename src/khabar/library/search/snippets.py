"""The sentences of a report that answer a query, with the words that do marked in the unaltered text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from khabar.lang.fold import Fold, fold, folded_text
from khabar.library.codec import from_plain
from khabar.library.search.terms import find_words, folded_words, stem
from khabar.library.search.types import Snippet
from khabar.library.search.words import Wanted
from khabar.library.store import Store, marks
from khabar.model.article import Sentence
from khabar.model.span import Excerpt, Span

LONGEST = 320  # code points of one snippet
_AROUND = 80  # before its first mark
_MOST = 2


@dataclass(frozen=True, slots=True)
class Sought:
    """What is marked: single stems, rows of stems (names), and the exact words of phrases."""

    singles: frozenset[str]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    phrases: tuple[re.Pattern[str], ...]
    every: frozenset[str]  # the stems of all


@dataclass(frozen=True, slots=True)
class Told:
    """As much of an article as snippets need."""

    id: str
    text: str
    title: Span | None
    sentences: tuple[Sentence, ...]


def sought(wanted: Sequence[Wanted], phrases: Sequence[re.Pattern[str]]) -> Sought:
    """What to mark for what is wanted."""
    ways = [way for one in wanted for way in one.ways]
    singles = frozenset(stem for way in ways if len(way) == 1 for stem in way[0])
    rows = tuple(way for way in ways if len(way) > 1)
    every = singles.union(*(place for row in rows for place in row))
    return Sought(singles, rows, tuple(phrases), every)


def read_told(store: Store, numbers: Collection[int]) -> dict[int, Told]:
    """Text and sentences of these articles."""
    if not numbers:
        return {}
    sql = (
        "SELECT a.number, a.id, a.body, coalesce(a.text, o.body) FROM articles AS a "
        f"JOIN originals AS o ON o.number = a.original WHERE a.number IN ({marks(list(numbers))})"
    )
    told = {}
    for number, name, body, squeezed in store.rows(sql, list(numbers)):
        text, plain = store.learnt.read_text(squeezed), store.learnt.read_facts(body)
        sentences = tuple(from_plain(Sentence, each, text) for each in plain.get("sentences", ()))
        title = plain.get("title")
        told[number] = Told(name, text, from_plain(Span, title) if title else None, sentences)
    return told


def find_snippets(told: Told, wanted: Sought, nearest: int | None) -> tuple[Snippet, ...]:
    """The sentences with most of what is sought, in order; else the one nearest in meaning."""
    held = [
        (-count, at != nearest, at)
        for at, sentence in enumerate(told.sentences)
        if (count := _held(sentence.span.of(told.text), sentence.language, wanted))
    ]
    chosen = sorted(at for _, _, at in sorted(held)[:_MOST])
    if not chosen and nearest is not None and nearest < len(told.sentences):
        chosen = [nearest]
    return tuple(_snippet(told, told.sentences[at], wanted) for at in chosen)


def _held(text: str, language: str, wanted: Sought) -> int:
    """How much of what is sought a sentence holds; its places are looked for only where it is shown."""
    held = len(wanted.every.intersection([stem(word, language) for word in folded_words(text)]))
    if wanted.phrases:
        folded = folded_text(text, Fold.SEARCH)
        held += sum(_MOST * bool(phrase.search(folded)) for phrase in wanted.phrases)
    return held


def find_marks(text: str, language: str, wanted: Sought) -> list[Span]:
    """Where the text holds what is sought: spans of the text as it is, in order, apart from each other."""
    folded = fold(text, Fold.SEARCH)
    read = list(find_words(folded.text, language))
    found = [Span(start, start + len(word)) for stem, word, start in read if stem in wanted.singles]
    for row in wanted.rows:
        for at in range(len(read) - len(row) + 1):
            if all(read[at + step][0] in place for step, place in enumerate(row)):
                _, word, start = read[at + len(row) - 1]
                found.append(Span(read[at][2], start + len(word)))
    found += [Span(*hit.span()) for pattern in wanted.phrases for hit in pattern.finditer(folded.text)]
    return _apart([folded.to_original(span) for span in found])


def _apart(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        elif len(span):
            merged.append(span)
    return merged


def _snippet(told: Told, sentence: Sentence, wanted: Sought) -> Snippet:
    found = find_marks(sentence.span.of(told.text), sentence.language, wanted)
    window = _window(sentence.span.of(told.text), found)
    span = window.moved(sentence.span.start)
    inside = tuple(mark.moved(sentence.span.start) for mark in found if window.contains(mark))
    return Snippet(Excerpt(told.id, span, span.of(told.text)), sentence.language, inside)


def _window(text: str, found: Sequence[Span]) -> Span:
    """The sentence, or of a long one the part from a little before the first mark, cut at spaces."""
    if len(text) <= LONGEST:
        return Span(0, len(text))
    start = max(0, found[0].start - _AROUND) if found else 0
    if start:
        space = text.find(" ", start, found[0].start)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LONGEST)
    if end < len(text):
        space = text.rfind(" ", start + LONGEST // 2, end)
        end = space if space >= 0 else end
    return Span(start, end)
