"""The pieces that written numbers are made of: digits, number words and scales, and how each is joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from khabar.annotate.digits import find_digits
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.lang.schema import Row
from khabar.model.span import Span

_GAP = re.compile(r"[^\S\n]*-?[^\S\n]*")
_JOINER, _NO_NUMBER = "+", "-"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a written number: a value, or with `scale` a word that multiplies what stands before.

    `adjacent` says that only a gap or an "and" lies between this part and the one before. A scale that is
    `alone` is also a number of its own ("mille"); others are vague without one ("thousands").
    """

    span: Span
    value: float
    scale: float = 0
    alone: bool = False
    digits: bool = False
    adjacent: bool = False
    joined: bool = False
    joined_by_clitic: bool = False


def find_parts(text: str, language: str, taken: Sequence[Span]) -> list[Part]:
    """The parts of `text` in order; digits in a span of `taken` are none."""
    digits = (Part(span, value, digits=True) for span, value in find_digits(text, language, taken))
    parts = sorted((*digits, *_word_parts(text, language)), key=lambda part: part.span)
    joiners = _joiners(language)
    linked: list[Part] = []
    for part in parts:
        if not linked:
            linked.append(part)
        elif part.span.start >= linked[-1].span.end:
            linked.append(_link(text, linked[-1], part, joiners))
    return linked


def _link(text: str, before: Part, part: Part, joiners: frozenset[str]) -> Part:
    between = folded_text(text[before.span.end : part.span.start], Fold.LEXICON)
    joiner = between.strip(" -")
    if "\n" in between or not (joiner in joiners or _GAP.fullmatch(between)):
        return part
    clitic = bool(joiner) and between[-1:] not in " -"
    return replace(part, adjacent=True, joined=bool(joiner), joined_by_clitic=clitic)


@cache
def _joiners(language: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("number_words")
    return frozenset(folded_text(row.form, Fold.LEXICON) for row in rows if row.meaning == _JOINER)


def _word_parts(text: str, language: str) -> Iterator[Part]:
    meanings: dict[Span, list[Row]] = defaultdict(list)
    for hit in lexicon(language, "number_words").find(text):
        if hit.row.meaning not in (_JOINER, _NO_NUMBER):
            meanings[hit.span].append(hit.row)
    for span, rows in meanings.items():
        values = [float(row.meaning) for row in rows if not row.meaning.startswith("*")]
        scales = [float(row.meaning[1:]) for row in rows if row.meaning.startswith("*")]
        yield Part(span, [*values, *scales][0], max(scales, default=0), alone=bool(values))
