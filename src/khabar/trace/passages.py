"""Passages that two reports share word for word, but for spelling and punctuation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khabar.lang.fold import Fold, Folded, fold
from khabar.model.article import Article
from khabar.model.span import Span

RUN_WORDS = 5  # shorter runs are set phrases: "the minister of defence of the republic"
_GAP_WORDS = 2  # a passage goes on over so many changed words on each side
_MOST_PLACES = 16  # of one run in the other report; what repeats oftener says nothing, and costs time
_WORD = re.compile(r"\w+")
Runs = Mapping[tuple[str, ...], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one report in one language, folded, each with its place and whether it is speech."""

    article: str
    language: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    speech: tuple[bool, ...]

    def runs(self) -> Runs:
        """Where each run of `RUN_WORDS` words begins; the first places only."""
        found: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self.words) - RUN_WORDS + 1):
            places = found.setdefault(self.words[at : at + RUN_WORDS], [])
            if len(places) < _MOST_PLACES:
                places.append(at)
        return found


@dataclass(frozen=True, slots=True)
class Passage:
    """A shared stretch: word ranges of both sides (half-open), and how many words are the same."""

    a: tuple[int, int]
    b: tuple[int, int]
    same: int


def read_wordings(article: Article) -> tuple[Wording, ...]:
    """The words of the body, apart by language: a page that carries its own original has two."""
    folded = fold(article.text, Fold.SEARCH)
    pieces: dict[str, list[Span]] = {}
    for piece in article.body:
        pieces.setdefault(_language_of(article, piece), []).append(piece)
    return tuple(_wording(article, language, spans, folded) for language, spans in pieces.items())


def _language_of(article: Article, piece: Span) -> str:
    return next((block.language for block in article.blocks if block.span.overlap(piece)), "")


def _wording(article: Article, language: str, pieces: Sequence[Span], folded: Folded) -> Wording:
    found = [pair for piece in pieces for pair in _words_in(piece, folded)]
    said = _merged(quote.span for quote in article.quotes)
    starts = [span.start for span in said]
    speech = []
    for _, span in found:
        at = bisect_right(starts, span.start) - 1
        speech.append(at >= 0 and said[at].overlap(span) > 0)
    words, spans = tuple(word for word, _ in found), tuple(span for _, span in found)
    return Wording(article.id, language, words, spans, tuple(speech))


def _words_in(piece: Span, folded: Folded) -> Iterator[tuple[str, Span]]:
    offsets = folded.offsets
    first, end = bisect_right(offsets, piece.start - 1), bisect_right(offsets, piece.end - 1)
    for match in _WORD.finditer(folded.text, first, end):
        yield match.group(), folded.to_original(Span(match.start(), match.end()))


def _merged(spans: Iterator[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def find_passages(a: Wording, b: Wording, places: Runs | None = None) -> tuple[Passage, ...]:
    """The passages that both share, in a's order; each word of either side is in one at most.

    `places` is `b.runs()`, where the caller has it already.

    Time grows with the sum of both lengths: the longest run at a place is taken and jumped over.
    """
    places, used = b.runs() if places is None else places, bytearray(len(b.words))
    found, at = [], 0
    while at + RUN_WORDS <= len(a.words):
        start, length = _longest(a.words, at, b.words, places.get(a.words[at : at + RUN_WORDS], ()), used)
        if length < RUN_WORDS:
            at += 1
            continue
        used[start : start + length] = b"\1" * length
        found.append(Passage((at, at + length), (start, start + length), length))
        at += length
    return _joined(found)


def _longest(
    a: Sequence[str], at: int, b: Sequence[str], starts: Sequence[int], used: bytearray
) -> tuple[int, int]:
    best = (0, 0)
    for start in starts:
        length, most = 0, min(len(a) - at, len(b) - start)
        while length < most and a[at + length] == b[start + length] and not used[start + length]:
            length += 1
        best = max(best, (start, length), key=lambda one: one[1])
    return best


def _joined(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Neighbours with a word or two changed between them are one passage."""
    joined = list(passages[:1])
    for before, after in pairwise(passages):
        last = joined[-1]
        gap_a, gap_b = after.a[0] - before.a[1], after.b[0] - before.b[1]
        if gap_a <= _GAP_WORDS and 0 <= gap_b <= _GAP_WORDS:
            joined[-1] = Passage((last.a[0], after.a[1]), (last.b[0], after.b[1]), last.same + after.same)
        else:
            joined.append(after)
    return tuple(joined)
