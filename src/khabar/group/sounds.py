"""Words in common across scripts: names and rare words by their consonants."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from khabar.annotate.names.rough import rough_key
from khabar.group.words import rarity, rarity_of, surprises
from khabar.lang.loader import load_languages

_SHORTEST = 3  # two consonants stand in too many words to tell a name


Sounds = Mapping[str, float]


def shared_sounds(a: Sounds, b: Sounds) -> float:
    """Cosine of the sounds of two reports."""
    return min(1.0, math.fsum(a[key] * b[key] for key in a.keys() & b.keys()))


def sounds_of(words: Mapping[str, int]) -> Sounds:
    """Weights of the sounds of counted words, rare sounds and rare words counting more; unit length."""
    weights: dict[str, float] = {}
    for word, count in words.items():
        for key, weight in _keys(word):
            weights[key] = max(weights.get(key, 0.0), (1 + math.log(count)) * weight)
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / norm for key, weight in weights.items()} if norm else {}


@lru_cache(maxsize=100_000)
def _keys(word: str) -> tuple[tuple[str, float], ...]:
    """The consonants of a word, and of what stands behind a clitic that may be its first letters."""
    if not word[0].isalpha():
        return ()
    keys = dict.fromkeys(filter(_is_long, map(rough_key, _readings(word))))
    weighed = ((key, rarity(word) * rarity_of(_surprise_of(key))) for key in keys)
    return tuple((key, weight) for key, weight in weighed if weight > 0)


def _is_long(key: str) -> bool:
    return len(key) >= _SHORTEST


def _readings(word: str) -> Iterator[str]:
    """The word, and what is left of it without the longest clitic of any language that fits."""
    yield word
    fitting = [clitic for clitic in _clitics() if word.startswith(clitic) and len(word) > len(clitic) + 2]
    if fitting:
        yield word[max(map(len, fitting)) :]


@cache
def _clitics() -> tuple[str, ...]:
    listed = {clitic.partition(">")[0] for pack in load_languages().all() for clitic in pack.clitics}
    return tuple(sorted(listed))


def _surprise_of(key: str) -> float | None:
    return _sound_surprises().get(key)


@cache
def _sound_surprises() -> Mapping[str, float]:
    """How unlikely each row of consonants is among common words, in nats."""
    chances: dict[str, float] = {}
    for word, surprise in surprises().items():
        if word[0].isalpha():
            key = rough_key(word)
            chances[key] = chances.get(key, 0.0) + math.exp(-surprise)
    return {key: -math.log(chance) for key, chance in chances.items()}
