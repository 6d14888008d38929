"""Quantities in a text: digits of any script, number words, scales and units, as the packs name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from khabar.lang.fold import Fold, fold
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.model.mentions import NumberMention
from khabar.model.span import Span

_DIGITS = re.compile(r"(?<![\w.])\d+(?:[.,٬٫/]\d+)*")
# "1,200", "1.200" and "1,200.5" are groups of three; "5.7", "5,7" and the Persian "5/7" are decimals.
_QUANTITY = re.compile(
    r"(?:(?P<groups>[1-9]\d{0,2}(?:[.,٬]\d{3})+)|(?P<whole>\d+))(?:[.,٫/](?P<decimals>\d{1,2}|\d{4,}))?"
)
_GAP = re.compile(r"[\s\u200c-]*")
_WORD_AND_GAP = re.compile(r"[\s\u200c-]*(?:[^\W\d_]+[\s\u200c]+)?")
_DIGITS_LIMIT = 15  # more than a float holds exactly is an identifier, not a quantity
_SIGNS = {"%": "percent", "٪": "percent", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "ruble"}
_JOINER = "+"


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a written number. `scale` multiplies what stands before, `joins` is an "and"."""

    span: Span
    value: float
    scales: bool = False
    digits: bool = False
    joins: bool = False


def find_numbers(text: str, language: str, taken: Iterable[Span] = ()) -> tuple[NumberMention, ...]:
    """The quantities of `text` in order; what touches a span of `taken` (dates, say) is none.

    A lone "one" is an article in most languages and is left out.
    """
    parts = sorted((*_digit_parts(text, language), *_word_parts(text, language)), key=lambda part: part.span)
    units = lexicon(language, "units").find(text)
    covered = tuple(taken)
    mentions = (_mention(text, run, units) for run in _runs(text, parts))
    return tuple(m for m in mentions if m is not None and not any(m.span.overlap(c) for c in covered))


def _digit_parts(text: str, language: str) -> Iterator[_Part]:
    slash = bool(lexicon(language, "decimal_marks").find("/"))
    folded = fold(text, Fold.LIGHT)
    for match in _DIGITS.finditer(folded.text):
        value = _value(match.group(), slash)
        if value is not None:
            yield _Part(folded.to_original(Span(*match.span())), value, digits=True)


def _value(written: str, slash_is_decimal: bool) -> float | None:
    """What the digits say; None for what is no quantity (12/7/2020, 192.168.0.1, a long identifier)."""
    match = _QUANTITY.fullmatch(written)
    if match is None or sum(char.isdigit() for char in written) > _DIGITS_LIMIT:
        return None
    if "/" in written and not slash_is_decimal:
        return None
    whole = re.sub(r"\D", "", match["groups"] or match["whole"])
    return float(f"{whole}.{match['decimals'] or 0}")


def _word_parts(text: str, language: str) -> Iterator[_Part]:
    for hit in lexicon(language, "number_words").find(text):
        meaning = hit.row.meaning
        if meaning == _JOINER:
            yield _Part(hit.span, 0, joins=True)
        else:
            yield _Part(hit.span, float(meaning.removeprefix("*")), scales=meaning.startswith("*"))


def _runs(text: str, parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """Parts that stand together as one number: "2 million", "twenty-five", "خمسة وعشرين ألفا"."""
    run: list[_Part] = []
    for part in parts:
        if run and not _continues(text, run, part):
            yield run
            run = []
        if run or not part.joins:
            run.append(part)
    if run:
        yield run


def _continues(text: str, run: Sequence[_Part], part: _Part) -> bool:
    between = text[run[-1].span.end : part.span.start]
    # A clitic "and" stands before the span of its word, so one letter may lie between.
    if part.span.start < run[-1].span.end or not _GAP.fullmatch(between.rstrip("و")):
        return False
    return part.joins or part.scales or not (part.digits or run[-1].digits)


def _mention(text: str, run: list[_Part], units: Sequence[Hit]) -> NumberMention | None:
    while run[-1].joins:
        run = run[:-1]
    value = _total(run)
    span = Span(run[0].span.start, run[-1].span.end)
    unit = _unit(text, span, units)
    if value is None or (value <= 1 and unit is None and not run[0].digits):
        return None
    return NumberMention(span, span.of(text), value, unit)


def _total(run: Sequence[_Part]) -> float | None:
    """Sum of the groups, each group multiplied by the scale behind it ("two hundred and five thousand")."""
    total, group, seen = 0.0, 0.0, False
    for part in run:
        if part.joins:
            continue
        seen = True
        if not part.scales:
            group += part.value
        elif part.value < 1000:
            group = max(group, 1.0) * part.value
        else:
            total, group = total + max(group, 1.0) * part.value, 0.0
    return total + group if seen else None


def _unit(text: str, number: Span, units: Sequence[Hit]) -> str | None:
    """The unit right behind the number, or behind one word ("20 بنفر"), or its sign on either side."""
    for sign in (text[number.end : number.end + 1], text[number.end : number.end + 2].strip()):
        if sign in _SIGNS:
            return _SIGNS[sign]
    before = text[max(0, number.start - 1) : number.start]
    if before in _SIGNS:
        return _SIGNS[before]
    for hit in units:
        if hit.span.start >= number.end and _WORD_AND_GAP.fullmatch(text[number.end : hit.span.start]):
            return hit.row.meaning
    return None
