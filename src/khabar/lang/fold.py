"""A second string in which spelling variants are one, with a way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from khabar.model.span import Span


class Fold(StrEnum):
    """How much is made equal.

    LIGHT: digits, presentation forms, vowel signs, stretching, direction marks. Words stay apart (قوي, قوى).
    LEXICON: also case, the forms of alef, yeh, kaf and heh, apostrophes; a half space is a space.
    SEARCH: also Latin diacritics and the marks for ayn and hamza; half spaces are gone.
    """

    LIGHT = "light"
    LEXICON = "lexicon"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. Character i of `text` stands at `offsets[i]` of `original`; one more for the end."""

    text: str
    offsets: Sequence[int]
    original: str

    def to_original(self, span: Span) -> Span:
        """The place in the original that became `span`, with the marks that belong to its last letter."""
        start = self.offsets[span.start]
        if len(span) == 0:
            return Span(start, start)
        end = self.offsets[span.end - 1] + 1
        limit = max(end, self.offsets[span.end])
        while end < limit and unicodedata.combining(self.original[end]):
            end += 1
        return Span(start, end)


def fold(text: str, level: Fold) -> Folded:
    """`text` with the variants that `level` names made equal, and where each character came from."""
    table = _TABLES[level]
    folded = text.translate(table)
    odd = "".join(char for char in set(text) if len(table[ord(char)]) != 1)
    if not odd:
        return Folded(folded, range(len(text) + 1), text)
    return Folded(folded, _offsets(text, odd, table), text)


def folded_text(text: str, level: Fold) -> str:
    """`text` folded, for those who need no way back."""
    return text.translate(_TABLES[level])


def _offsets(text: str, odd: str, table: _Table) -> list[int]:
    """Runs between the characters that change length are copied whole: most of a text is such runs."""
    marks = [match.start() for match in re.finditer(f"[{re.escape(odd)}]", text)]
    offsets: list[int] = list(range(marks[0]))
    for mark, following in pairwise([*marks, len(text)]):
        offsets += [mark] * len(table[ord(text[mark])])
        offsets += range(mark + 1, following)
    offsets.append(len(text))
    return offsets


def _chars(*ranges: str) -> frozenset[str]:
    """Ranges as "064B-065F" in hexadecimal."""
    chars: set[str] = set()
    for each in ranges:
        first, _, last = each.partition("-")
        chars.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(chars)


# Unicode 15, chapter 9.2 (Arabic marks) and 23.2 (layout controls). 200C, the half space, is not here.
_VOWEL_SIGNS = _chars("0610-061A", "064B-065F", "0670", "06D6-06DC", "06DF-06E4", "06E7-06E8", "06EA-06ED")
_INVISIBLE = _chars(
    "00AD", "061C", "0640", "200B", "200D-200F", "202A-202E", "2060-2064", "2066-2069", "FEFF"
)
_POINTS = _chars("0591-05BD", "05BF", "05C1-05C2", "05C4-05C5", "05C7")
_ACCENTS = _chars("0300-036F")
_FORMS = _chars("FB1D-FDFF", "FE70-FEFC")
_LONE_SIGNS = _chars("FE70-FE7F")
_HALF_SPACE = "\u200c"
_LETTERS = dict(zip("أإآٱىيېۍكڪةۀہۂۃھەıİ", "ااااییییککهههههههii", strict=True))
_APOSTROPHES = dict.fromkeys("’‘ʼ＇`´", "'")
_HYPHENS = dict.fromkeys("‐‑", "-")
_AYN_HAMZA = frozenset("ʿʾʼʻ’‘'`´′ˈ")
_LATIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}


class _Table(dict[int, str]):
    """Works a character out when it is first met: Unicode is large and a text uses little of it."""

    def __init__(self, level: Fold) -> None:
        self.level = level

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _light(char)
        if self.level is not Fold.LIGHT:
            folded = "".join(map(_lexicon, folded))
        if self.level is Fold.SEARCH:
            folded = "".join(map(_search, folded)) if char != _HALF_SPACE else ""
        self[code] = folded
        return folded


def _light(char: str) -> str:
    if char in _VOWEL_SIGNS or char in _INVISIBLE or char in _LONE_SIGNS:
        return ""
    if char in _FORMS:
        plain = unicodedata.normalize("NFKC", char)
        return char if plain == char else "".join(map(_light, plain.strip()))
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _lexicon(char: str) -> str:
    if char == _HALF_SPACE or unicodedata.category(char) == "Zs":
        return " "
    if char in _POINTS:
        return ""
    for same in (_LETTERS, _APOSTROPHES, _HYPHENS):
        if char in same:
            return same[char]
    plain = char.casefold()
    # Decomposed, so that a letter typed with a separate accent is the same letter. Other scripts have marks
    # that make another letter (ئ), or none at all (Hangul).
    apart = unicodedata.normalize("NFD", plain)
    return apart if _ACCENTS.issuperset(apart[1:]) else plain


def _search(char: str) -> str:
    if char in _AYN_HAMZA or char in _ACCENTS:
        return ""
    return _LATIN.get(char, char)


_TABLES = {level: _Table(level) for level in Fold}
