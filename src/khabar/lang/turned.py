"""The order in which a line is read that was stored as it looks, from left to right.

What stands on paper tells the order but for some ties: of a number beside Latin words nobody can say which
came first. Source: Unicode Standard Annex 9, rules W1-W7, N1 and L2, read backwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from khabar.model.span import Span
from khabar.model.stored import Run

# One letter a character: L and R the sides of letters, N digits, T signs of amounts (%), C joins (. , : /),
# m marks over letters, blank for the rest.
_SIDES = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N", "ET": "T", "CS": "C", "NSM": "m"}
_LEFT_TO_RIGHT = r"L(?:[^R]*(?:NT*|L)m*)?"
_NUMBER = r"N+(?:C?N+)*T*"
_KEPT = re.compile(f"{_LEFT_TO_RIGHT}|{_NUMBER}")
_TO_THE_LEFT = re.compile(r"Rm*(?:[^L]*Rm*)?")  # a stretch of right-to-left words in a line of Latin ones
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?(?!\d)")
_CLUSTER = re.compile(r"[^m]m*|m+")


def runs_of(line: str, start: int, marks_follow: bool) -> Iterator[Run]:
    """The runs of a line that stands at `start`, in the order in which they are read.

    `marks_follow`: marks were stored behind their letters although the letters are backwards.
    """
    sides = "".join(map(_side, line))
    if sides.count("R") >= sides.count("L"):
        yield from _right_to_left(line, sides, 0, len(line), start, marks_follow)
        return
    place = 0
    for match in _TO_THE_LEFT.finditer(sides):
        yield from _forward(place, match.start(), start)
        yield from _right_to_left(line, sides, match.start(), match.end(), start, marks_follow)
        place = match.end()
    yield from _forward(place, len(line), start)


def _side(char: str) -> str:
    return _SIDES.get(unicodedata.bidirectional(char), " ")


def _right_to_left(
    line: str, sides: str, first: int, end: int, start: int, marks_follow: bool
) -> Iterator[Run]:
    place = end
    for kept in reversed(list(_kept(line, sides, first, end))):
        yield from _backward(sides, kept.end, place, start, marks_follow)
        yield from _forward(kept.start, kept.end, start)
        place = kept.start
    yield from _backward(sides, first, place, start, marks_follow)


def _kept(line: str, sides: str, first: int, end: int) -> Iterator[Span]:
    """The pieces that keep their own direction: days of figures, words of other scripts, numbers."""
    place = first
    while place < end:
        match = _DAY.match(line, place, end) or _KEPT.match(sides, place, end)
        if match is None:
            place += 1
            continue
        yield Span(*match.span())
        place = match.end()


def _forward(first: int, end: int, start: int) -> Iterator[Run]:
    if first < end:
        yield Run(Span(first + start, end + start), backwards=False)


def _backward(sides: str, first: int, end: int, start: int, marks_follow: bool) -> Iterator[Run]:
    """A stretch read from its end; a letter keeps the marks behind it where they were stored so."""
    if not marks_follow or "m" not in sides[first:end]:
        if first < end:
            yield Run(Span(first + start, end + start), backwards=True)
        return
    place = end
    for match in reversed(list(_CLUSTER.finditer(sides, first, end))):
        if match.end() - match.start() > 1:
            yield from _backward(sides, match.end(), place, start, marks_follow=False)
            yield from _forward(match.start(), match.end(), start)
            place = match.start()
    yield from _backward(sides, first, place, start, marks_follow=False)
