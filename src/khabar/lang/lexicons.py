"""Lexicons of the packs that ship with khabar, built once each."""

from __future__ import annotations

from functools import cache

from khabar.lang.loader import load_languages
from khabar.lang.match import Lexicon


@cache
def lexicon(language: str, *tables: str) -> Lexicon:
    """The forms of those tables of one language, with its clitics; a language without them finds nothing."""
    return Lexicon.of(load_languages().pack(language), *tables)


@cache
def has_words(language: str, table: str) -> bool:
    """Whether a language has that table: where it has none, a word that is not found may well be there."""
    return bool(load_languages().pack(language).rows(table))
