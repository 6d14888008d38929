"""A page while it is being sorted: each line's kind so far, and the pieces cut out of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khabar.extract.lines import Line
from khabar.extract.words import find_words, trim
from khabar.model.article import Boilerplate, BoilerplateKind
from khabar.model.span import Span


@dataclass(slots=True)
class Draft:
    """Lines with their kinds; one without a kind is body. `cuts` are pieces that differ from their line."""

    text: str
    lines: Sequence[Line]
    kinds: list[BoilerplateKind | None] = field(init=False)
    cuts: list[Boilerplate] = field(default_factory=list)
    title: Span | None = None
    title_line: int | None = None

    def __post_init__(self) -> None:
        self.kinds = [None] * len(self.lines)

    def is_open(self, number: int) -> bool:
        """Whether a line may still be body."""
        return self.kinds[number] is None and number != self.title_line

    def open_lines(self) -> list[int]:
        """The numbers of the lines that may still be body."""
        return [number for number in range(len(self.lines)) if self.is_open(number)]

    def running(self) -> list[int]:
        """The numbers of the lines that may be body and are running text."""
        return [number for number in self.open_lines() if self.lines[number].running]

    def zones(self) -> list[int]:
        """For each line the number of its stretch; lines with a kind and the title divide stretches."""
        zones, zone = [], 0
        for number in range(len(self.lines)):
            zone += not self.is_open(number)
            zones.append(zone)
        return zones

    def body(self) -> tuple[Span, ...]:
        """The paragraphs of the body in order."""
        return tuple(span for span, kind in self._pieces() if kind is None)

    def boilerplate(self) -> tuple[Boilerplate, ...]:
        """What is left out, in order."""
        return tuple(Boilerplate(span, kind) for span, kind in self._pieces() if kind is not None)

    def _pieces(self) -> Iterator[tuple[Span, BoilerplateKind | None]]:
        cuts = sorted(self.cuts, key=lambda cut: cut.span)
        place = 0
        for number, line in enumerate(self.lines):
            inside = []
            while place < len(cuts) and cuts[place].span.start < line.span.end:
                inside.append(cuts[place])
                place += 1
            yield from self._pieces_of(number, line, inside)

    def _pieces_of(
        self, number: int, line: Line, cuts: list[Boilerplate]
    ) -> Iterator[tuple[Span, BoilerplateKind | None]]:
        if number == self.title_line and self.title is not None:
            yield from self._around_title(line, self.title)
            return
        own = self.kinds[number]
        pieces: list[tuple[Span, BoilerplateKind | None]] = []
        place = line.span.start
        for cut in cuts:
            pieces += _between(self.text, place, cut.span.start, own)
            pieces.append((cut.span, cut.kind))
            place = cut.span.end
        pieces += _between(self.text, place, line.span.end, own)
        yield from _without_crumbs(self.text, pieces)

    def _around_title(self, line: Line, title: Span) -> Iterator[tuple[Span, BoilerplateKind | None]]:
        for start, end in ((line.span.start, title.start), (title.end, line.span.end)):
            piece = trim(self.text, start, end)
            if piece is not None:
                yield piece, BoilerplateKind.SITE


def _between(
    text: str, start: int, end: int, kind: BoilerplateKind | None
) -> list[tuple[Span, BoilerplateKind | None]]:
    piece = trim(text, start, end)
    return [] if piece is None else [(piece, kind)]


def _without_crumbs(
    text: str, pieces: list[tuple[Span, BoilerplateKind | None]]
) -> Iterator[tuple[Span, BoilerplateKind | None]]:
    """Pieces of one line: a rest without words goes with the piece beside it, equal neighbours become one."""
    if len(pieces) == 1:
        yield pieces[0]
        return
    joined: list[tuple[Span, BoilerplateKind | None]] = []
    for index, (span, kind) in enumerate(pieces):
        if not find_words(text, span.start, span.end):
            kind = pieces[index - 1][1] if index else pieces[index + 1][1]  # noqa: PLW2901
        if joined and joined[-1][1] == kind and kind is not BoilerplateKind.FILE_NAME:
            joined[-1] = (Span(joined[-1][0].start, span.end), kind)
        else:
            joined.append((span, kind))
    yield from joined
