"""Finds the few names worth comparing among many, by the sounds of their consonants."""

from __future__ import annotations

from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from khabar.annotate.names.spelling import read_spelling

T = TypeVar("T")
# Letters whose sounds scripts and languages mix up share a class; vowels and what is left out fall away.
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("بپbp", "P"),
        **dict.fromkeys("تطدضذtd", "T"),
        **dict.fromkeys("ثسصزژشجچظszjc", "S"),
        **dict.fromkeys("کقگغخkqgx", "K"),
        **dict.fromkeys("فfv", "F"),
        **dict.fromkeys("لl", "L"),
        **dict.fromkeys("رr", "R"),
        **dict.fromkeys("مm", "M"),
        **dict.fromkeys("نn", "N"),
        **dict.fromkeys("اویهعحaeiouywh", None),
    }
)
_SHORT_KEY = 3
_MOST = 24  # candidates for one name: a page of thousands of Alis must not take quadratic time


@lru_cache(maxsize=50_000)
def rough_key(word: str) -> str:
    """The classes of a word's consonants, doubled ones once."""
    classes = read_spelling(word).letters.translate(_CLASSES)
    return "".join(c for at, c in enumerate(classes) if at == 0 or classes[at - 1] != c)


def sounds_near(a: str, b: str) -> bool:
    """Whether weighing two words letter by letter is worth the time; 99 of 100 true pairs pass."""
    one, two = rough_key(a), rough_key(b)
    most = 2 if max(len(one), len(two)) > _SHORT_KEY else 1
    return bool(Levenshtein.distance(one, two, score_cutoff=most) <= most)


class RoughIndex(Generic[T]):
    """Items by the rough key of a word; keys one edit apart are found together."""

    def __init__(self) -> None:
        self._items: dict[str, list[T]] = {}

    def add(self, word: str, item: T) -> None:
        """Files an item under a word."""
        items = self._items.setdefault(rough_key(word), [])
        if not any(item is other for other in items[-_MOST:]):
            items.append(item)

    def near(self, word: str) -> list[T]:
        """Items under words that sound about so, the nearest first."""
        key = rough_key(word)
        found = process.extract(key, self._items.keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=8)
        items = [item for near, _, _ in found for item in self._items[near]]
        return items[:_MOST]
