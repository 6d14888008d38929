"""The lines of a page: what the cleaner sorts into title, body and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from khabar.extract.words import forms, trim, weigh
from khabar.model.span import Span

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TERMINAL = re.compile(r"[.!?؟…。！？।۔:؛;][»”\"'’)\]\s]*$")
_STOP = re.compile(r"[.…。।۔][»”\"'’)\]\s\u200c-\u200f]*$")
_BULLET = re.compile(r"^[\s\u200e\u200f]*(?:[•·▪◦‣*–—-]\s|\(?[0-9٠-٩۰-۹]{1,3}[.)\-]\s)")
RUNNING_WORDS = 12  # a headline of more words than this is rare; see evaluations/extract
_SENTENCE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, white space at its ends left out. `words` is folded; `weight` is in words."""

    span: Span
    text: str
    words: tuple[str, ...]
    weight: float

    @property
    def stops(self) -> bool:
        """Whether it ends as sentences do and headlines do not."""
        return _STOP.search(self.text) is not None

    @property
    def ends(self) -> bool:
        """Whether it ends in any mark that closes a sentence."""
        return _TERMINAL.search(self.text) is not None

    @property
    def running(self) -> bool:
        """Whether it is running text: long, or a short full sentence."""
        return self.weight >= RUNNING_WORDS or (self.weight >= _SENTENCE_WORDS and self.stops)

    @property
    def bulleted(self) -> bool:
        """Whether it is an item of a list."""
        return _BULLET.search(self.text) is not None


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold more than white space."""
    edges = [0]
    spans: list[Span | None] = []
    for match in _BREAK.finditer(text):
        spans.append(trim(text, edges[-1], match.start()))
        edges.append(match.end())
    spans.append(trim(text, edges[-1], len(text)))
    return lines_at(text, (span for span in spans if span is not None))


def lines_at(text: str, spans: Iterable[Span]) -> tuple[Line, ...]:
    """The lines at those places."""
    return tuple(make_line(text, span) for span in spans)


def make_line(text: str, span: Span) -> Line:
    """The line at a place."""
    shown = span.of(text)
    words = forms(shown)
    return Line(span, shown, words, weigh(words))
