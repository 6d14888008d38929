"""Finds the few names worth comparing among many, by the sounds of their consonants."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from khabar.annotate.names.spelling import read_spelling, read_table

T = TypeVar("T")
_SHORT_KEY = 3
_MOST = 24  # candidates for one name: a page of thousands of Alis must not take quadratic time


@cache
def _classes() -> dict[int, str | None]:
    rows = read_table("sounds.tsv")
    return {ord(letter): None if sound == "-" else sound for sound, letters in rows for letter in letters}


@lru_cache(maxsize=50_000)
def rough_key(word: str) -> str:
    """The classes of a word's consonants, doubled ones once."""
    classes = read_spelling(word).letters.translate(_classes())
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
