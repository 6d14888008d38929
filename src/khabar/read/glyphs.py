"""Glyphs with their places on a page to lines of text in reading order.

Programs write right-to-left words into a PDF as they stand on the paper, from left to right, often as
presentation forms, and the zero-width non-joiner as a blank of no width. Here each line is put back into the
order in which it is read and written. Source: docs/decisions/pdf.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

ZWNJ = "\u200c"
_SAME_LINE = 0.5  # em between the base lines of one line: raised figures are higher by a third
_BLANK = 0.08  # em between two letters from which on a written blank is one
_UNWRITTEN_BLANK = 0.22  # em from which on there is a blank that nobody wrote
_BORDER = 0.1  # em around the edge of a letter
_STEP = 1.35  # times the usual distance of lines from which on a paragraph ends
_ENDS = ".!?؟۔:…»”\"'"
_NUMBER_JOINS = ".,:/٫٬،'’"
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufeff\ufb1d-\ufb4f\ufb00-\ufb06]+")


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is drawn at a place. Units: points, from the lower left corner of the page."""

    text: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def middle(self) -> float:
        """The middle between left and right."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line in reading order, and the box it fills; `first` is the width of its first word."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    rtl: bool
    first: float


def text_of_pages(pages: Iterable[Sequence[Glyph]]) -> str:
    """The text of a document, a paragraph a line."""
    paragraphs: list[str] = []
    last: Line | None = None
    edges = (0.0, 0.0)
    for glyphs in pages:
        lines = lines_of(glyphs)
        steps = _usual_steps(lines)
        for line in lines:
            if last is not None and _goes_on(last, line, steps, edges):
                joined = paragraphs[-1] + ("" if paragraphs[-1].endswith("-") else " ") + line.text
                paragraphs[-1] = joined
            else:
                paragraphs.append(line.text)
            last, edges = line, _edges(lines, line)
    return "\n".join(paragraphs)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page in the order in which they were drawn."""
    glyphs = [replace(glyph, text=_plain(glyph.text)) for glyph in glyphs if glyph.text]
    rows = list(_rows(glyphs))
    page_rtl = _is_rtl("".join(glyph.text for glyph in glyphs))
    lines: list[Line] = []
    for row in rows:
        line = _line(row, page_rtl, lines[-1] if lines else None)
        lines += [line] if line.text.strip() else []
    return lines


def _plain(text: str) -> str:
    """Letters instead of the forms that they take inside words; other characters stay."""
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in glyphs:
        if row and abs(glyph.base - row[0].base) > _SAME_LINE * max(row[0].size, glyph.size, 1):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _side(char: str) -> str:
    """R for letters written to the left, L to the right, N for digits, empty for what has no side."""
    kind = unicodedata.bidirectional(char)
    return {"R": "R", "AL": "R", "L": "L", "EN": "N", "AN": "N"}.get(kind, "")


def _is_rtl(text: str) -> bool:
    sides = [_side(char) for char in text]
    return sides.count("R") > sides.count("L")


def _line(row: list[Glyph], page_rtl: bool, before: Line | None) -> Line:
    text = "".join(glyph.text for glyph in row)
    has_rtl = any(_side(char) == "R" for char in text)
    rtl = _is_rtl(text) or (page_rtl and (has_rtl or _is_under(row, before)))
    placed = _with_blanks(sorted(_marks_bound(row), key=lambda glyph: glyph.middle))
    ordered = _right_to_left(placed) if rtl else _left_to_right(placed)
    inked = [glyph for glyph in ordered if glyph.text.strip()] or ordered
    end = next((n for n, glyph in enumerate(ordered) if glyph.text.isspace() and n), len(ordered))
    return Line(
        "".join(glyph.text for glyph in ordered).strip(),
        min(glyph.x0 for glyph in inked),
        max(glyph.x1 for glyph in inked),
        row[0].base,
        median(glyph.size for glyph in row),
        rtl,
        sum(glyph.x1 - glyph.x0 for glyph in ordered[:end]),
    )


def _is_under(row: list[Glyph], before: Line | None) -> bool:
    """Whether a line of Latin words alone ends at the right, where the line above does."""
    right = max(glyph.x1 for glyph in row)
    return before is not None and before.rtl and abs(before.x1 - right) < row[0].size


def _marks_bound(row: list[Glyph]) -> list[Glyph]:
    """The glyphs with each vowel sign bound to the letter that it stands over or under."""
    bound = {place: glyph for place, glyph in enumerate(row) if not _is_mark(glyph)}
    letters = [place for place, glyph in bound.items() if glyph.text.strip()]
    for place, mark in enumerate(row):
        if not _is_mark(mark):
            continue
        if not letters:
            bound[place] = mark
            continue
        owner = _owner(row, place, letters)
        bound[owner] = replace(bound[owner], text=bound[owner].text + mark.text)
    return list(bound.values())


def _owner(row: list[Glyph], place: int, letters: list[int]) -> int:
    """Where the letter of a sign stands. On the border of two it is the one drawn next, as shapers do."""
    mark = row[place]
    beside = place + 1
    while beside < len(row) and _is_mark(row[beside]):
        beside += 1
    if beside < len(row) and row[beside].text.strip() and _outside(row[beside], mark) <= _BORDER * mark.size:
        on_border = min(abs(row[beside].x0 - mark.middle), abs(row[beside].x1 - mark.middle))
        if on_border <= _BORDER * mark.size:
            return beside
    return min(letters, key=lambda one: (_outside(row[one], mark), abs(row[one].middle - mark.middle)))


def _outside(letter: Glyph, mark: Glyph) -> float:
    """How far a sign lies to the side of a letter."""
    return max(letter.x0 - mark.middle, mark.middle - letter.x1, 0.0)


