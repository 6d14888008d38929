"""How much of one report's wording stands in another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from khabar.model.article import Article
from khabar.model.span import Excerpt, Span
from khabar.trace.passages import Passage, Runs, Wording, find_passages, read_wordings

# Chosen on the examples, the seeds and evaluations/group: docs/decisions/origins.md has the figures.
_COPY_FROM = 0.6
_COPY_OWN_FROM = 0.4  # of the words that are nobody's speech
_FEWEST_OWN = 20  # words outside speech; fewer say nothing by themselves
_ALL_SPEECH_FROM = 0.8  # then so much must be the same
_FEWEST_WORDS = 30  # of the shorter report; a line or two is no report to copy
_RUN_FROM = 15  # words, in one passage
_SPEECH_FROM = 30  # words in all, where the passages are speech that each may have heard
_SHARE_FROM = 0.1  # of the shorter report; in a long one a run or two is no sign of much
_LONG_RUN = 30  # words, which are a sign in a report of any length
_CUT_FROM = 0.95  # of the shorter report's words: it adds none
_CUT_WORDS = 12  # left out between
_SHOWN = 6  # passages; the longest


class Degree(StrEnum):
    """How much two reports share word for word."""

    LITTLE = "little"
    PASSAGES = "passages"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Reuse:
    """What two reports share word for word. `same` of `words` of the shorter one, `own` outside speech.

    `cut` is the report that leaves words out between those that it keeps and adds none of its own.
    """

    degree: Degree
    same: int
    words: int
    own: int
    longest: int
    evidence: tuple[Excerpt, ...]
    cut: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The wordings of a report with their runs, read once for all its pairs."""

    article: Article
    wordings: tuple[tuple[Wording, Runs], ...]

    @property
    def key(self) -> tuple[tuple[str, ...], ...]:
        """What two reports with the very same words share."""
        return tuple(wording.words for wording, _ in self.wordings)


def read_for_reuse(article: Article) -> Reading:
    """The words of a report, prepared for comparison."""
    return Reading(article, tuple((wording, wording.runs()) for wording in read_wordings(article)))


def measure_reuse(one: Reading, other: Reading) -> Reuse:
    """What the two share, in the language in which they share most."""
    found = [
        _compare(one.article, a, other.article, b, places)
        for a, runs in one.wordings
        for b, places in other.wordings
        if not runs.keys().isdisjoint(places)
    ]
    return max(found, key=lambda reuse: reuse.same, default=Reuse(Degree.LITTLE, 0, 0, 0, 0, ()))


def _compare(one: Article, a: Wording, other: Article, b: Wording, places: Runs) -> Reuse:
    passages = find_passages(a, b, places)
    ranges, shorter, others = [p.a for p in passages], a, [p.b for p in passages]
    if len(b.words) < len(a.words):
        ranges, shorter, others = others, b, ranges
    same, longest = sum(p.same for p in passages), max((p.same for p in passages), default=0)
    own = sum(shorter.speech[start:end].count(False) for start, end in ranges)
    all_own = shorter.speech.count(False)
    degree = _degree(same, len(shorter.words), own, all_own, longest)
    cut = shorter.article if same >= _CUT_FROM * len(shorter.words) and _leaves_out(others) else None
    return Reuse(degree, same, len(shorter.words), own, longest, _shown(passages, one, a, other, b), cut)


def _leaves_out(others: Sequence[tuple[int, int]]) -> bool:
    """Whether the longer report has a sentence or so between two places of what both have, in one order."""
    gaps = [after[0] - before[1] for before, after in pairwise(others)]
    return bool(gaps) and min(gaps) >= 0 and sum(gaps) >= _CUT_WORDS


def _degree(same: int, words: int, own: int, all_own: int, longest: int) -> Degree:
    copied = own >= _COPY_OWN_FROM * all_own if all_own >= _FEWEST_OWN else same >= _ALL_SPEECH_FROM * words
    if words >= _FEWEST_WORDS and same >= _COPY_FROM * words and copied:
        return Degree.MOST
    if same < _SHARE_FROM * words and longest < _LONG_RUN:
        return Degree.LITTLE
    outside = longest >= _RUN_FROM and own >= _RUN_FROM
    if outside or (longest >= _RUN_FROM and same >= _SPEECH_FROM):
        return Degree.PASSAGES
    return Degree.LITTLE


def _shown(
    passages: Sequence[Passage], one: Article, a: Wording, other: Article, b: Wording
) -> tuple[Excerpt, ...]:
    """The longest passages in the order of the text, each on both sides."""
    longest = sorted(sorted(passages, key=lambda passage: -passage.same)[:_SHOWN], key=lambda p: p.a)
    pairs = ((_excerpt(one, a, p.a), _excerpt(other, b, p.b)) for p in longest)
    return tuple(excerpt for pair in pairs for excerpt in pair)


def _excerpt(article: Article, wording: Wording, words: tuple[int, int]) -> Excerpt:
    span = Span(wording.spans[words[0]].start, wording.spans[words[1] - 1].end)
    return Excerpt(article.id, span, span.of(article.text))
