"""Numbers of a telling with what makes them comparable: unit, how they are meant, and what they count."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.compare.told import Told
from khabar.lang.match import Hit
from khabar.model.mentions import NumberMention
from khabar.model.span import Span

_WORD = re.compile(r"\w+(?:[\u200c'’]\w+)*")
# A role is looked for so many words from its number: "شمار جان‌باختگان این حادثه را ۱۴ نفر".
_ROLE_WITHIN = 5
_QUALIFIER_WITHIN = 1
_PERSONS, _ANYBODY = "persons", "person"
_COUNTED = frozenset({None, "person", "child", "soldier", "family"})
# Converted figures are rounded by whoever converts: 40 miles are "65 km".
_ROUNDED = 0.06
# How far above "more than N" a number may be that it still rounds; "more than 3,000" for 3,400.
_SLACK = 0.25
_ABOUT = 0.1
FLOOR, CEILING, NEAR = "at least", "at most", "about"
# "40 at least" is a bound; "40 over ..." goes on with something else.
_MAY_FOLLOW = frozenset({"at_least", "about", "at_most"})
_CLASSES = {
    "at_least": FLOOR,
    "more_than": FLOOR,
    "at_most": CEILING,
    "less_than": CEILING,
    "about": NEAR,
    "almost": NEAR,
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its qualifier ("at least"; `qualifier_span` where it stands) and what it counts.

    `ranges_to`: it is the lower end of a range whose upper end is the next number.
    """

    mention: NumberMention
    qualifier: str = ""
    qualifier_span: Span | None = None
    role: str = ""
    ranges_to: bool = False

    @property
    def dimension(self) -> str | None:
        """What its unit measures; the unit itself where nothing is known to convert it; None without one."""
        unit = self.mention.unit
        return None if unit is None else measures().get(unit, (unit, 1.0))[0]

    @property
    def amount(self) -> float:
        """The value in the base unit of its dimension."""
        return self.mention.value * measures().get(self.mention.unit or "", ("", 1.0))[1]


