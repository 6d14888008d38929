"""Words of a text with their places, folded so that spellings of the same word compare equal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from khabar.lang.fold import Fold, folded_text
from khabar.model.span import Span

# Scripts that put no space between words: each character counts as a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_UNSPACED_ONE = frozenset(chr(code) for code in range(0xE00, 0xFB00) if re.match(f"[{_UNSPACED}]", chr(code)))
_HALF_SPACE = "\u200c"
_JOINERS = (
    "\u00ad\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_WORD = re.compile(
    rf"[{_UNSPACED}]|[^\W_{_UNSPACED}{_JOINERS}](?:[^\W_{_UNSPACED}]|[{_JOINERS}]|['’](?=\w))*"
)
_ENDS = re.compile(r"[.!?؟…。！？।۔]+[»”\"'’)\]]*(?=\s|$)|[。！？]")


class Word(NamedTuple):
    """A word where it stands, and its folded form."""

    start: int
    end: int
    form: str


def fold(text: str) -> str:
    """The text in one spelling, for comparing only; what a half space parts is one word."""
    return folded_text(text.replace(_HALF_SPACE, ""), Fold.LEXICON)


@lru_cache(maxsize=100_000)
def _fold_word(word: str) -> str:
    return fold(word)


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets of a text, in order."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(*match.span(), _fold_word(match[0])) for match in found]


def forms(text: str) -> tuple[str, ...]:
    """The folded forms of a text's words."""
    return tuple(map(_fold_word, _WORD.findall(text)))


def weigh(words: Iterable[str]) -> float:
    """How many words these are; two characters of a script without spaces count as one."""
    return sum(0.5 if len(word) == 1 and word in _UNSPACED_ONE else 1.0 for word in words)


def find_sentences(text: str, span: Span) -> list[Span]:
    """Rough sentences within a span, trimmed, in order; they cover all that is not white space."""
    cuts = [match.end() for match in _ENDS.finditer(text, span.start, span.end)]
    edges = [span.start, *cuts, span.end]
    pieces = (trim(text, a, b) for a, b in pairwise(edges))
    return [piece for piece in pieces if piece is not None]


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends, None when nothing is left."""
    return Span(start, end).trimmed(text) or None
