"""What the tagger sees of each word: its vectors, and cheap facts about its letters."""

from __future__ import annotations

import math

import numpy as np

from khabar.annotate.names.gazetteer import Known, find_known, name_counts, word_key
from khabar.annotate.names.tokens import Token
from khabar.encode.types import Vectors

# One-letter words that Arabic writes onto the next word; only a feature here, whatever the language.
_CLITICS = ("و", "ف", "ب", "ل", "ك")
CHEAP = 18
_CASE, _CAPITAL, _SHOUTED, _START, _NUMBER, _MARK, _ABJAD, _AL = range(8)
_COUNT, _COUNT_BARE, _COUNTRY, _CITY, _ORGANISATION, _INSIDE, _QUOTED, _SHORT = range(8, 16)
_COUNT_NEXT, _CAPITAL_NEXT = 16, 17


def build_features(tokens: list[Token], middle: Vectors, top: Vectors) -> Vectors:
    """The tagger's input. Shapes: float32[n_tokens, 2 * dim + CHEAP]"""
    return np.concatenate([middle, top, cheap_features(tokens)], axis=1)


def cheap_features(tokens: list[Token]) -> Vectors:
    """Letters, capitals and gazetteers. Shapes: float32[n_tokens, CHEAP]"""
    rows = np.zeros((len(tokens), CHEAP), np.float32)
    for at, token in enumerate(tokens):
        _describe(token, rows[at])
    _mark_starts(tokens, rows)
    for known in find_known(tokens, _CLITICS):
        _mark_known(known, rows)
    if len(tokens) > 1:
        rows[:-1, _COUNT_NEXT] = rows[1:, _COUNT]
        rows[:-1, _CAPITAL_NEXT] = rows[1:, _CAPITAL]
    return rows


def _describe(token: Token, row: Vectors) -> None:
    text = token.text
    if not token.is_word:
        row[_NUMBER if text[0].isdigit() else _MARK] = 1
        return
    row[_CASE] = text.lower() != text.upper()
    row[_CAPITAL] = row[_CASE] and not text[0].islower()
    row[_SHOUTED] = row[_CASE] and len(text) > 1 and text.isupper()
    row[_SHORT] = len(text) <= 2
    if not row[_CASE]:
        _describe_abjad(text, row)


def _describe_abjad(text: str, row: Vectors) -> None:
    key = word_key(text)
    row[_ABJAD] = 1
    row[_AL] = key.startswith("ال") and len(key) > 4
    row[_COUNT] = _rarity(key)
    row[_COUNT_BARE] = max(
        (_rarity(key[len(c) :]) for c in (*_CLITICS, "ال") if key.startswith(c)), default=0
    )


def _rarity(key: str) -> float:
    return math.log1p(name_counts().get(key, 0)) / 4


def _mark_starts(tokens: list[Token], rows: Vectors) -> None:
    """Capitals say little where a sentence or a quotation begins."""
    for at, token in enumerate(tokens):
        fresh = at == 0 or tokens[at - 1].text in ".!?:"
        rows[at, _START] = fresh and token.is_word
        rows[at, _QUOTED] = at > 0 and tokens[at - 1].text in "\"'«“‘("


def _mark_known(known: Known, rows: Vectors) -> None:
    kind = known.id.partition(":")[0]
    if kind == "law":
        return  # the corpora tag none
    column = {"country": _COUNTRY, "region": _COUNTRY, "city": _CITY}.get(kind, _ORGANISATION)
    rows[known.first : known.last, column] = 1
    rows[known.first + 1 : known.last, _INSIDE] = 1
