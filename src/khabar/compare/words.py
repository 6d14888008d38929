"""Differences in the words themselves, found by aligning the words of two tellings across languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from khabar.compare.told import Nearness, Side, Told, differ
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.span import Span
from khabar.model.story import Difference, DifferenceKind, Weight

# Mutual partners from here on mean the same; below, they stand in the same place and may say another thing
# (docs/decisions/words.md, with the figures for all three numbers).
_PARTNERS_FROM = 0.45
# Words that are nearer than this by themselves are taken for the same; the decision's table shows that many
# words of one meaning lie below.
_SYNONYMS_FROM = 0.42
# Within one language, on nine constructed pairs, synonyms lay from .55 in their sentences and other words
# up to .60, so there the words by themselves decide; below the second they do not correspond.
_SAME_FROM = 0.6
_FOREIGN_BELOW = 0.5
_ALIKE_FROM = 70  # percent of letters in common, in order
_SHORTEST_LOAN = 3
_LONGEST_WORDS = 4
_MOST_ACROSS = 2
_FRAME_WORDS = 2
_FEWEST_SURE = 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words of two tellings that correspond.

    `pairs` are (word of a, word of b, cosine), mutual best partners only; `loose_a`, `loose_b` the content
    words that have none, in order.
    """

    pairs: tuple[tuple[int, int, float], ...]
    loose_a: tuple[int, ...]
    loose_b: tuple[int, ...]


def align_words(a: Told, b: Told) -> Alignment:
    """The alignment of the words of two tellings.

    Source: mutual nearest neighbours of middle-layer vectors (Jalili Sabet et al. 2020, SimAlign).
    """
    words_a, words_b = _places(a), _places(b)
    if not words_a or not words_b:
        return Alignment((), tuple(words_a), tuple(words_b))
    cosines = a.telling.unit.contexts[words_a] @ b.telling.unit.contexts[words_b].T
    best_b, best_a = cosines.argmax(axis=1), cosines.argmax(axis=0)
    pairs = tuple(
        (words_a[i], words_b[int(j)], float(cosines[i, j])) for i, j in enumerate(best_b) if best_a[j] == i
    )
    taken_a, taken_b = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return Alignment(
        pairs,
        tuple(n for n in words_a if n not in taken_a and not is_function(a, n)),
        tuple(n for n in words_b if n not in taken_b and not is_function(b, n)),
    )


def word_differences(statement: str, a: Told, b: Told, nearness: Nearness) -> Iterator[Difference]:
    """Words that stand in the same place of both tellings and do not correspond.

    What is left of both sides beside a weak pair goes with it: "strong" against "of other powers".
    """
    alignment = align_words(a, b)
    if not _is_sound(alignment):
        return
    one_language = a.language == b.language
    found = [
        (alone, words, cosine, one_language and _is_framed(i, j, alignment))
        for i, j, cosine in alignment.pairs
        if cosine < (_SAME_FROM if one_language else _PARTNERS_FROM) and _is_comparable(a, i, b, j, alignment)
        for words in [(_widen(a, i, alignment.loose_a), _widen(b, j, alignment.loose_b))]
        for alone in [_alone(a, words[0], b, words[1], nearness)]
        if alone < _SYNONYMS_FROM
    ]
    # Across languages every rare word is a weak pair of its own translation: only the weakest are shown.
    for alone, words, cosine, framed in sorted(found)[: None if one_language else _MOST_ACROSS]:
        sides = ((a, words[0]), (b, words[1]))
        yield _word_difference(statement, sides, (cosine, alone), framed)


def _is_comparable(a: Told, i: int, b: Told, j: int, alignment: Alignment) -> bool:
    if is_function(a, i) or is_function(b, j) or is_fact(a, i) or is_fact(b, j):
        return False
    return _is_held(i, j, alignment)


def _is_framed(i: int, j: int, alignment: Alignment) -> bool:
    """Whether right before and right after the pair stand words that are sure partners of each other.

    Then the two words fill one place. Without that a weak pair may only be what two word orders left over.
    """
    near = [
        (m - i, n - j)
        for m, n, cosine in alignment.pairs
        if cosine >= _PARTNERS_FROM and abs(m - i) <= _FRAME_WORDS and abs(n - j) <= _FRAME_WORDS
    ]
    return any(m < 0 and n < 0 for m, n in near) and any(m > 0 and n > 0 for m, n in near)


