"""What stands in quotation marks, whether they balance or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from khabar.lang.loader import load_languages
from khabar.model.span import Span

_SINGLE = "‘’'"
_STRAIGHT_SINGLE = "'"
_DOUBLE = '“”"„‟«»‹›「」『』'
# An ayn or an apostrophe looks like a single mark; a pair farther apart than this is not one quotation.
_LONGEST_SINGLE = 400
_OPENS_AFTER = "([{-–—:،,/*"
_HIDDEN = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in marks: `outer` with the marks, `inner` without; not `closed` where the end is not marked."""

    outer: Span
    inner: Span
    closed: bool


@dataclass(frozen=True, slots=True)
class _Open:
    at: int
    wanted: frozenset[str]


@cache
def _partners(language: str) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Opening marks with those that may close them, and all marks that may close."""
    pairs = load_languages().pack(language).quote_pairs
    opening: dict[str, frozenset[str]] = {}
    for left, right in pairs:
        opening[left] = opening.get(left, frozenset()) | {right}
    return opening, frozenset(right for _, right in pairs)


def find_marked(text: str, paragraphs: Sequence[Span], language: str) -> list[Marked]:
    """Everything in marks in one run of paragraphs, in order, inner quotations after the outer.

    A quotation that is not closed in its paragraph goes on where the next paragraph opens with the same mark;
    else it ends with its paragraph and is said to be unclosed.
    """
    found: list[Marked] = []
    carried: _Open | None = None
    for number, span in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        carried = _in_paragraph(text, span, following, language, carried, found)
    return sorted(found, key=lambda one: (one.outer.start, -one.outer.end))


def _in_paragraph(
    text: str, span: Span, following: Span | None, language: str, carried: _Open | None, found: list[Marked]
) -> _Open | None:
    """Adds what this paragraph marks; the mark that is open still, if the next paragraph goes on with it."""
    opening, closing = _partners(language)
    stack: list[_Open] = [carried] if carried else []
    skip = carried is not None
    for at in (at for at in range(span.start, span.end) if text[at] in _SINGLE or text[at] in _DOUBLE):
        if carried and skip and text[at] == text[carried.at]:
            skip = False
            continue
        _take(text, at, span, stack, found, opening, closing)
    first = stack[0] if stack else None
    if first and following and text[following.start] == text[first.at]:
        return first
    for left in stack:
        found.append(Marked(Span(left.at, span.end), Span(left.at + 1, span.end), closed=False))
    return None


def _take(
    text: str,
    at: int,
    span: Span,
    stack: list[_Open],
    found: list[Marked],
    opening: dict[str, frozenset[str]],
    closing: frozenset[str],
) -> None:
    mark = text[at]
    may_open, may_close = mark in opening, mark in closing
    before, after = _beside(text, at, span)
    if mark in _SINGLE and (not (may_open or may_close) or (before.isalnum() and after.isalnum())):
        return
    if mark == _STRAIGHT_SINGLE and _owns(text, at):
        return
    fits = next((n for n in range(len(stack) - 1, -1, -1) if mark in stack[n].wanted), None)
    if may_open and may_close:
        opens = _looks_open(before, after)
        closes = _looks_closed(before, after)
        may_open, may_close = (opens or not closes) and not (closes and fits is not None), fits is not None
        if opens and not closes:
            may_close = False
    if may_close and fits is not None:
        left = stack[fits]
        del stack[fits:]
        if mark in _SINGLE and (at - left.at > _LONGEST_SINGLE or after.isalpha()):
            return
        found.append(Marked(Span(left.at, at + 1), Span(left.at + 1, at), closed=True))
    elif may_open and after and _can_open(mark, before, after, text, at, span):
        _open(text, at, stack, found, opening[mark])


def _open(text: str, at: int, stack: list[_Open], found: list[Marked], wanted: frozenset[str]) -> None:
    """Opens a quotation; one that the same mark had opened and nothing closed ends here."""
    if stack and text[stack[-1].at] == text[at] and text[at] not in "«‹「『":
        left = stack.pop()
        found.append(Marked(Span(left.at, at), Span(left.at + 1, at), closed=False))
    stack.append(_Open(at, wanted))


def _can_open(mark: str, before: str, after: str, text: str, at: int, span: Span) -> bool:
    if mark not in _SINGLE:
        return True
    closing = "’" if mark == "‘" else mark
    closed = any(
        text[n] == closing
        and not text[n + 1 : n + 2].isalpha()
        and not text[n - 1].isspace()
        and not (closing == _STRAIGHT_SINGLE and _owns(text, n))
        for n in range(at + 2, min(span.end, at + _LONGEST_SINGLE))
    )
    opens = mark == "‘" or (mark == _STRAIGHT_SINGLE and after.isalpha())
    return opens and not before.isalnum() and not after.isspace() and closed


def _owns(text: str, at: int) -> bool:
    """Whether a straight mark is the apostrophe of a plural that owns something: "the players' union"."""
    following = text[at + 1 : at + 3]
    return text[at - 1 : at].lower() == "s" and following[:1] == " " and following[1:].isalpha()


def _beside(text: str, at: int, span: Span) -> tuple[str, str]:
    before, after = at - 1, at + 1
    while before >= span.start and text[before] in _HIDDEN:
        before -= 1
    while after < span.end and text[after] in _HIDDEN:
        after += 1
    return (text[before] if before >= span.start else ""), (text[after] if after < span.end else "")


def _looks_open(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in _OPENS_AFTER) and bool(after) and not after.isspace()


def _looks_closed(before: str, after: str) -> bool:
    return bool(before) and not before.isspace() and before not in "([{" and not after.isalnum()
