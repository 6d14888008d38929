"""Differences in whether a thing is said to be so: what one telling denies and the other says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from khabar.compare.told import Told, differ
from khabar.compare.words import is_function
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.model.story import Coverage, Difference, DifferenceKind

# So well the words of two tellings must cover each other before a lone negation counts.
_SAME_WORDS_FROM = 0.42
# Words that say yes and words that say no are so far apart that the rest need not cover as well.
_OPPOSED_FROM = 0.3
# In one language a sentence with other negations is looked at around the word alone, if that is this near.
_SURELY_SAID_FROM = 0.6
_AROUND = 4
# Where a telling has no negative word at all, so much says that it says what the other denies: whether both
# are in one language -> how near.
_PLAIN_NEAR = {True: 0.38, False: 0.48}
_PLAIN_COVER = {True: 0.3, False: 0.4}
# "Without" and "un-" belong to a noun more often than to the statement.
_NEGATIONS = frozenset({"not", "no", "never", "neither"})
# Of the words with a denial in them only these turn a statement round: who "stopped" may do so in both.
_DENIALS = frozenset({"denies", "refuses"})
_OPPOSED = (("agrees", frozenset({"denies", "refuses", "opposes"})), ("continues", frozenset({"stops"})))
_YES = frozenset({"agrees", "continues"})
# A name in quotation marks: up to three words with no verb's room.
_TITLED = re.compile(r"[\"“«„]\w+(?:[ \u200c]\w+){1,2}[\"”»“]")
# In one language a denial is shared where the other has one in words as near as this.
_SHARED_FROM = 0.4


def polarity_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """One telling denies what the other says without any denial, or one says yes and the other no.

    Words are not counted against each other: some languages deny twice where others deny once.

    Parts are not compared: the negation may belong to what the other leaves out.
    """
    found = [*_opposed(statement, a, b)]
    if not found:
        found = [*_denied(statement, a, b), *_denied(statement, b, a)]
    yield from found[:1]


def _opposed(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """ "Accepted" against "refused", "goes on" against "is over"."""
    here, there = _polarities(a), _polarities(b)
    needed = _OPPOSED_FROM if a.language == b.language else _SAME_WORDS_FROM
    for yes, no in _OPPOSED:
        for one, other, first, second in ((a, b, here, there), (b, a, there, here)):
            says = [hit for hit in first if hit.row.meaning == yes]
            against = [hit for hit in second if hit.row.meaning in no]
            clean = not _marks(one) and not any(hit.row.meaning == yes for hit in second)
            if says and against and clean and cover(a, b) >= needed:
                sides = ((one, says[0].span), (other, against[0].span))
                yield differ(DifferenceKind.POLARITY, statement, sides, "One says yes, the other no.")


def _denied(statement: str, denying: Told, plain: Told) -> Iterator[Difference]:
    """A negation of one telling whose word the other says, with no negative word near it."""
    if denying.telling.coverage is not Coverage.WHOLE or plain.telling.coverage is not Coverage.WHOLE:
        return
    marks = _marks(plain)
    one_language = denying.language == plain.language
    if marks and not one_language:
        return  # it may deny the same in other words
    for hit in _negations(denying):
        said = _said(denying, hit, plain)
        if said is None:
            continue
        nearness, at = said
        near_mark = any(
            abs(at - n) <= _AROUND for mark in marks for n in [plain.word_at(mark.span)] if n is not None
        )
        if (
            near_mark
            or _is_shared(denying, hit, plain, marks)
            or _denies_beside(plain)
            or not _is_sure(denying, plain, nearness, bool(marks))
        ):
            continue
        sides = ((denying, hit.span), (plain, plain.content))
        reason = "One of the two denies in so many words what the other says."
        yield differ(DifferenceKind.POLARITY, statement, sides, reason)
        return


def _is_shared(denying: Told, hit: Hit, plain: Told, marks: Sequence[Hit]) -> bool:
    """Whether the other telling denies in words like those around this denial, wherever they stand."""
    here = denying.around(hit.span)
    others = [plain.around(mark.span) for mark in marks]
    return here is not None and any(
        there is not None and float(here @ there) >= _SHARED_FROM for there in others
    )


def _denies_beside(told: Told) -> bool:
    """Whether the report denies something in the telling's own sentence outside it, or in the next to it.

    "By talks, not by force" in one report is "by talks. Not by force" in another: neither denies the talks.
    """
    sentences = sorted(told.article.sentences, key=lambda one: one.span)
    own = [n for n, one in enumerate(sentences) if one.span.overlap(told.span)]
    if not own:
        return False
    for one in sentences[max(0, own[0] - 1) : own[-1] + 2]:
        for hit in lexicon(one.language, "negation").find(one.span.of(told.article.text)):
            outside = not told.span.overlap(hit.span.moved(one.span.start))
            if outside and hit.row.meaning in _NEGATIONS:
                return True
    return False


def _is_marked(told: Told, at: int, marks: Sequence[Hit]) -> bool:
    """Whether a negative word stands near that word."""
    places = [told.word_at(hit.span) for hit in marks]
    return any(n is not None and abs(at - n) <= _AROUND for n in places)


def _is_sure(denying: Told, plain: Told, nearness: float, has_marks: bool) -> bool:
    """Whether the two tellings say one thing, so that only the negation differs."""
    if denying.language == plain.language and nearness >= _SURELY_SAID_FROM:
        return cover(denying, plain) >= _OPPOSED_FROM
    if has_marks or denying.among_others or plain.among_others:
        return False
    one_language = denying.language == plain.language
    return nearness >= _PLAIN_NEAR[one_language] and cover(denying, plain) >= _PLAIN_COVER[one_language]


def _said(denying: Told, hit: Hit, plain: Told) -> tuple[float, int] | None:
    """How near the plain telling comes to what is denied, and the number of its word; -1 for all of it."""
    at = denying.word_at(hit.span)
    if at is None:
        return 1.0, -1  # "denied that": what is denied is the whole content
    unit = denying.telling.unit
    beside = range(max(0, at - 1), min(len(unit.words), at + 3))
    denied = [n for n in beside if not is_function(denying, n)]
    if not denied or not len(plain.telling.unit.words):
        return None
    cosines = unit.contexts[denied] @ plain.telling.unit.contexts.T
    word = int(np.unravel_index(int(cosines.argmax()), cosines.shape)[1])
    return float(cosines.max()), word


def _negations(told: Told) -> list[Hit]:
    """Negations and verbs of denial, one a place; "denied that" stands in the words that say who says so."""
    found = [hit for hit in told.hits("negation") if hit.row.meaning in _NEGATIONS]
    found = [hit for hit in found if not _is_other(told, hit)]
    found += [hit for hit in _polarities(told) if hit.row.meaning in _DENIALS]
    hits = {hit.span: hit for hit in found}
    return [hits[span] for span in sorted(hits)]


def _is_other(told: Told, hit: Hit) -> bool:
    """Whether the word is a number here (the Persian "no" is also "nine") or stands in a name."""
    facts = [fact.span for facts in (told.numbers, told.names) for fact in facts]
    return any(span.overlap(hit.span) for span in facts) or _is_quoted_name(told, hit)


def _is_quoted_name(told: Told, hit: Hit) -> bool:
    """Whether the word begins a few words in quotation marks: the hat "La Bomba", written لا in Arabic."""
    return _TITLED.match(told.article.text, max(0, hit.span.start - 1)) is not None


def _polarities(told: Told) -> list[Hit]:
    return [*told.hits("polarity"), *told.frame_hits("polarity")]


def _marks(told: Told) -> list[Hit]:
    """Every word of the clause that denies, lacks, stops or limits."""
    polarity = [hit for hit in told.clause_hits("polarity") if hit.row.meaning not in _YES]
    return [*told.clause_hits("negation"), *polarity]


def cover(a: Told, b: Told) -> float:
    """How well the words of two clauses cover each other, the worse way."""
    one, other = a.telling.unit, b.telling.unit
    cosines = one.vectors @ other.vectors.T
    ways: Sequence[float] = (
        float(cosines.max(axis=1) @ one.weights),
        float(cosines.max(axis=0) @ other.weights),
    )
    return min(ways)