def _alone(a: Told, here: Span, b: Told, there: Span, nearness: Nearness) -> float:
    """How near the words are by themselves; 1 where they are spelled alike or too many to be the smallest."""
    words = (here.of(a.article.text), there.of(b.article.text))
    if max(len(one.split()) for one in words) > _LONGEST_WORDS or _spelled_alike(*words):
        return 1.0
    return nearness((words[0], a.language), (words[1], b.language))


def _spelled_alike(a: str, b: str) -> bool:
    """Whether a word of one side is nearly a word of the other, as words that languages lend are."""
    return any(
        fuzz.ratio(one, other) >= _ALIKE_FROM
        for one in folded_text(a, Fold.SEARCH).split()
        for other in folded_text(b, Fold.SEARCH).split()
        if min(len(one), len(other)) >= _SHORTEST_LOAN
    )


def _word_difference(
    statement: str, sides: tuple[Side, Side], cosines: tuple[float, float], framed: bool
) -> Difference:
    words = [span.of(told.article.text) for told, span in sides]
    signs = f"inferred: {cosines[0]:.2f} in place, {cosines[1]:.2f} alone"
    pair = f"“{words[0]}” and “{words[1]}”"
    if framed and cosines[0] < _FOREIGN_BELOW:
        reason = f"{pair} stand in the same place and do not correspond ({signs})."
        return differ(DifferenceKind.DETAIL, statement, sides, reason)
    reason = f"{pair} stand in the same place and correspond loosely ({signs})."
    return differ(DifferenceKind.WORDING, statement, sides, reason, Weight.WORDING)


def _is_sound(alignment: Alignment) -> bool:
    """Most words must correspond before the others are held against each other."""
    sure = sum(cosine >= _PARTNERS_FROM for _, _, cosine in alignment.pairs)
    loose = min(len(alignment.loose_a), len(alignment.loose_b))
    return sure >= _FEWEST_SURE and sure * 2 >= len(alignment.pairs) and sure > loose


def _is_held(i: int, j: int, alignment: Alignment) -> bool:
    """A word near on each side must have its sure partner near on the other side."""
    return any(
        abs(i - m) <= 3 and abs(j - n) <= 3
        for m, n, cosine in alignment.pairs
        if (m, n) != (i, j) and cosine >= _PARTNERS_FROM
    )


def _widen(told: Told, at: int, loose: Sequence[int]) -> Span:
    """The word with the loose content words that touch it, function words between them included."""
    first = last = at
    while first - 1 in loose or (first - 2 in loose and is_function(told, first - 1)):
        first -= 1 if first - 1 in loose else 2
    while last + 1 in loose or (last + 2 in loose and is_function(told, last + 1)):
        last += 1 if last + 1 in loose else 2
    words = told.telling.unit.words
    return Span(words[first].start, words[last].end)


def _places(told: Told) -> list[int]:
    """The numbers of the unit's words that lie in the telling."""
    return [n for n, span in enumerate(told.telling.unit.words) if told.content.contains(span)]


def is_function(told: Told, at: int) -> bool:
    """Whether a word of the telling's clause carries no content of its own."""
    span = told.telling.unit.words[at]
    word = span.of(told.article.text)
    hits = lexicon(told.language, "function_words").find(word)
    return len(word) < 2 or any(len(hit.span) == len(word) for hit in hits)


def is_fact(told: Told, at: int) -> bool:
    """Whether a word is of a number, a date, a name or its title: these are compared by what they mean."""
    span = told.telling.unit.words[at]
    facts = [fact.span for facts in (told.numbers, told.dates, told.names) for fact in facts]
    facts += [name.title for name in told.names if name.title is not None]
    return any(fact.overlap(span) for fact in facts)


def is_speech(told: Told, at: int) -> bool:
    """Whether a word is one of saying, or lies in the words for who says so."""
    word = told.telling.unit.words[at]
    speakers = [quote.speaker_span for quote in told.article.quotes if quote.speaker_span is not None]
    hits = [hit.span for table in ("reporting_verbs", "attribution") for hit in told.clause_hits(table)]
    return any(span.overlap(word) for span in (*speakers, *hits))
