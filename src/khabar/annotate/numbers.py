"""Quantities in a text: digits of any script, number words, scales and units, as the packs name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from khabar.annotate.number_parts import Part, find_parts
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.model.mentions import NumberMention
from khabar.model.span import Span

_BIG = 1000  # from here on a scale multiplies all that stands before it, below it the word before
_WORD_AND_GAP = re.compile(r"[\s\u200c-]*(?:[^\W\d_]+[\s\u200c]+)?")
_SIGNS = {"%": "percent", "٪": "percent", "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "ruble"}


def find_numbers(text: str, language: str, taken: Iterable[Span] = ()) -> tuple[NumberMention, ...]:
    """The quantities of a sentence in order; what touches a span of `taken` (dates, say) is none.

    A lone "one" is an article in most languages and is left out; so are vague plurals ("thousands of").
    """
    covered = tuple(taken)
    units = lexicon(language, "units").find(text)
    named = [hit.span for hit in units]  # "بالمئة" is a unit, no hundred
    parts = [part for part in find_parts(text, language, covered) if not any(map(part.span.overlap, named))]
    multiples = _multiples(text, language)
    covered += tuple(multiple.span for multiple in multiples)
    mentions = (_mention(text, number, units) for number in _numbers(parts))
    found = [m for m in mentions if m is not None and not any(m.span.overlap(c) for c in covered)]
    return tuple(sorted((*found, *multiples), key=lambda mention: mention.span))


def _multiples(text: str, language: str) -> list[NumberMention]:
    """How many times as much: "twice", "three times", "ضعفي"."""
    hits = lexicon(language, "multiples").find(text)
    return [NumberMention(hit.span, hit.span.of(text), float(hit.row.meaning), "times") for hit in hits]


def _numbers(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts that make one number: "2 million", "twenty-five", "خمسة وعشرين ألفا"; not "two and three"."""
    number: list[Part] = []
    for at, part in enumerate(parts):
        if number and not _continues(number, part, parts[at + 1 :]):
            yield number
            number = []
        if number or part.scale == 0 or part.alone:
            number.append(part)
    if number:
        yield number


def _continues(number: Sequence[Part], part: Part, behind: Sequence[Part]) -> bool:
    last = number[-1]
    if not part.adjacent:
        return False
    if part.scale and not part.joined:
        return part.scale > last.scale or part.alone
    if part.scale and not part.alone:
        return False
    if last.digits:
        return part.value < 1 and not part.digits  # "2 buçuk milyon"
    # "مليون ونصف مليون" is one number, "a million and two million" are two.
    if part.value >= 1 and _repeats_scale(number, behind):
        return False
    return _has_room(last, part, behind)


def _has_room(last: Part, part: Part, behind: Sequence[Part]) -> bool:
    """Whether the value fits into the places that the word before leaves empty."""
    value = part.value
    if behind and behind[0].adjacent and not behind[0].joined and behind[0].scale < _BIG:
        value *= max(behind[0].scale, 1)
    if part.digits:
        scaled = bool(behind) and behind[0].adjacent and behind[0].scale > 0
        return last.scale > value and (scaled or value >= 10)
    if value < 1:
        return True
    # Arabic and Hebrew may put the units first: "خمسة وعشرين". A free "and" between such words is a range.
    if part.joined_by_clitic and last.value < 10 and not last.scale:
        return value % 10 == 0 and 20 <= value <= 90
    # "on yedi" is 17, "ten and seven" are two.
    return value < _room(last) or (last.value == 10 and value < 10 and not part.joined)


def _room(last: Part) -> float:
    if last.scale:
        return last.scale
    if last.value < 20 or last.value % 10:
        return 0
    if last.value < 100:
        return min(last.value, 20)
    return 10.0 ** (len(f"{last.value:.0f}") - 1)


def _repeats_scale(number: Sequence[Part], behind: Sequence[Part]) -> bool:
    """Whether a large scale of this number comes once more: "one thousand and two thousand" are two."""
    used = {part.scale for part in number if part.scale >= _BIG}
    for part in behind:
        if not part.adjacent:
            return False
        if part.scale >= _BIG:
            return part.scale in used
    return False


def _mention(text: str, number: list[Part], units: Sequence[Hit]) -> NumberMention | None:
    value = _total(number)
    span = Span(number[0].span.start, number[-1].span.end)
    unit = _unit(text, span, units, abbreviated=number[-1].scale > 0)
    if value <= 1 and unit is None and not number[0].digits:
        return None
    return NumberMention(span, span.of(text), value, unit)


def _total(number: Sequence[Part]) -> float:
    """The sum of the groups, each multiplied by the scale behind it ("two hundred and five thousand")."""
    total, group, last, big = 0.0, 0.0, 0.0, 0.0
    for part in number:
        if part.scale >= _BIG:
            # "dos mil millones": a larger scale multiplies also what the smaller one made.
            total = (
                (total + group) * part.scale if 0 < big < part.scale else total + (group or 1) * part.scale
            )
            group, last, big = 0.0, 0.0, part.scale
        elif part.scale:
            group, last = group - last + (last or 1) * part.scale, 0.0
        elif part.value < 1 and big and not group and part is number[-1]:
            total += part.value * big  # "مليون ونصف"
        elif part.value >= _BIG and not part.digits:
            total, last, big = total + part.value, 0.0, _room(part)
        else:
            group, last = group + part.value, part.value
    return total + group


def _unit(text: str, number: Span, units: Sequence[Hit], abbreviated: bool) -> str | None:
    """The unit right behind the number, or behind one word ("20 بنفر"), or its sign on either side."""
    for sign in (text[number.end : number.end + 1], text[number.end : number.end + 2].strip()):
        if sign in _SIGNS:
            return _SIGNS[sign]
    before = text[max(0, number.start - 2) : number.start].strip()[-1:]
    if before in _SIGNS:
        return _SIGNS[before]
    # The point of "5 млн. долларов" shortens a word.
    end = number.end + (abbreviated and text.startswith(".", number.end))
    for hit in units:
        if hit.span.start >= end and _WORD_AND_GAP.fullmatch(text[end : hit.span.start]):
            return hit.row.meaning
    return None
