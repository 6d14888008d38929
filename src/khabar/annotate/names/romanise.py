"""Names in Arabic script in Latin letters for readers: Arabic read as Arabic, Persian as Persian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from khabar.annotate.names.letters import begins_alike, languages, read_letters, vocalise
from khabar.annotate.names.spelling import ABJAD, read_spelling, read_table

Style = Literal["plain", "scholarly"]
Known = Mapping[
    str, tuple[str, str]
]  # a word's letters to its plain and its scholarly form, "" where unknown
_LEAST_STEM = 3  # letters; what is shorter is hardly a name of its own
_MARKS = "ʾʿ"
_LONGEST = 40  # letters; what is longer is no name made of parts


@dataclass(frozen=True, slots=True)
class Romanised:
    """A name in Latin letters. Not `certain`: a word is read by its letters, short vowels left out."""

    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What a name may begin or end with when the rest is a name of its own."""

    at_start: bool
    letters: str
    plain: str
    scholarly: str


def romanise(
    name: str, language: str, style: Style = "plain", known: Known | None = None
) -> Romanised | None:
    """The name as its language reads it; None for a language without tables. Latin words stay as they are.

    Known words come from tables, or from `known`; others are read letter by letter. Ezafe is not written and
    the article not assimilated. Source: evaluations/names/measure_romanised.py.
    """
    if language not in languages():
        return None
    known = known_words(language) if known is None else known
    words, read, at = name.split(), list[Romanised](), 0
    while at < len(words):
        pair = _key("".join(words[at : at + 2])) if at + 1 < len(words) else ""
        joined = pair in known and _key(words[at]) in _joining(language)
        read.append(_word("".join(words[at : at + 2]) if joined else words[at], language, style, known))
        at += 2 if joined else 1
    return Romanised(" ".join(one.text for one in read), all(one.certain for one in read))


@cache
def known_words(language: str) -> Known:
    """Words of names in a language by their letters; those that a person wrote go before counted ones."""
    words = {row[1]: (row[2], "") for row in read_table("romanised_words.tsv") if row[0] == language}
    own = {_key(row[1]): (row[2], row[3]) for row in read_table("romanised_own.tsv") if row[0] == language}
    return {**words, **own}


@cache
def _joining(language: str) -> frozenset[str]:
    """First words of the known names of two words: عبد الله."""
    rows = read_table("romanised_own.tsv")
    return frozenset(_key(row[1].split()[0]) for row in rows if row[0] == language and " " in row[1])


@cache
def _parts(language: str) -> tuple[_Part, ...]:
    rows = [row for row in read_table("romanised_parts.tsv") if row[0] == language]
    parts = [
        _Part(place == "start", _key(part), plain.replace("_", " "), scholarly.replace("_", " "))
        for _, place, part, plain, scholarly in rows
    ]
    return tuple(sorted(parts, key=lambda part: -len(part.letters)))


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return read_spelling(word).letters


def _word(word: str, language: str, style: Style, known: Known) -> Romanised:
    if read_spelling(word).alphabet != ABJAD:
        return Romanised(word, True)
    return (
        _known(word, language, style, known)
        or _of_parts(word, language, style, known)
        or Romanised(_capital(read_letters(word, language, style == "scholarly")) or word, False)
    )


def _known(word: str, language: str, style: Style, known: Known) -> Romanised | None:
    """A word of the tables. By rule it is read from the letters, its plain form giving the short vowels."""
    plain, scholarly = known.get(_key(word), ("", ""))
    if not plain or not begins_alike(word, plain, language):
        return None
    if scholarly:
        return Romanised(plain if style == "plain" else scholarly, True)
    if style == "plain":
        return Romanised(_capital(plain), True)
    read = vocalise(word, plain, language)
    return None if read is None else Romanised(_capital(read), True)


def _of_parts(word: str, language: str, style: Style, known: Known) -> Romanised | None:
    """A name that begins or ends with a known part: al- and the rest, Karim and -i, Ali and -zadeh."""
    for part in _parts(language) if len(word) <= _LONGEST else ():
        rest = _rest(word, part)
        if rest is None:
            continue
        read = _known(rest, language, style, known)
        if read is None and part.plain.endswith("-"):
            read = _word(rest, language, style, known)  # what follows the article is a name in any case
        if read:
            added = part.plain if style == "plain" else part.scholarly
            return Romanised(_joined(added, read.text, part.at_start), read.certain)
    return None


def _rest(word: str, part: _Part) -> str | None:
    """The word without the part; None where it has no such part or too little else."""
    letters = _key(word)
    if len(letters) - len(part.letters) < _LEAST_STEM:
        return None
    for cut in range(1, len(word)):
        piece, rest = (word[:cut], word[cut:]) if part.at_start else (word[cut:], word[:cut])
        if _key(piece) == part.letters and len(_key(rest)) >= _LEAST_STEM:
            return rest
    return None


def _joined(part: str, rest: str, at_start: bool) -> str:
    if not at_start:
        return rest + part
    return part + (rest if part[-1] in "- " else rest.lower())


def _capital(word: str) -> str:
    """The word with its first letter large, after a mark of hamza or ayn."""
    at = next((at for at, letter in enumerate(word) if letter.isalpha() and letter not in _MARKS), 0)
    return word[:at] + word[at : at + 1].upper() + word[at + 1 :]