@cache
def measures() -> Mapping[str, tuple[str, float]]:
    """Dimension and factor of each unit that converts."""
    text = files("khabar.compare").joinpath("measures.tsv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), delimiter="\t"))[1:]
    return {row[0]: (row[1], float(row[2])) for row in rows}


def quantities(told: Told) -> list[Quantity]:
    """The numbers of a telling in order, shares among them, those of a range with one unit."""
    shares = _shares(told)
    whole = [one for one in told.numbers if not any(share.span.contains(one.span) for share in shares)]
    numbers = _with_units_of_ranges(told, sorted((*whole, *shares), key=lambda one: one.span))
    roles = _roles(told, numbers)
    qualifiers = told.clause_hits("number_qualifiers")
    found = []
    for n, number in enumerate(numbers):
        hit = _qualifier(told, number.span, qualifiers)
        meaning = _CLASSES.get(hit.row.meaning, "") if hit else ""
        ranges = n + 1 < len(numbers) and _is_range(told.article.text, number, numbers[n + 1])
        found.append(Quantity(number, meaning, hit.span if hit else None, roles.get(n, ""), ranges))
    return found


def count_others(one: Quantity, other: Quantity) -> bool:
    """Whether one counts persons at large and the other only a kind of them: "people", "children"."""
    units = {one.mention.unit, other.mention.unit}
    return one.dimension == other.dimension == _PERSONS and _ANYBODY in units and len(units) == 2


def bounds_said(told: Told) -> set[str]:
    """What the words of the clause say of bounds anywhere: "the number of visitors exceeded a million"."""
    return {_CLASSES[hit.row.meaning] for hit in told.clause_hits("number_qualifiers")}


def _shares(told: Told) -> list[NumberMention]:
    """ "Half of", "a third of" in percent; a number in these words ("two thirds") is none of its own."""
    text, numbers = told.article.text, [number.span for number in told.numbers]
    return [
        NumberMention(hit.span, hit.span.of(text), float(hit.row.meaning), "percent")
        for hit in told.hits("fractions")
        if not any(hit.span.overlap(span) and not hit.span.contains(span) for span in numbers)
    ]


def are_equal(one: Quantity, other: Quantity) -> bool:
    """Whether both are one value, in units that convert too."""
    if one.mention.unit == other.mention.unit or None in (one.mention.unit, other.mention.unit):
        return one.mention.value == other.mention.value
    return abs(one.amount - other.amount) <= _ROUNDED * max(one.amount, other.amount)


def agree_loosely(one: Quantity, other: Quantity) -> bool:
    """Whether one rounds the other: "more than 3,000" and 3,400, "about 60" and 58, 3,412 and 3,400."""
    low, high = sorted((one.amount, other.amount))
    if low <= 0:
        return False
    lower = one if one.amount == low else other
    upper = other if lower is one else one
    if lower.qualifier == FLOOR or upper.qualifier == CEILING:
        bound, exact = (lower, upper) if lower.qualifier == FLOOR else (upper, lower)
        # "At least 23" does not round 25, and two bounds are two counts: these are two tolls.
        return exact.qualifier != bound.qualifier and _is_rounder(bound, exact) and high <= low * (1 + _SLACK)
    if NEAR in (one.qualifier, other.qualifier):
        return high <= low * (1 + _ABOUT)
    return _is_rounded(one.mention.value, other.mention.value)


def may_compare(one: Quantity, other: Quantity) -> bool:
    """Whether both can count one thing: no two dimensions, no two roles."""
    if one.role and other.role and one.role != other.role:
        return False
    if "times" in (one.mention.unit, other.mention.unit):
        return one.mention.unit == other.mention.unit
    return None in (one.dimension, other.dimension) or one.dimension == other.dimension


def _is_rounder(one: Quantity, other: Quantity) -> bool:
    """Whether the one ends in zeros and has fewer other digits: 3,000 beside 3,400."""
    digits = [
        f"{each.mention.value:g}" if each.mention.value % 1 else str(int(each.mention.value))
        for each in (one, other)
    ]
    plain = [each.rstrip("0") for each in digits]
    return plain[0] != digits[0] and len(plain[0]) <= len(plain[1])


def _is_rounded(a: float, b: float) -> bool:
    """Whether the one with more zeros at its end is the other, rounded to at least two digits."""
    low, high = sorted((a, b))
    if low < 100 or low != int(low) or high != int(high):
        return False
    for rounded, exact in ((a, b), (b, a)):
        digits = len(str(int(rounded)).rstrip("0"))
        if digits >= 2 and digits < len(str(int(rounded))):
            unit = 10 ** (len(str(int(rounded))) - digits)
            if round(exact / unit) * unit == rounded:
                return True
    return False


def _with_units_of_ranges(told: Told, numbers: list[NumberMention]) -> list[NumberMention]:
    """The numbers; the first of "10 to 12 km" gets the unit of the second."""
    text = told.article.text
    for n in range(len(numbers) - 1):
        one, other = numbers[n], numbers[n + 1]
        if one.unit is None and other.unit and _stand_together(text, one, other):
            numbers[n] = NumberMention(one.span, one.text, one.value, other.unit)
    return numbers


def _is_range(text: str, one: NumberMention, other: NumberMention) -> bool:
    return one.unit == other.unit and one.value < other.value and _stand_together(text, one, other)


def _stand_together(text: str, one: NumberMention, other: NumberMention) -> bool:
    between = text[one.span.end : other.span.start]
    return len(_WORD.findall(between)) <= 1 and len(between) <= 6


def _roles(told: Told, numbers: Sequence[NumberMention]) -> dict[int, str]:
    """What each number counts: the nearest word that says so, each word once."""
    hits = told.clause_hits("number_roles")
    pairs = sorted(
        (_distance(told.article.text, number.span, hit.span), n, m)
        for n, number in enumerate(numbers)
        if number.unit in _COUNTED
        for m, hit in enumerate(hits)
    )
    roles: dict[int, str] = {}
    used: set[int] = set()
    for distance, n, m in pairs:
        if distance <= _ROLE_WITHIN and n not in roles and m not in used:
            roles[n] = hits[m].row.meaning
            used.add(m)
    return roles


def _distance(text: str, one: Span, other: Span) -> int:
    first, second = sorted((one, other))
    return len(_WORD.findall(text[first.end : second.start])) if first.end <= second.start else 0


def _qualifier(told: Told, number: Span, hits: Iterable[Hit]) -> Hit | None:
    """The qualifier right before the number, or right behind its unit."""
    text = told.article.text
    near = [
        (not before, distance, n, hit)
        for n, hit in enumerate(hits)
        for before in [hit.span.end <= number.start]
        for distance in [_distance(text, number, hit.span)]
        if distance <= _QUALIFIER_WITHIN and not _breaks(text, number, hit.span)
        if before or hit.row.meaning in _MAY_FOLLOW
    ]
    return min(near)[3] if near else None


def _breaks(text: str, one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return any(mark in text[first.end : second.start] for mark in ",،;؛.:")
