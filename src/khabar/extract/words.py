"""Words of a text with their places, folded so that spellings of the same word compare equal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from khabar.model.span import Span

# Scripts that put no space between words: each character counts as a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_JOINERS = (
    "\u00ad\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_JOINERS}]|['’](?=\w))*")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىيېے", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ةۀە", "ه"),
        "ؤ": "و",
        "ئ": "ی",
        "’": "'",
        **{chr(0x660 + n): str(n) for n in range(10)},
        **{chr(0x6F0 + n): str(n) for n in range(10)},
    }
)
_DROPPED = re.compile(rf"[{_JOINERS}]")
_ENDS = re.compile(r"[.!?؟…。！？।۔]+[»”\"'’)\]]*(?=\s|$)|[。！？]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands, and its folded form."""

    start: int
    end: int
    form: str


def fold(text: str) -> str:
    """The text in one spelling, for comparing only: small letters, one form of each letter, no marks."""
    return _DROPPED.sub("", text.translate(_LETTERS)).casefold()


def find_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words between two offsets of a text, in order."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match.start(), match.end(), fold(match[0])) for match in found]


def forms(text: str) -> tuple[str, ...]:
    """The folded forms of a text's words."""
    return tuple(word.form for word in find_words(text))


def weigh(text: str) -> float:
    """How many words a text has; two characters of a script without spaces count as one."""
    found = _WORD.findall(text)
    unspaced = sum(1 for word in found if len(word) == 1 and re.match(rf"[{_UNSPACED}]", word))
    return len(found) - unspaced / 2


def find_sentences(text: str, span: Span) -> list[Span]:
    """Rough sentences within a span, trimmed, in order; they cover all that is not white space."""
    cuts = [match.end() for match in _ENDS.finditer(text, span.start, span.end)]
    edges = [span.start, *cuts, span.end]
    pieces = (trim(text, a, b) for a, b in pairwise(edges))
    return [piece for piece in pieces if piece is not None]


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends, None when nothing is left."""
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return Span(begin, begin + len(stripped))
