"""Numbers written in digits of any script, told apart from identifiers, scores, clock times and dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from khabar.lang.fold import Fold, Folded, fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.model.span import Span

_SPACE = "[ \u00a0\u2009\u202f]"
_GROUPED = rf"[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,،٫]\d+)?"  # "10 000,5"
_DIGITS = re.compile(rf"(?<![\d.])(?<!\d:)(?:{_GROUPED}|\d+(?:[.,،٬٫/'’]\d+)*)(?!\d*:\d)")
_PLAIN = re.compile(r"\d+(?:[.,،٬٫/]\d+)*")
_MARK = re.compile(r"[^\d]")
_INDIAN_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")  # 12,50,000
_CHAIN = re.compile(r"\d+(?:-\d+){2,}")  # 2020-07-08, 0-306-40615-2
_FRONT = re.compile(r"([^\W\d_]*)-?\Z")
_ENDING = re.compile(r"-(?=[^\W\d_]{1,2}(?!\w))")  # "15-го"
_LONGEST_CLITIC = 8
_LONGEST_UNIT = 40
_SHORTEST_WORD = 3
_DIGITS_LIMIT = 15  # more than a float holds exactly is an identifier, not a quantity
_NUMBER_SIGNS = frozenset("#№")
# What a sign between digits means where a language has no row for it.
_USUAL = {
    ".": "decimal group",
    ",": "decimal group",
    "،": "decimal group",
    "٫": "decimal",
    "٬": "group",
    "'": "group",
    "’": "group",
}


def find_digits(text: str, language: str, taken: Sequence[Span] = ()) -> Iterator[tuple[Span, float]]:
    """The places and values of numbers in digits, in order; what touches a span of `taken` is none."""
    folded = fold(text, Fold.LIGHT)
    chains = [Span(*match.span()) for match in _CHAIN.finditer(folded.text)]
    for piece in _pieces(folded, taken):
        if any(piece.overlap(chain) for chain in chains) or not _stands_free(folded.text, piece, language):
            continue
        value = _value(piece.of(folded.text), language)
        if value is not None:
            yield folded.to_original(piece), value


def _pieces(folded: Folded, taken: Sequence[Span]) -> Iterator[Span]:
    """What looks like a number; "8 200 soldiers" behind "July" is 200 soldiers when "July 8" is taken."""
    for match in _DIGITS.finditer(folded.text):
        for part in _PLAIN.finditer(match.group()) if _is_taken(folded, match.span(), taken) else (match,):
            offset = match.start() if part is not match else 0
            place = part.start() + offset, part.end() + offset
            if not _is_taken(folded, place, taken):
                yield Span(*place)


def _is_taken(folded: Folded, place: tuple[int, int], taken: Sequence[Span]) -> bool:
    original = folded.to_original(Span(*place))
    return any(original.overlap(span) for span in taken)


def _stands_free(text: str, number: Span, language: str) -> bool:
    return _may_begin(text, number.start, language) and _may_end(text, number.end, language)


def _may_begin(text: str, start: int, language: str) -> bool:
    """Not within a name or a label ("F-16", "S300", "№ 5"), unless behind a clitic ("و300", "ב-50")."""
    if text[max(0, start - 2) : start].rstrip()[-1:] in _NUMBER_SIGNS:
        return False
    front = _FRONT.search(text[max(0, start - _LONGEST_CLITIC) : start])
    letters = front.group(1) if front else ""
    if not letters or folded_text(letters, Fold.LEXICON) in _clitics(language):
        return True
    # "حدود۲۰۰ نفر" lacks a space; letters without case are in names too, but then few or with a hyphen.
    caseless = letters.lower() == letters.upper()
    return caseless and len(letters) >= _SHORTEST_WORD and text[start - 1].isalpha()


def _may_end(text: str, end: int, language: str) -> bool:
    """Cased letters right behind make a name or an ordinal ("4x4", "5th"), unless a unit or a scale."""
    if _has_ordinal_point(text, end, language):
        return False
    ending = _ENDING.match(text, end)
    start = ending.end() if ending else end
    following = text[start : start + 1]
    if following.lower() == following.upper():
        return True
    hits = lexicon(language, "units", "number_words").find(text[start : start + _LONGEST_UNIT])
    return bool(hits) and hits[0].span.start == 0


def _has_ordinal_point(text: str, end: int, language: str) -> bool:
    """Whether the sentence goes on behind a point: "65. dakikada", and "65. Minute" where ordinals are so."""
    following = text[end + 2 : end + 3] if text.startswith(". ", end) else ""
    return following.islower() or (following.isalpha() and _writes_ordinals_with_point(language))


@cache
def _writes_ordinals_with_point(language: str) -> bool:
    return any(row.meaning == "ordinal" for row in load_languages().pack(language).rows("abbreviations"))


def _value(written: str, language: str) -> float | None:
    """What the digits say; None for what is no quantity (12/7/2020, 192.168.0.1, 007, a long identifier)."""
    plain = re.sub(_SPACE, "", written)
    signs = _MARK.findall(plain)
    if sum(char.isdigit() for char in plain) > _DIGITS_LIMIT or (plain[0] == "0" and plain[1:2].isdigit()):
        return None
    if not signs:
        return float(plain)
    if len(set(signs)) == 1 and _is_grouped(plain, signs, language):
        return float(_MARK.sub("", plain))
    whole, decimals = plain.rsplit(signs[-1], 1)
    if signs[-1] in signs[:-1] or not _is_decimal(signs[-1], language):
        return None
    if len(set(signs)) > 2 or (signs[:-1] and not _is_grouped(whole, signs[:-1], language)):
        return None
    return float(f"{_MARK.sub('', whole)}.{decimals}")


def _is_grouped(written: str, signs: Sequence[str], language: str) -> bool:
    """Whether the signs part thousands: all groups of three, and no lone sign that is for decimals here."""
    if "group" not in _meanings(signs[0], language) or written[0] == "0":
        return bool(len(signs) > 1 and signs[0] in ".," and _threes(written))
    return _threes(written) or _INDIAN_GROUPS.fullmatch(written) is not None


def _threes(written: str) -> bool:
    first, *groups = _MARK.split(written)
    return len(first) <= 3 and all(len(group) == 3 for group in groups)


def _is_decimal(sign: str, language: str) -> bool:
    # A foreign habit is read too: "5,7" in English can be nothing else, as groups have three digits.
    return "decimal" in _meanings(sign, language) or sign in ".,،٬"


@cache
def _marks(language: str) -> Mapping[str, str]:
    marks: dict[str, str] = defaultdict(str)
    for row in load_languages().pack(language).rows("decimal_marks"):
        marks[row.form] += f"{row.meaning} "
    return marks


def _meanings(sign: str, language: str) -> str:
    return _marks(language).get(sign) or _USUAL.get(sign, "")


@cache
def _clitics(language: str) -> frozenset[str]:
    clitics = load_languages().pack(language).clitics
    return frozenset(folded_text(clitic.partition(">")[0], Fold.LEXICON) for clitic in clitics)
