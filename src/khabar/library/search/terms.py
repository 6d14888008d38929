"""A text as the words that are looked for: folded, and cut back to their stems."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from khabar.lang.fold import Fold, folded_text
from khabar.lang.loader import load_languages

_LONGEST = 30  # letters of a term: what is longer is no word, and databases have limits
# Scripts that leave no space between words: two letters at a time stand for them.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[^\W_])+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
# The letters that folding made one, as the stemmers know them.
_ARABIC = str.maketrans("یک", "يك")
_FOLDED = str.maketrans("يك", "یک")


def find_words(folded: str, language: str) -> Iterator[tuple[str, str, int]]:
    """The words of a folded text in this language, in order: what each is filed under, itself, its start."""
    for word, start in _words(folded):
        yield stem(word[:_LONGEST], language), word, start


def folded_words(text: str) -> list[str]:
    """The words of a text as they are, folded, in order."""
    folded = folded_text(text, Fold.SEARCH)
    if _IS_UNSPACED.search(folded):
        return [word[:_LONGEST] for word, _ in _words(folded)]
    return [word[:_LONGEST] for word in _WORD.findall(folded)]


def unspaced(text: str) -> bool:
    """Whether it is, in part, in a script that leaves no space between words."""
    return _IS_UNSPACED.search(text) is not None


def _words(folded: str) -> Iterator[tuple[str, int]]:
    for found in _WORD.finditer(folded):
        word, start = found[0], found.start()
        if len(word) > 1 and _IS_UNSPACED.match(word):
            yield from ((word[at : at + 2], start + at) for at in range(len(word) - 1))
        else:
            yield word, start


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """What a folded word of this language is filed under; the word itself where nothing is known of it."""
    algorithm = _algorithms().get(language)
    if algorithm is None or not word.isalpha():
        return word
    with _LOCK:  # a stemmer holds a buffer
        found: str = _stemmer(algorithm).stemWord(word.translate(_ARABIC) if algorithm == "arabic" else word)
    return folded_text(found, Fold.SEARCH).translate(_FOLDED) or word


def stems_in(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """What a folded word may be filed under, whichever of the languages it is of."""
    return tuple(dict.fromkeys([stem(word, language) for language in languages] or [word]))


@cache
def function_words() -> frozenset[str]:
    """The words of all languages that stand in any text, folded."""
    rows = (row.form for pack in load_languages().all() for row in pack.rows("function_words"))
    return frozenset(folded_text(form, Fold.SEARCH) for form in rows)


_LOCK = threading.Lock()


@cache
def _algorithms() -> dict[str, str]:
    lines = files("khabar.library.search").joinpath("stemmers.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines[1:])


@cache
def _stemmer(algorithm: str) -> "Stemmer.Stemmer":  # type: ignore[name-defined]  # noqa: F821, UP037
    import Stemmer  # noqa: PLC0415

    return Stemmer.Stemmer(algorithm)
