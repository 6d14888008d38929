"""Pages of many timestamped entries: where each entry begins, and what its time is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from khabar.extract.datelines import DateWords
from khabar.extract.draft import Draft
from khabar.extract.lines import Line
from khabar.extract.phrases import Phrases
from khabar.extract.words import fold
from khabar.model.article import BoilerplateKind as Kind

_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3])\s?[:٫.]\s?([0-5]\d)(?!\d)")
_LEADING = re.compile(
    r"[\s\u200e\u200f#*•\[(-]*\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?|\s(?:GMT|UTC))?[\])*]*\s*[:–—|-]?\s+", re.I
)
_FEWEST = 3  # stamps; two dates stand on many pages
_STAMP_WORDS = 10
_CLOCK_WORDS = 4  # "14:32 GMT", "at 2:32 pm": more name a day
_HEAD_WORDS = 25
_ABOVE_MOST = 0.5  # of the running text: a report with timed comments below it has more above
_FILLED = 0.8  # of the entries have running text
_MOST = 1000  # stamps: what has more is a log
_LARGEST = 0.8  # of the running text: a report with dated teasers below it has more in one piece
_LARGEST_DATED = 0.6  # the same, where the lines give days
_LEAST_DATED = 20.0  # words of an entry that is set apart by a day and not by a time
_BREAKS = 0.25  # of the steps in time may go the other way: a page over several days, one pinned entry
_CLOSED = {Kind.COMMENT_FORM, Kind.NAVIGATION, Kind.RELATED, Kind.ADVERTISEMENT, Kind.COPYRIGHT}


@dataclass(frozen=True, slots=True)
class Entry:
    """The numbers of an entry's first line, of the line with its time, and of the line after its last."""

    first: int
    stamp: int
    end: int
    head: int | None


def find_entries(draft: Draft, dates: DateWords, phrases: Phrases) -> list[Entry]:
    """The entries of a page in its order; none where the page is one report."""
    stamps = [n for n in range(len(draft.lines)) if _is_stamp(draft, n, dates, phrases)]
    timed = [n for n in stamps if clock_of(draft.lines[n])]
    stamps = timed if len(timed) >= _FEWEST else stamps
    if not _FEWEST <= len(stamps) <= _MOST or _after_comments(draft, stamps[0], phrases):
        return []
    entries = _bound(draft, stamps)
    filled = [entry for entry in entries if _has_text(draft, entry)]
    if stamps != timed and not _are_reports(draft, entries):
        return []
    headed = all(entry.head is not None for entry in entries)
    if len(filled) < max(_FEWEST, _FILLED * len(entries)) or not (stamps == timed or headed):
        return []
    return entries if _mostly_in_entries(draft, entries) and _in_order(draft, stamps) else []


def clock_of(line: Line) -> str:
    """The time in a stamp as it is written there; nothing where it has none."""
    match = _CLOCK.search(fold(line.text))
    if match is None:
        return ""
    hour, minute = match.groups()
    return f"{int(hour):02}:{minute}"


def after_clock(line: Line) -> int:
    """Where the words of a line begin that opens with its time; 0 where it has none, or nothing else."""
    match = _LEADING.match(line.text)
    return match.end() if match and match.end() < len(line.text) else 0


def _is_stamp(draft: Draft, number: int, dates: DateWords, phrases: Phrases) -> bool:
    line = draft.lines[number]
    if draft.kinds[number] not in _CLOSED and after_clock(line):
        return True
    if draft.kinds[number] in _CLOSED or not 0 < len(line.words) <= _STAMP_WORDS or line.running:
        return False
    return dates.is_date_line(line, phrases) and (bool(clock_of(line)) or dates.holds_date(line))


def _after_comments(draft: Draft, first: int, phrases: Phrases) -> bool:
    kinds = (draft.kinds[n] or phrases.kind_of(draft.lines[n]) for n in range(first))
    return Kind.COMMENT_FORM in kinds


def _bound(draft: Draft, stamps: Sequence[int]) -> list[Entry]:
    """A headline stands above the times of all entries or below; above, the entry begins with it."""
    heads = [_head_at(draft, stamp - 1) for stamp in stamps]
    above = (
        all(head is not None for head in heads[1:]) and len({draft.lines[h].words for h in heads if h}) > 1
    )
    below = [_head_at(draft, stamp + 1) for stamp in stamps]
    named = all(head is not None for head in below) or above
    firsts = [stamp - (above and heads[k] is not None) for k, stamp in enumerate(stamps)]
    chosen = heads if above else below if named else [None] * len(stamps)
    ends = [*firsts[1:], len(draft.lines)]
    return [Entry(f, s, e, h) for f, s, e, h in zip(firsts, stamps, ends, chosen, strict=True)]


def _head_at(draft: Draft, number: int) -> int | None:
    if not 0 <= number < len(draft.lines):
        return None
    line = draft.lines[number]
    short = 0 < line.weight <= _HEAD_WORDS and not line.stops
    return number if short and draft.kinds[number] in (None, Kind.TITLE_REPEAT) else None


def _has_text(draft: Draft, entry: Entry) -> bool:
    inside = range(entry.first, entry.end)
    return any(draft.lines[n].running and draft.kinds[n] not in _CLOSED for n in inside if n != entry.head)


def _mostly_in_entries(draft: Draft, entries: Sequence[Entry]) -> bool:
    running = draft.running()
    total = sum(draft.lines[n].weight for n in running)
    above = sum(draft.lines[n].weight for n in running if n < entries[0].first)
    stamps = [draft.lines[entry.stamp] for entry in entries]
    dated = any(len(stamp.words) > _CLOCK_WORDS and not after_clock(stamp) for stamp in stamps)
    largest = max(_weight(draft, entry) for entry in entries)
    return above <= _ABOVE_MOST * total and largest <= (_LARGEST_DATED if dated else _LARGEST) * total


def _are_reports(draft: Draft, entries: Sequence[Entry]) -> bool:
    return all(_weight(draft, entry) >= _LEAST_DATED for entry in entries)


def _weight(draft: Draft, entry: Entry) -> float:
    inside = (n for n in range(entry.first, entry.end) if draft.is_open(n) and n != entry.head)
    return sum(draft.lines[n].weight for n in inside if draft.lines[n].running)


def _in_order(draft: Draft, stamps: Sequence[int]) -> bool:
    minutes = [m for stamp in stamps if (m := _minutes(draft.lines[stamp])) is not None]
    up = sum(a < b for a, b in pairwise(minutes))
    down = sum(a > b for a, b in pairwise(minutes))
    return min(up, down) <= max(1, _BREAKS * len(minutes))


def _minutes(line: Line) -> int | None:
    clock = clock_of(line)
    return int(clock[:2]) * 60 + int(clock[3:]) if clock else None