def _is_mark(glyph: Glyph) -> bool:
    text = glyph.text.strip()
    return bool(text) and all(unicodedata.category(char) in ("Mn", "Me") for char in text)


def _with_blanks(row: list[Glyph]) -> list[Glyph]:
    """The glyphs from left to right; a blank without width is a non-joiner between letters, else nothing."""
    made: list[Glyph] = []
    blank: Glyph | None = None
    for glyph in row:
        if not glyph.text.strip():
            blank = glyph if blank is None else blank
            continue
        if made:
            gap = (glyph.x0 - made[-1].x1) / max(glyph.size, 1)
            made += _between(made[-1], glyph, blank, gap)
        made.append(glyph)
        blank = None
    return made


def _between(left: Glyph, right: Glyph, blank: Glyph | None, gap: float) -> list[Glyph]:
    if gap >= (_UNWRITTEN_BLANK if blank is None else _BLANK):
        return [Glyph(" ", left.x1, right.x0, left.base, left.size)]
    arabic = all(unicodedata.bidirectional(char) == "AL" for char in (left.text[0], right.text[0]))
    if blank is not None and arabic:
        return [Glyph(ZWNJ, left.x1, left.x1, left.base, left.size)]
    return []


def _left_to_right(row: list[Glyph]) -> list[Glyph]:
    """Reading order of a line written to the right: only its runs of right-to-left letters are turned."""
    return list(_turn_runs(row, "R", ("L", "N"), ""))


def _right_to_left(row: list[Glyph]) -> list[Glyph]:
    """Reading order of a line written to the left: Latin words and numbers keep their own order."""
    return _pairs_faced(list(_turn_runs(row[::-1], "L", ("R",), "N")))


def _turn_runs(row: list[Glyph], inner: str, outer: tuple[str, ...], numbers: str) -> Iterator[Glyph]:
    """The row with each run of the `inner` side turned, up to the next glyph of the `outer` ones."""
    place = 0
    sides = [_side_of(glyph) for glyph in row]
    while place < len(row):
        if sides[place] != inner and (not numbers or sides[place] != numbers):
            yield row[place]
            place += 1
            continue
        end = _run_end(row, sides, place, inner, outer)
        yield from reversed(row[place:end])
        place = end


def _run_end(row: list[Glyph], sides: list[str], start: int, inner: str, outer: tuple[str, ...]) -> int:
    """Where a run ends: behind its last glyph with a side, before one of the other side.

    Two numbers alone are one only where a sign of numbers stands between them without a blank.
    """
    end, place, letters = start + 1, start + 1, sides[start] == inner
    while place < len(row) and sides[place] not in outer:
        if sides[place]:
            beside = place == end or (place == end + 1 and row[end].text in _NUMBER_JOINS)
            if not (letters or sides[place] == inner) and not beside:
                break
            letters = letters or sides[place] == inner
            end = place + 1
        place += 1
    return end


def _side_of(glyph: Glyph) -> str:
    return next((side for side in map(_side, glyph.text) if side), "")


def _pairs_faced(row: list[Glyph]) -> list[Glyph]:
    """The row with each bracket facing the words beside it: some fonts name the sign, others its picture."""
    faced = list(row)
    for place, glyph in enumerate(row):
        if glyph.text in _OPENS or glyph.text in _CLOSES:
            before = row[place - 1].text if place else " "
            after = row[place + 1].text if place + 1 < len(row) else " "
            opens = _is_open(glyph.text, before, after)
            other = _OPENS.get(glyph.text) if not opens else _CLOSES.get(glyph.text)
            faced[place] = replace(glyph, text=other or glyph.text)
    return faced


def _is_open(sign: str, before: str, after: str) -> bool:
    """Whether a bracket opens; where its neighbours do not tell, it is taken for the picture of the sign."""
    free_before = before.isspace() or before in _OPENS or before in _CLOSES
    free_after = after.isspace() or unicodedata.category(after[0])[0] == "P"
    return sign in _CLOSES if free_before == free_after else free_before


_PAIRS = ("()", "[]", "{}", "<>", "«»", "‹›")
_OPENS = {pair[0]: pair[1] for pair in _PAIRS}
_CLOSES = {pair[1]: pair[0] for pair in _PAIRS}


def _usual_steps(lines: Sequence[Line]) -> float:
    """The usual distance between the lines of a paragraph, in em: the larger ones part paragraphs."""
    pairs = pairwise(lines)
    steps = [(a.base - b.base) / a.size for a, b in pairs if a.size and 0 < a.base - b.base < 3 * a.size]
    return sorted(steps)[len(steps) // 4] if steps else 1.5


def _edges(lines: Sequence[Line], like: Line) -> tuple[float, float]:
    """The left and right edge of the lines that overlap this one and have its size."""
    same = [one for one in lines if _same_size(one, like) and one.x0 < like.x1 and one.x1 > like.x0] or [like]
    return min(one.x0 for one in same), max(one.x1 for one in same)


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= 0.1 * max(one.size, other.size)


def _goes_on(last: Line, line: Line, steps: float, edges: tuple[float, float]) -> bool:
    """Whether a line goes on with the paragraph: it is near, and its first word had no room before."""
    down = (last.base - line.base) / max(last.size, 1)
    if not _same_size(last, line) or down == 0:
        return False
    room = last.x0 - edges[0] if last.rtl else edges[1] - last.x1
    full = room < line.first + 0.3 * line.size
    if down < 0:  # the next column or page
        return full and not last.text.endswith(tuple(_ENDS))
    return full and down <= steps * _STEP
