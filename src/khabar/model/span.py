"""Places in an article's unaltered text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, `text[start:end]`, in the unaltered text of one article."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise AssertionError(f"a span needs 0 <= start <= end, not {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """How many code points both share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def moved(self, by: int) -> Span:
        """The span `by` code points further on: from the text of a sentence to that of its article."""
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str, edge: str | None = None) -> Span:
        """The span without white space, or the characters of `edge`, at its ends; empty if that is all."""
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip(edge))
        return Span(start, start + len(words.strip(edge)))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span together with the article it lies in and its words: what a finding points at."""

    article: str
    span: Span
    text: str
