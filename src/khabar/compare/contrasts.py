"""Differences between words that are opposites: "southern" and "northern", "serious" and "slight"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.compare.polarity import cover
from khabar.compare.told import Told, differ
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.model.story import Difference, DifferenceKind

# So well the clauses must cover each other, in one language and across two.
_COVER_ONE, _COVER_ACROSS = 0.3, 0.4
# The words around the two opposites must be those of one place.
_SAME_PLACE_FROM = 0.3
# Who is for or against a thing says yes or no to it.
_POLAR = "support"
_NEGATIONS = frozenset({"not", "no", "never", "neither"})


def contrast_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Words of one axis of which each telling has only one pole, and the two are not the same.

    Where one telling denies and the other does not, the opposites may say one thing.
    """
    here, there = _poles(a), _poles(b)
    shared = sorted(here.keys() & there.keys())
    if not shared or _denies(a) != _denies(b):
        return
    if cover(a, b) < (_COVER_ONE if a.language == b.language else _COVER_ACROSS):
        return
    for axis in shared:
        one, other = here[axis], there[axis]
        if not one.keys() & other.keys() and len(one) == len(other) == 1:
            yield from _difference(
                statement, axis, (a, next(iter(one.values()))), (b, next(iter(other.values())))
            )


def _difference(
    statement: str, axis: str, one: tuple[Told, Hit], other: tuple[Told, Hit]
) -> Iterator[Difference]:
    (a, hit), (b, against) = one, other
    here, there = a.around(hit.span), b.around(against.span)
    if here is None or there is None or float(here @ there) < _SAME_PLACE_FROM:
        return
    words = [each.row.meaning.partition(":")[2].replace("_", " ") for each in (hit, against)]
    kind = DifferenceKind.POLARITY if axis == _POLAR else DifferenceKind.DETAIL
    sides = ((a, hit.span), (b, against.span))
    yield differ(kind, statement, sides, f"Opposites: {words[0]} here, {words[1]} there.")


def _in_known_place(told: Told, hit: Hit) -> bool:
    """Whether the word is of a name that the tables know: "North Korea"."""
    names = [name for name in told.names if name.span.overlap(hit.span)]
    return any(lexicon(told.language, "places_words").find(name.text) for name in names)


def _denies(told: Told) -> bool:
    return any(hit.row.meaning in _NEGATIONS for hit in told.clause_hits("negation"))


def _poles(told: Told) -> dict[str, dict[str, Hit]]:
    """By axis, the first word of each pole; words of a name are none."""
    found: dict[str, dict[str, Hit]] = {}
    for hit in told.clause_hits("contrasts"):
        axis, _, pole = hit.row.meaning.partition(":")
        if pole and not _in_known_place(told, hit):
            found.setdefault(axis, {}).setdefault(pole, hit)
    return found
