"""Sentences with their exact places: lines first, then stops, question marks and bullets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from khabar.annotate.stops import (
    BRACKET_CHARS,
    CLOSERS,
    QUOTES,
    SHORT_QUOTE_CHARS,
    SURE_CLOSERS,
    TOKEN_CHARS,
    Stop,
    StopRules,
    ends_sentence,
)
from khabar.model.span import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?<=\s)[•▪■●◆◾►▶✦*](?=\s)")
_AFTER = re.compile(r"\s{0,20}[^\w\s]{0,8}(\w{0,40})")
_OPENING = "".join(set(CLOSERS + "([{（【¿¡-–—*•"))
_SHORT_QUOTE = re.compile(rf"(?<!\w)[\"“«„‹”](?=\S)[^\"“”«»„‹›]{{1,{SHORT_QUOTE_CHARS - 2}}}[\"”»“›«](?!\w)")
_BRACKET = re.compile(rf"\([^()]{{1,{BRACKET_CHARS}}}\)|\[[^\[\]]{{1,{BRACKET_CHARS}}}\]")
_WRAP_CHARS = 100  # lines broken by a machine are no longer than this


def split_sentences(text: str, paragraph: Span, rules: StopRules) -> list[Span]:
    """The sentences of one paragraph in order; together they hold all that is not white space."""
    spans: list[Span] = []
    for line in _lines(text, paragraph):
        spans.extend(_split_line(text, line, rules))
    return _join_letterless(text, spans)


def _lines(text: str, paragraph: Span) -> list[Span]:
    found = (
        Span(*match.span()).trimmed(text) for match in _LINE.finditer(text, paragraph.start, paragraph.end)
    )
    lines = [line for line in found if line]
    if _is_wrapped([line.of(text) for line in lines[:200]]):
        return [Span(lines[0].start, lines[-1].end)]
    return lines


def _is_wrapped(lines: list[str]) -> bool:
    """True for text broken at a fixed width, where a line break says nothing."""
    if len(lines) < 3:
        return False
    widths = [len(line) for line in lines[:-1]]
    widest = max(widths)
    if not 40 <= widest <= _WRAP_CHARS or min(widths) < 0.75 * widest:
        return False
    ended = sum(line[-1] in ".!?؟۔…:" or line[-1] in SURE_CLOSERS for line in lines[:-1])
    return ended <= len(widths) / 3


def _split_line(text: str, line: Span, rules: StopRules) -> Iterator[Span]:
    start = line.start
    for cut in _cuts(text, line, rules):
        span = Span(start, cut).trimmed(text)
        if span:
            yield span
        start = cut
    span = Span(start, line.end).trimmed(text)
    if span:
        yield span


def _cuts(text: str, line: Span, rules: StopRules) -> list[int]:
    words = text[line.start : line.end]
    kept = _unbroken(words)
    straight = [match.start() for match in re.finditer('"', words)]
    cuts = [match.start() for match in _BULLET.finditer(words)]
    for match in _stop_pattern(rules.ends).finditer(words):
        end = _behind_closers(words, match, straight)
        if end >= len(words) or _lies_in(match.start(), end, kept):
            continue
        if ends_sentence(_stop_at(words, match, end), rules):
            cuts.append(end)
    return sorted(line.start + cut for cut in cuts)


@lru_cache(maxsize=64)
def _stop_pattern(ends: str) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(ends)}]+")


def _behind_closers(words: str, match: re.Match[str], straight: list[int]) -> int:
    """Where the stop ends together with the marks that close behind it, a space between them or not."""
    end = match.end()
    while end < len(words) and words[end] in CLOSERS:
        end += 1
    if words[end : end + 1].strip() and end > match.end() and words[match.end()] not in SURE_CLOSERS:
        end = match.end()  # a mark between a stop and a letter opens the next sentence
    if words[end : end + 1].isspace() and words[end + 1 : end + 2] in tuple(SURE_CLOSERS):
        return end + 2
    lone = words[end : end + 2].strip() == '"' and not words[end + 2 : end + 3].strip()
    if lone and bisect_left(straight, end) % 2:
        return end + 2
    return end


def _stop_at(words: str, match: re.Match[str], end: int) -> Stop:
    front = words[max(0, match.start() - 2 * TOKEN_CHARS) : match.start()]
    lead, before = _last_words(front)
    after = _AFTER.match(words, end)
    closers = words[match.end() : end].strip()
    return Stop(
        marks=match.group(),
        closers=closers,
        before=before.lstrip(_OPENING),
        lead=lead.strip(_OPENING),
        after=after.group(1) if after else "",
        spaced=words[end : end + 1].isspace(),
        quoted=_quoted_chars(words, match.start()) if closers else 0,
        at_line_start=match.start() == len(before),
    )


def _last_words(front: str) -> tuple[str, str]:
    """The last two words; nothing for the last where a space stands behind it."""
    if not front or front[-1].isspace():
        return "", ""
    words = front.rsplit(None, 2)[-2:]
    return (words[0] if len(words) == 2 else ""), words[-1]


def _quoted_chars(words: str, stop: int) -> int:
    window = words[max(0, stop - SHORT_QUOTE_CHARS) : stop]
    opened = max(window.rfind(mark) for mark in QUOTES)
    return SHORT_QUOTE_CHARS + 1 if opened < 0 else len(window) - opened


def _unbroken(words: str) -> deque[tuple[int, int]]:
    """Brackets and short quotations, in order: no sentence ends inside."""
    found = [match.span() for match in _SHORT_QUOTE.finditer(words)]
    found.extend(match.span() for match in _BRACKET.finditer(words))
    return deque(sorted(found))


def _lies_in(stop: int, end: int, kept: deque[tuple[int, int]]) -> bool:
    while kept and kept[0][1] <= stop:
        kept.popleft()
    return any(start < stop and end < close for start, close in islice(kept, 2))


def _join_letterless(text: str, spans: Iterable[Span]) -> list[Span]:
    """Joins what holds no letter or digit to its neighbour: a lone mark is no sentence."""
    joined: list[Span] = []
    for span in spans:
        lone = not any(letter.isalnum() for letter in span.of(text))
        if joined and (lone or not any(letter.isalnum() for letter in joined[-1].of(text))):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
