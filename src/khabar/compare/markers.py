"""Differences in whether a thing is said to be so, and how surely: polarity and strength."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from khabar.compare.told import Told, differ
from khabar.compare.words import is_function
from khabar.lang.match import Hit
from khabar.model.span import Span
from khabar.model.story import Coverage, Difference, DifferenceKind

# How far a telling commits itself: what is, or will be, against what only may be, is promised or said.
_WEAKER = frozenset({"may", "likely", "promised", "hopes", "reported", "alleged"})
# So well the words of two tellings must cover each other before a lone negation counts.
_SAME_WORDS_FROM = 0.42
# What is denied must itself be said by the other, in words this near: else it is denied there in the
# meaning of another word ("failed to come", "did not come"); see docs/decisions/controls.md.
_DENIED_WORD_FROM = 0.5
# "Without" and "un-" belong to a noun more often than to the statement.
_NEGATIONS = frozenset({"not", "no", "never", "neither"})
# Of the words with a denial in them only these turn a statement round: who "stopped" may do so in both.
_DENIALS = frozenset({"denies", "refuses"})


def polarity_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """One telling denies in so many words what the other says without any denial.

    Words are not counted against each other: some languages deny twice where others deny once.

    Parts are not compared: the negation may belong to what the other leaves out.
    """
    here, there = _negations(a), _negations(b)
    if bool(here) == bool(there) or not _same_words(a, b):
        return
    if not (_says_denied(a, here[0], b) if here else _says_denied(b, there[0], a)):
        return
    sides = ((a, here[0].span if here else a.content), (b, there[0].span if there else b.content))
    reason = "One of the two denies in so many words what the other says."
    yield differ(DifferenceKind.POLARITY, statement, sides, reason)


def strength_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """One telling commits itself less than the other: promised against will, may against is.

    Across languages both must say how sure they are: that one has no such word may be its grammar.
    """
    here, there = _strengths(a), _strengths(b)
    weaker_here, weaker_there = here.keys() & _WEAKER, there.keys() & _WEAKER
    if weaker_here == weaker_there or (weaker_here and weaker_there):
        return
    if a.language != b.language and not (here and there):
        return
    if "can" in here or "can" in there:
        return  # "could" and "may" are one word in many languages
    reason = f"{_kinds(weaker_here or here.keys())} here, {_kinds(weaker_there or there.keys())} there."
    sides = ((a, _span(a, here, weaker_here)), (b, _span(b, there, weaker_there)))
    yield differ(DifferenceKind.STRENGTH, statement, sides, reason)


def _says_denied(denying: Told, hit: Hit, plain: Told) -> bool:
    """Whether the plain telling says one of the words beside the negation."""
    unit = denying.telling.unit
    at = [n for n, word in enumerate(unit.words) if word.overlap(hit.span)]
    if not at:
        return True  # "denied that": what is denied is the whole content
    beside = range(max(0, at[0] - 1), min(len(unit.words), at[-1] + 3))
    denied = [n for n in beside if not is_function(denying, n)]
    if not denied:
        return False
    cosines = unit.contexts[denied] @ plain.telling.unit.contexts.T
    return bool(cosines.max() >= _DENIED_WORD_FROM)


def _negations(told: Told) -> list[Hit]:
    """Negations and verbs of denial, one a place; "denied that" stands in the words that say who says so."""
    found = [hit for hit in told.hits("negation") if hit.row.meaning in _NEGATIONS]
    denials = [*told.hits("polarity"), *told.frame_hits("polarity")]
    found += [hit for hit in denials if hit.row.meaning in _DENIALS]
    hits = {hit.span: hit for hit in found}
    return [hits[span] for span in sorted(hits)]


def _strengths(told: Told) -> dict[str, Hit]:
    found: dict[str, Hit] = {}
    for hit in told.hits("hedges"):
        if hit.row.meaning != "none":
            found.setdefault(hit.row.meaning, hit)
    return found


def _span(told: Told, hits: Mapping[str, Hit], wanted: Set[str]) -> Span:
    """The words that set the strength; the content where none does."""
    chosen = [hit for kind, hit in hits.items() if kind in wanted] or list(hits.values())
    return chosen[0].span if chosen else told.content


def _kinds(kinds: Set[str]) -> str:
    return ", ".join(kind.replace("_", " ") for kind in sorted(kinds)) or "no such word"


def _same_words(a: Told, b: Told) -> bool:
    """Both say the whole statement, in words that cover each other: then only the negation differs."""
    if not a.telling.coverage is b.telling.coverage is Coverage.WHOLE or a.among_others or b.among_others:
        return False
    one, other = a.telling.unit, b.telling.unit
    cosines = one.vectors @ other.vectors.T
    forward, backward = cosines.max(axis=1) @ one.weights, cosines.max(axis=0) @ other.weights
    return bool(min(forward, backward) >= _SAME_WORDS_FROM)
