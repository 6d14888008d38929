"""Known names that are common words or other names as well, and what kind of outlet a word says one is."""

from __future__ import annotations

from functools import cache

from khabar.annotate.names.gazetteer import kind_of, known_id, name_key, word_key
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.lang.schema import Row
from khabar.model.mentions import NameKind
from khabar.model.span import Span

_MARKS = " \u00a0\"'«“‘("


def is_common(word: str, language: str) -> bool:
    """Whether a known name is mostly another word of the language: قطر a diameter, Reading what one does."""
    return word_key(word) in _common(language)


def is_common_word(word: str, language: str) -> bool:
    """Whether a name of one word is a word of the language as well; names of two places do not count."""
    return word_key(word) in _common_words(language)


@cache
def _common_words(language: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("common_names")
    keys = (name_key(row.form) for row in rows if row.meaning.startswith("word:"))
    return frozenset(key[0] for key in keys if len(key) == 1)


@cache
def _common(language: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("common_names")
    keys = (name_key(row.form) for row in rows)
    return frozenset(key[0] for key in keys if len(key) == 1)


def common_places(text: str, language: str) -> list[Span]:
    """Where the words beside a known name show that it is the common word: after dinner."""
    hits = lexicon(language, "common_names").find(text)
    return [hit.span for hit in hits if len(name_key(hit.row.form)) > 1]


def outlet_words(text: str, language: str) -> list[Span]:
    """Where a text has words that say that something is an outlet: newspaper, news agency."""
    return [
        hit.span for hit in lexicon(language, "source_words").find(text) if _says_outlet(hit.row, language)
    ]


def _says_outlet(row: Row, language: str) -> bool:
    """Whether a word stands for outlets alone; there are agencies of many kinds."""
    any_kind = len(name_key(row.form)) == 1 and is_common(row.form, language)
    return row.meaning == "outlet" or (row.meaning == "agency" and not any_kind)


def kind_in_context(kind: NameKind, span: Span, text: str, words: list[Span]) -> NameKind:
    """The kind of a name, an organisation being an outlet where the tables or a word of its own say so."""
    if kind is not NameKind.ORGANISATION:
        return kind
    known = known_id(span.of(text))
    if known:
        return kind_of(known)
    beside = any(
        span.contains(word) or (word.end <= span.start and not text[word.end : span.start].strip(_MARKS))
        for word in words
    )
    return NameKind.OUTLET if beside else kind
