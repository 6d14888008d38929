"""One-letter words that are written onto the front of a name, and when they are to be taken off."""

from __future__ import annotations

from khabar.annotate.names.gazetteer import ARTICLE, known_id, name_counts, without_article, word_key

_SHORTEST_NAME = 3
_LEAST_COUNT = 5  # rarer words are no evidence


def plain_clitics(clitics: tuple[str, ...]) -> tuple[str, ...]:
    """The clitics that leave the name as it is: without its article, which belongs to the name."""
    return tuple(c for c in clitics if ">" not in c and not c.endswith((ARTICLE, "لل")))


def strip_clitic(word: str, clitics: tuple[str, ...], person: bool = True) -> int:
    """How many letters at the front of a name's first word do not belong to it; 0 where that is unsure.

    Taken off where the whole is not known as a name and what is left is: وباقري, but neither وليد nor فادي.
    Names of places and organisations begin with common words, so there only what the tables hold counts.
    """
    if _count(word):
        return 0
    best, best_count = 0, _LEAST_COUNT
    for clitic in plain_clitics(clitics):
        rest = word[len(clitic) :]
        if not word.startswith(clitic) or len(rest) < _SHORTEST_NAME or not (person or known_id(rest)):
            continue
        if _count(rest) > best_count:
            best, best_count = len(clitic), _count(rest)
    return best


def _count(word: str) -> int:
    """How often the word is a name; one with its article counts as without."""
    key = word_key(word)
    bare = without_article(key)
    counts = name_counts()
    known = 20 if known_id(word) else 0
    return max(counts.get(key, 0), counts.get(bare, 0), known)
