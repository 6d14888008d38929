"""Where the words of a text stand, and which pieces of the vocabulary belong to each."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from khabar.model.span import Span

LONGEST = 64  # code points; a longer run is no word of a language, and is cut
JOINERS = frozenset("-‐‑'’ʼ״׳\u200c\u200d\u00ad_&")  # stand inside a word, between two of its letters
NUMBER_JOINERS = frozenset(".,:/٫٬،⁄−–")  # stand inside a number, a time, a date
TATWEEL = "ـ"  # lengthens a letter; alone it draws a line
_RUN = re.compile(r"\S+")
# Scripts that set no space between words: there a word is a piece of the vocabulary.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


def find_words(text: str, pieces: Sequence[tuple[int, int]] = ()) -> list[Span]:
    """The words in order, without the punctuation around them; hyphenated and ZWNJ words are whole.

    `pieces` are the places of vocabulary pieces; they part words in scripts that set no spaces.
    """
    return [
        span for run in _RUN.finditer(text) for span in _words_of_run(text, run.start(), run.end(), pieces)
    ]


def pieces_of_words(words: Sequence[Span], pieces: Sequence[tuple[int, int]]) -> list[list[int]]:
    """For each word the pieces that share a code point with it. Both come in the order of the text."""
    found: list[list[int]] = [[] for _ in words]
    first = 0
    for index, (start, end) in enumerate(pieces):
        while first < len(words) and words[first].end <= start:
            first += 1
        at = first
        while at < len(words) and words[at].start < end:
            found[at].append(index)
            at += 1
    return found


def _words_of_run(text: str, start: int, end: int, pieces: Sequence[tuple[int, int]]) -> Iterator[Span]:
    begun: int | None = None
    for at in range(start, end + 1):
        inside = at < end and _inside(text, at, start, end)
        if inside and begun is None:
            begun = at
        elif not inside and begun is not None:
            if any(character.isalnum() and character != TATWEEL for character in text[begun:at]):
                yield from _cut(text, begun, at, pieces)
            begun = None


def _inside(text: str, at: int, start: int, end: int) -> bool:
    """Whether the code point belongs to a word: a letter, mark or digit, or what joins two of them."""
    if _is_word_character(text[at]):
        return True
    before, after = _neighbour(text, at, start - 1, -1), _neighbour(text, at, end, 1)
    if not before or not after:
        return False
    if text[at] in JOINERS:
        return True
    in_number = text[at] in NUMBER_JOINERS and before.isdigit() and after.isdigit()
    return in_number or _is_initial(text, at, start)


def _neighbour(text: str, at: int, limit: int, step: int) -> str:
    """The letter or digit next to a joiner, marks passed over; empty where something else stands."""
    at += step
    while at != limit and (text[at] in "\u200c\u200d\u00ad" or unicodedata.category(text[at])[0] == "M"):
        at += step
    return text[at] if at != limit and _is_word_character(text[at]) else ""


def _is_initial(text: str, at: int, start: int) -> bool:
    """A full stop after a single cased letter: U.S, J.K."""
    alone = at - 1 == start or not _is_word_character(text[at - 2])
    return text[at] == "." and alone and text[at - 1].isupper() and text[at + 1].isupper()


def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _cut(text: str, start: int, end: int, pieces: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The run as words: cut at pieces where the script sets no spaces, and where it is too long."""
    edges = {start, end}
    if _UNSPACED.search(text, start, end):
        edges.update(edge for edge, _ in pieces if start < edge < end)
    ordered = sorted(edges)
    for left, right in itertools.pairwise(ordered):
        for at in range(left, right, LONGEST):
            yield Span(at, min(at + LONGEST, right))
