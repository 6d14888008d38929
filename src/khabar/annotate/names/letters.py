"""Arabic letters as a language reads them: by the letters alone, or with the vowels of a Latin spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from khabar.annotate.names.spelling import read_table

SHADDA = "\u0651"
_LONGEST = 40  # letters; what is longer is no word of a name
_NOT_WRITTEN = "-"
_VOWELS = tuple("āaeiou")
_HAMZA = "ʾ"
_CARRIES = "-"  # the vowel of a letter that at the start only carries a short one


@dataclass(frozen=True, slots=True)
class _Letter:
    """How a letter is written by rule, and its plain readings, the usual one first; both again as a vowel."""

    scholarly: str
    plain: tuple[str, ...]
    vowel: str
    plain_vowel: tuple[str, ...]


@cache
def languages() -> frozenset[str]:
    """The languages whose letters can be read."""
    return frozenset(row[0] for row in read_table("romanised_letters.tsv"))


@cache
def _letters(language: str) -> dict[str, _Letter]:
    rows = (row for row in read_table("romanised_letters.tsv") if row[0] == language)
    return {
        letter: _Letter(scholarly, _readings(plain), vowel, _readings(plain_vowel))
        for _, letter, scholarly, plain, vowel, plain_vowel in rows
    }


def _readings(cell: str) -> tuple[str, ...]:
    return tuple("" if one == _NOT_WRITTEN else one for one in cell.split("|")) if cell else ()


@cache
def _short_vowels(language: str) -> dict[str, str]:
    """Plain short vowels to what they are by rule; a vowel that may be two is left out."""
    return {row[1]: row[2] for row in read_table("romanised_vowels.tsv") if row[0] == language}


def read_letters(word: str, language: str, scholarly: bool) -> str:
    """The word letter by letter; its short vowels, which are not written, are left out."""
    letters, read = _letters(language), ""
    known = [letter for letter in word[:_LONGEST] if letter in letters or letter == SHADDA]
    for at, letter in enumerate(known):
        if letter == SHADDA:
            read += read[-1:]
            continue
        one = letters[letter]
        if _is_vowel(known, at, letters):
            read += one.vowel if scholarly else one.plain_vowel[0]
        elif at == 0 and one.scholarly in (_HAMZA, "ā"):
            carried = len(known) > 1 and letters.get(known[1], one).plain_vowel and one.scholarly == _HAMZA
            read += "" if carried else one.plain[-1] if one.scholarly == _HAMZA else "a"
        else:
            read += one.scholarly if scholarly else one.plain[0]
    return read


def begins_alike(word: str, plain: str, language: str) -> bool:
    """Whether a plain spelling begins as the word does, where that is a long vowel: آوا is no Eva."""
    first = _letters(language).get(word[:1])
    if first is None or not _is_long(first) or first.vowel == _CARRIES:
        return True
    return plain.lower().startswith(first.plain)


def _is_vowel(word: list[str], at: int, letters: dict[str, _Letter]) -> bool:
    """Whether a letter that may be both is a vowel: between consonants, or at the end after one."""
    before, own = letters.get(word[at - 1]) if at else None, letters[word[at]]
    if before is None or not own.plain_vowel or _is_long(before):
        return False
    after = letters.get(word[at + 1]) if at + 1 < len(word) else None
    return after is None or not (after.plain_vowel or _is_long(after))


def _is_long(letter: _Letter) -> bool:
    return letter.scholarly[:1] in _VOWELS


@lru_cache(maxsize=20_000)
def vocalise(word: str, plain: str, language: str) -> str | None:
    """The word by rule, with the short vowels of a plain spelling; None where the two do not fit together."""
    letters = [_letters(language)[letter] for letter in word[:_LONGEST] if letter in _letters(language)]
    read = _Fit(letters, plain.lower()[:_LONGEST], _short_vowels(language)).read(0, 0, False)
    return None if read is None else read.removeprefix(_HAMZA)


@dataclass(frozen=True, slots=True)
class _Step:
    """How many letters and how much of the plain spelling belong together, and what is written for them."""

    letters: int
    plain: int
    written: str
    is_vowel: bool


@dataclass(slots=True)
class _Fit:
    """Pairs letters with pieces of a plain spelling from left to right; the first way that fits counts."""

    letters: list[_Letter]
    plain: str
    vowels: dict[str, str]
    dead: set[tuple[int, int, bool]] = field(default_factory=set)

    def read(self, at: int, to: int, after_vowel: bool) -> str | None:
        """What is written from here on, None where nothing fits."""
        if at == len(self.letters) and to == len(self.plain):
            return ""
        if (at, to, after_vowel) in self.dead:
            return None
        for step in self._steps(at, self.plain[to:], after_vowel):
            rest = self.read(at + step.letters, to + step.plain, step.is_vowel)
            if rest is not None:
                return step.written + rest
        self.dead.add((at, to, after_vowel))
        return None

    def _steps(self, at: int, rest: str, after_vowel: bool) -> Iterator[_Step]:
        if at < len(self.letters):
            yield from _of_letter(self.letters[at], rest, at == 0, after_vowel)
        if not after_vowel:
            for plain, written in self.vowels.items():
                if rest.startswith(plain):
                    yield _Step(0, len(plain), written, True)


def _of_letter(letter: _Letter, rest: str, first: bool, after_vowel: bool) -> Iterator[_Step]:
    """A letter as long vowel, as doubled consonant, as one consonant; a first alef only carries a vowel."""
    if first and letter.vowel == _CARRIES:
        yield _Step(1, 0, "", False)
        return
    if not after_vowel and not first:
        for read in letter.plain_vowel:
            if rest.startswith(read):
                yield _Step(1, len(read), letter.vowel, True)
    for read in letter.plain:
        if len(read) == 1 and read not in _VOWELS and rest.startswith(read * 2):
            yield _Step(1, 2, letter.scholarly * 2, False)
    for read in letter.plain:
        # a consonant read as a vowel is the second half of a diphthong: Zainab
        fits = after_vowel != _is_long(letter) if read and read[0] in _VOWELS else not _is_long(letter)
        if fits and rest.startswith(read):
            yield _Step(1, len(read), letter.scholarly, _is_long(letter))
