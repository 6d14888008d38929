"""Whether a page tells the same in two languages: a translation that stands beside its original."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from khabar.lang.fold import Fold, folded_text
from khabar.model.span import Span

_NUMBER = re.compile(r"\d+")
# Arabic takes about three quarters of the characters of English; a summary takes far less.
_LEAST_LENGTH = 0.4
_LEAST_PARAGRAPHS = 0.5
_LEAST_NUMBERS = 0.5
_SHAPE_TOLERANCE = 0.12


@dataclass(frozen=True, slots=True)
class _Side:
    """All that a page says in one language, wherever on the page it stands."""

    language: str
    lengths: tuple[int, ...]  # of its paragraphs, in order
    numbers: frozenset[str]

    @property
    def length(self) -> int:
        return sum(self.lengths)


def find_translation(
    text: str, body: Sequence[Span], codes: Sequence[str]
) -> tuple[frozenset[str], str] | None:
    """The two languages that tell the same, and why it is thought so; None where the page does not show it.

    Judged by languages and not by blocks, so that a page which alternates paragraph by paragraph counts.
    """
    sizes: Counter[str] = Counter()
    for span, code in zip(body, codes, strict=True):
        sizes[code] += len(span)
    if len(sizes) < 2:
        return None
    first, second = (_side(text, body, codes, code) for code, _ in sizes.most_common(2))
    if not _alike_in_size(first, second) or not (_share_numbers(first, second) or _same_shape(first, second)):
        return None
    return frozenset((first.language, second.language)), _reason(first, second)


def _side(text: str, body: Sequence[Span], codes: Sequence[str], language: str) -> _Side:
    spans = [span for span, code in zip(body, codes, strict=True) if code == language]
    words = folded_text(" ".join(span.of(text) for span in spans), Fold.LIGHT)
    numbers = frozenset(number.lstrip("0") for number in _NUMBER.findall(words))
    return _Side(language, tuple(map(len, spans)), numbers)


def _alike_in_size(first: _Side, second: _Side) -> bool:
    few, many = sorted((len(first.lengths), len(second.lengths)))
    return second.length >= _LEAST_LENGTH * first.length and few >= _LEAST_PARAGRAPHS * many


def _share_numbers(first: _Side, second: _Side) -> bool:
    return bool(first.numbers & second.numbers) and not _numbers_clash(first, second)


def _numbers_clash(first: _Side, second: _Side) -> bool:
    fewer = min(len(first.numbers), len(second.numbers))
    return len(first.numbers & second.numbers) < _LEAST_NUMBERS * fewer


def _same_shape(first: _Side, second: _Side) -> bool:
    """Whether paragraphs are long and short at the same places; said only of texts of some paragraphs."""
    if min(len(first.lengths), len(second.lengths)) < 3 or _numbers_clash(first, second):
        return False
    apart = (abs(a - b) for a, b in zip(_profile(first), _profile(second), strict=True))
    return max(apart) <= _SHAPE_TOLERANCE


def _profile(side: _Side) -> list[float]:
    """Which share of the text is over after each tenth of the paragraphs."""
    ends = [0]
    for length in side.lengths:
        ends.append(ends[-1] + length)
    steps = len(side.lengths)
    return [ends[round(tenth * steps / 10)] / ends[-1] for tenth in range(11)]


def _reason(first: _Side, second: _Side) -> str:
    shared = len(first.numbers & second.numbers)
    numbers, order = f"the same numbers stand in both ({shared})", "long and short paragraphs alternate alike"
    like = numbers if shared else order
    return (
        f"{first.language} and {second.language} stand side by side at comparable length "
        f"({first.length} and {second.length} characters in {len(first.lengths)} and "
        f"{len(second.lengths)} paragraphs), and {like}: one report in two languages"
    )
