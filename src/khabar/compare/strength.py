"""Differences in how surely a thing is said: promised against done, may against is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from khabar.compare.polarity import cover
from khabar.compare.told import Told, differ
from khabar.lang.match import Hit
from khabar.model.story import Difference, DifferenceKind

# How far a telling commits itself: what is, or will be, against what only may be, is promised or said.
_WEAKER = frozenset(
    {"may", "likely", "promised", "hopes", "reported", "alleged", "indicated", "ready", "threatens", "near"}
)
# These are said in so many words in every language; that a report has none of them is more than its grammar.
_SAID_EVERYWHERE = frozenset({"may", "promised", "ready", "hopes"})
_PROMISES = frozenset({"promised", "ready"})
# What is only wanted yet, where the other tells it as done and speaks of no future.
_WANTED = frozenset({"plans", "tries"})
_SAME_WORDS_FROM = 0.55
# "Will probably" is said with either word alone in other languages.
_LOOSE_ACROSS = frozenset({"likely", "reported", "alleged", "indicated", "near", "threatens"})
_FIRM = frozenset({"will", "must", "certain"})
# A word of one report that has a partner this near in the other is said there as well, listed or not.
_HAS_PARTNER_FROM = 0.4
_HAS_PROMISE_FROM = 0.55
_AROUND = 6
# "Could" and "may" are one word in many languages; a condition or a duty is none of the degrees.
_OTHER_DEGREES = frozenset({"can", "if", "should"})
_IN_FRAMES = frozenset({"promised", "hopes", "ready", "plans", "threatens", "urges", "forces"})
# "Urged to" is less than "forced to".
_ASKED, _MADE = "urges", "forces"


def strength_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """One telling commits itself less than the other: promised against will, may against is.

    Across languages both must say how sure they are, or one in a word that every language has and that finds
    no partner in the other: that a report has no such word may be its grammar.
    """
    here, there = _strengths(a), _strengths(b)
    for one, other, first, second in ((a, b, here, there), (b, a, there, here)):
        weaker = _weaker(first, second) or _only_wanted(one, first, other, second)
        if (
            weaker
            and not (_WEAKER | _WANTED) & second.keys()
            and not _OTHER_DEGREES & (first.keys() | second.keys())
        ):
            hit = first[min(weaker)]
            firm = [hit for kind, hit in second.items() if kind in _FIRM | {"plans", _MADE}]
            if _is_sure(one, hit, other, firm):
                yield _difference(statement, one, hit, other, firm)
                return


def _weaker(first: Mapping[str, Hit], second: Mapping[str, Hit]) -> set[str]:
    """What the first says less firmly; an intention is less than "will"."""
    found = set(_WEAKER & first.keys())
    if not found and "plans" in first and "will" in second and "will" not in first:
        found = {"plans"}
    if _ASKED in first and _MADE in second and _MADE not in first:
        found = {_ASKED}
    return found


def _only_wanted(weak: Told, first: Mapping[str, Hit], firm: Told, second: Mapping[str, Hit]) -> set[str]:
    """A plan or an attempt where the other telling has neither, nor any word of the future."""
    if second or any(hit.row.meaning.startswith("future") for hit in firm.clause_hits("tenses")):
        return set()
    if weak.language != firm.language or weak.among_others or firm.among_others:
        return set()
    return set(_WANTED & first.keys()) if cover(weak, firm) >= _SAME_WORDS_FROM else set()


def _is_sure(weak: Told, hit: Hit, firm: Told, firm_hits: Collection[Hit]) -> bool:
    if weak.language == firm.language:
        return not weak.among_others or weak.content.contains(hit.span)
    at = _partner(weak, hit, firm)
    if hit.row.meaning in _LOOSE_ACROSS:
        return False
    if firm_hits:
        places = [firm.word_at(each.span) for each in firm_hits]
        return at is None or any(n is None or abs(n - at[1]) <= _AROUND for n in places)
    return not (weak.among_others or firm.among_others) and _has_no_partner(weak, hit, firm, at)


def _has_no_partner(weak: Told, hit: Hit, firm: Told, at: tuple[float, int] | None) -> bool:
    """Whether the other clause has no word for it; one in the words that say who says so has no vector."""
    degree = hit.row.meaning
    if degree not in _SAID_EVERYWHERE:
        return False
    if at is None or degree in _PROMISES:
        return at is None or at[0] < _HAS_PROMISE_FROM
    return degree == "may" and cover(weak, firm) >= _SAME_WORDS_FROM and at[0] < _HAS_PARTNER_FROM


def _partner(told: Told, hit: Hit, other: Told) -> tuple[float, int] | None:
    """The nearest word of the other clause to the words of a hit; None where the hit has no vector."""
    unit, theirs = told.telling.unit, other.telling.unit
    places = [n for n, word in enumerate(unit.words) if word.overlap(hit.span)]
    if not places or not len(theirs.words):
        return None
    cosines = (unit.contexts[places] @ theirs.contexts.T).max(axis=0)
    return float(cosines.max()), int(cosines.argmax())


def _difference(statement: str, weak: Told, hit: Hit, firm: Told, firm_hits: Collection[Hit]) -> Difference:
    said = next(iter(firm_hits), None)
    words = said.row.meaning if said else "no such word"
    sides = ((weak, hit.span), (firm, said.span if said else firm.content))
    return differ(DifferenceKind.STRENGTH, statement, sides, f"{hit.row.meaning} here, {words} there.")


def _strengths(told: Told) -> dict[str, Hit]:
    """The first word of each degree; a promise or a hope may stand in the words that say who says so."""
    found: dict[str, Hit] = {}
    frames = [hit for hit in told.frame_hits("hedges") if hit.row.meaning in _IN_FRAMES]
    for hit in (*told.hits("hedges"), *frames):
        if hit.row.meaning != "none":
            found.setdefault(hit.row.meaning, hit)
    return found
