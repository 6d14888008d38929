"""Names of peoples and the adjectives of countries: "the Syrians" are nobody in particular."""

from __future__ import annotations

from functools import cache

from khabar.annotate.names.gazetteer import without_article, word_key
from khabar.lang.loader import load_languages


def is_people(text: str, language: str) -> bool:
    """Whether a name is only a people's, and no country is written the same way."""
    key = _key(text)
    return key in _forms(language, "people") and key not in _forms(language, "country")


def may_be_people(text: str, language: str) -> bool:
    """Whether a word is a people's, whatever else it may be: سورية is a country and "Syrian"."""
    return _key(text) in _forms(language, "people")


@cache
def _forms(language: str, kind: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("places_words")
    return frozenset(_key(row.form) for row in rows if row.meaning.startswith(f"{kind}:"))


def _key(text: str) -> str:
    return without_article(word_key(text))
