"""How likely two words spell one name, whatever their scripts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# Arabic-script names leave most vowels out, Latin ones write them: each pair of alphabets has weights
# of its own, learned from pairs of spellings (evaluations/names/learn_spelling.py).
ABJAD, LATIN = "abjad", "latin"
_LONGEST_WORD = 40  # longer "words" are no names; comparing them would take quadratic time
Weights = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word read for comparison: its alphabet and its letters, marks of pronunciation taken out."""

    alphabet: str
    letters: str


def read_table(name: str) -> list[list[str]]:
    """Rows of a packaged table, its comments and its head left out."""
    path = resources.files("khabar.annotate.names").joinpath("tables", name)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [line.split("\t") for line in lines[1:] if line]


@cache
def _letters() -> dict[str, tuple[str, str]]:
    """Form to (alphabet, reading)."""
    abjads = {"arabic", "hebrew"}
    return {
        form: (ABJAD if script in abjads else LATIN, read)
        for script, form, read, _ in read_table("letters.tsv")
    }


@cache
def _known_forms() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(form) for form in sorted(_letters(), key=len, reverse=True)))


@lru_cache(maxsize=50_000)
def read_spelling(word: str) -> Spelling:
    """The word's letters for comparison; letters of a script without a table stand for themselves."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).lower()[:_LONGEST_WORD])
    alphabets: list[str] = []
    letters = "".join(_read_piece(piece, alphabets) for piece in _pieces(text))
    abjad = alphabets.count(ABJAD) * 2 > len(alphabets)
    return Spelling(ABJAD if abjad else LATIN, letters)


def _pieces(text: str) -> list[str]:
    """The text cut into known forms and single characters."""
    pieces, at = [], 0
    for match in _known_forms().finditer(text):
        pieces += [*text[at : match.start()], match.group()]
        at = match.end()
    return [*pieces, *text[at:]]


def _read_piece(piece: str, alphabets: list[str]) -> str:
    known = _letters().get(piece)
    if known:
        alphabets.append(known[0])
        return known[1]
    bare = "".join(c for c in unicodedata.normalize("NFD", piece) if c.isalnum())
    if bare:
        alphabets.append(LATIN)
    return bare


@cache
def _weights(first: str, second: str) -> Weights:
    """Weight of writing `a` for `b`: log of how much oftener they stand for each other than by chance."""
    return {(a, b): float(w) for a, b, w in read_table(f"{first}_{second}.tsv")}


@lru_cache(maxsize=200_000)
def spelling_weight(a: str, b: str) -> float:
    """Evidence that two words spell one name, in nats: above 0 speaks for, below 0 against."""
    one, two = read_spelling(a), read_spelling(b)
    if not one.letters or not two.letters:
        return -20.0
    if (one.alphabet, two.alphabet) == (LATIN, ABJAD):
        one, two = two, one
    return best_path(one.letters, two.letters, _weights(one.alphabet, two.alphabet))


def best_path(a: str, b: str, weights: Weights) -> float:
    """The greatest sum of weights over all ways to pair the letters of `a` with those of `b`."""
    get = weights.get
    rows = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        row = rows[i]
        for j in range(len(b) + 1):
            if i == j == 0:
                continue
            best = -1e9
            for m, n in STEPS:
                if m <= i and n <= j:
                    w = get((a[i - m : i], b[j - n : j]))
                    if w is None:
                        if m + n > 2:
                            continue
                        w = UNSEEN if m == n else UNSEEN_GAP
                    w += rows[i - m][j - n]
                    best = max(best, w)
            row[j] = best
    return rows[-1][-1]


STEPS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3))
# Steps that the tables lack; what is learnt goes down to -9 (evaluations/names/learn_spelling.py).
UNSEEN = -7.0
UNSEEN_GAP = -5.0
