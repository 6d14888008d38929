"""Passages that stand twice on a page: which copy is kept, and what of the other may go."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import Indel

from khabar.extract.lines import Line
from khabar.extract.words import Word, find_sentences, find_words
from khabar.model.span import Span

_SHINGLE = 4  # words
_GAP = 14  # words that may differ in one place before a copy is thought to end
_DRIFT = 7  # words that one copy may have more in one place; a headline that begins like the lead has as many
_LEAST = 12  # words of a copied passage; shorter ones are refrains, names and formulas
_LEAST_LINE = 8  # words, where a whole line is copied
_LONG = 40  # words of a copy inside which even short sentences go
_MISSES = 12  # one word in so many may be without partner
_SIMILAR = 0.6  # of two words that stand in the same place: a slip of spelling, not another word
_SEEN_AT = 3  # places remembered of one shingle: bounds the work on texts that repeat without end
_NOWHERE: list[int] = []  # of shingles that tell nothing; never added to
_COMPLETER = 0.15  # by so much the stretch around one copy must be longer for it to be the complete one


@dataclass(frozen=True, slots=True)
class Run:
    """Words `later` stand a second time what words `earlier` said; `pairs` are the places of equal words."""

    later: range
    earlier: range
    pairs: dict[int, int]


@dataclass(slots=True)
class _Copies:
    """The words of the lines in one row, and for each word that goes the place where it stays."""

    text: str
    lines: Sequence[Line]
    zones: Sequence[int]
    zone_words: Counter[int] = field(default_factory=Counter)
    words: list[Word] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    stays_at: dict[int, int] = field(default_factory=dict)
    sentences: dict[int, list[tuple[range, Span]]] = field(default_factory=dict)

    def sentences_of(self, line: int) -> list[tuple[range, Span]]:
        """The sentences of a line with the numbers of their words, found once a line."""
        if line not in self.sentences:
            self.sentences[line] = _number_sentences(line, self)
        return self.sentences[line]


def find_repeats(text: str, lines: Sequence[Line], zones: Sequence[int]) -> list[Span]:
    """The passages that can go because another copy, which is kept, has all their words.

    `zones` numbers the stretch of the page that each line belongs to; a copy is sought within its zone.
    A copy with more paragraphs is kept before one with fewer, one that goes on longer before one cut short.
    """
    copies = _collect(text, lines, zones)
    gone: list[Span] = []
    for run in _find_runs([word.form for word in copies.words]):
        if _matters(run, copies):
            gone += _drop_copy(run, copies)
    return gone


def _number_sentences(line: int, copies: _Copies) -> list[tuple[range, Span]]:
    numbered, place = [], copies.starts[line]
    for sentence in find_sentences(copies.text, copies.lines[line].span):
        first = place
        while place < copies.starts[line + 1] and copies.words[place].end <= sentence.end:
            place += 1
        numbered.append((range(first, place), sentence))
    return numbered


def _collect(text: str, lines: Sequence[Line], zones: Sequence[int]) -> _Copies:
    copies = _Copies(text, lines, zones)
    for number, line in enumerate(lines):
        copies.starts.append(len(copies.words))
        found = find_words(text, line.span.start, line.span.end)
        copies.words += found
        copies.line_of += [number] * len(found)
        copies.zone_words[zones[number]] += len(found) if line.running else 0
    copies.starts.append(len(copies.words))
    return copies


def _find_runs(forms: list[str]) -> Iterator[Run]:
    """Copied passages in the order of their second copy. Time grows with the number of words."""
    seen = _Seen(forms)
    place = 0
    while place + _SHINGLE <= len(forms):
        followed = [_follow(seen, place, start) for start in seen.before(place)]
        if not followed:
            place += 1
            continue
        links = max(followed, key=len)
        start = links[0][1]
        last_place, last_start = links[-1]
        yield Run(
            range(place, last_place + _SHINGLE),
            range(start, last_start + _SHINGLE),
            _pair(forms, links),
        )
        place = last_place + 1 if len(links) < _LEAST_LINE else last_place + _SHINGLE


class _Seen:
    """Where each shingle stood before. Words are numbered, so that one number stands for a shingle."""

    def __init__(self, forms: list[str]) -> None:
        numbers: dict[str, int] = {}
        words = [numbers.setdefault(form, len(numbers)) for form in forms]
        self.size = len(words)
        self.shingles = _shingles(words, max(1, len(numbers).bit_length()))
        self.words = words
        self.places: dict[int, list[int]] = {}
        self.read = 0

    def before(self, place: int) -> list[int]:
        """Places whose shingle equals the one at `place` and ends before it begins, first ones first."""
        while self.read <= place - _SHINGLE:
            key = self.shingles[self.read]
            known = self.places.get(key)
            if known is None:
                told = set(self.words[self.read : self.read + _SHINGLE])
                # "ha ha ha ha": no copy is known by it
                self.places[key] = [self.read] if len(told) >= _SHINGLE - 1 else _NOWHERE
            elif known is not _NOWHERE and len(known) < _SEEN_AT:
                known.append(self.read)
            self.read += 1
        return self.places.get(self.shingles[place], _NOWHERE)


def _shingles(words: list[int], bits: int) -> list[int]:
    """One number for each run of words: theirs in a row."""
    keys = words
    for step in range(1, _SHINGLE):
        keys = [key << bits | word for key, word in zip(keys, words[step:], strict=False)]
    return keys


def _follow(seen: _Seen, place: int, start: int) -> list[tuple[int, int]]:
    """Linked places from one pair on, as long as both copies go on within a gap."""
    links = [(place, start)]
    here = place + 1
    last_place, last_start = place, start
    while here + _SHINGLE <= seen.size and here - last_place <= _GAP:
        expected = last_start + here - last_place
        if expected + _SHINGLE > place:  # the copy has reached itself
            break
        nearest, off = -1, _DRIFT + 1
        for s in seen.before(here):
            if last_start < s <= place - _SHINGLE and abs(s - expected) < off:
                nearest, off = s, abs(s - expected)
        if nearest >= 0:
            last_place, last_start = here, nearest
            links.append((here, nearest))
        here += 1
    return links


def _pair(forms: list[str], links: list[tuple[int, int]]) -> dict[int, int]:
    pairs = {place + i: start + i for place, start in links for i in range(_SHINGLE)}
    for (a, b), (c, d) in pairwise(links):
        here, there = range(a + _SHINGLE, c), range(b + _SHINGLE, d)
        if len(here) == len(there) > 0:
            pairs.update((x, y) for x, y in zip(here, there, strict=True) if _is_slip(forms[x], forms[y]))
    return pairs


def _is_slip(a: str, b: str) -> bool:
    digits = any(char.isdigit() for char in a + b)
    return not digits and Indel.normalized_similarity(a, b) >= _SIMILAR


def _matters(run: Run, copies: _Copies) -> bool:
    if len(run.pairs) >= _LEAST:
        return True
    return len(run.pairs) >= _LEAST_LINE and (
        _whole_line(run.later, copies) or _whole_line(run.earlier, copies)
    )


def _whole_line(words: range, copies: _Copies) -> bool:
    line = copies.line_of[words.start]
    return copies.starts[line] == words.start and copies.starts[line + 1] == words.stop


def _drop_copy(run: Run, copies: _Copies) -> list[Span]:
    if _keeps_earlier(run, copies):
        return _spans_to_drop(run.later, run.pairs, copies)
    return _spans_to_drop(run.earlier, {start: place for place, start in run.pairs.items()}, copies)


def _keeps_earlier(run: Run, copies: _Copies) -> bool:
    if any(word in copies.stays_at for word in (run.earlier.start, run.earlier.stop - 1)):
        return True  # that copy went already; its words stand elsewhere
    if any(word in copies.stays_at for word in (run.later.start, run.later.stop - 1)):
        return False
    earlier, later = _zone_words(run.earlier, copies), _zone_words(run.later, copies)
    if abs(earlier - later) > _COMPLETER * min(earlier, later):
        return earlier > later
    paragraphs = _paragraphs(run.earlier, copies) - _paragraphs(run.later, copies)
    return paragraphs > 0 or (
        paragraphs == 0 and _surroundings(run.earlier, copies) >= _surroundings(run.later, copies)
    )


def _zone_words(words: range, copies: _Copies) -> int:
    """How much running text the stretch of the page has that a copy lies in: one answer for a whole body."""
    return copies.zone_words[copies.zones[copies.line_of[words.start]]]


def _paragraphs(words: range, copies: _Copies) -> int:
    return copies.line_of[words.stop - 1] - copies.line_of[words.start] + 1


def _surroundings(words: range, copies: _Copies) -> int:
    """How many words stand beside a copy in its own lines: a lead that comes again goes as a whole line."""
    first, last = copies.line_of[words.start], copies.line_of[words.stop - 1]
    return copies.starts[last + 1] - copies.starts[first] - len(words)


def _spans_to_drop(words: range, stays_at: dict[int, int], copies: _Copies) -> list[Span]:
    dropped = []
    for line in range(copies.line_of[words.start], copies.line_of[words.stop - 1] + 1):
        for inside, sentence in _touched(copies.sentences_of(line), words):
            if _can_go(inside, len(words), stays_at, copies):
                copies.stays_at.update({word: stays_at[word] for word in inside if word in stays_at})
                dropped.append(sentence)
    return dropped


def _touched(sentences: list[tuple[range, Span]], words: range) -> list[tuple[range, Span]]:
    """The sentences that share words with a run: a line may hold thousands, and a run only a few."""
    first = bisect_right(sentences, words.start, key=lambda one: one[0].start)
    last = bisect_left(sentences, words.stop, key=lambda one: one[0].start)
    return sentences[max(0, first - 1) : last]


def _can_go(words: range, length: int, stays_at: dict[int, int], copies: _Copies) -> bool:
    if len(words) < (1 if length >= _LONG else _LEAST_LINE):
        return False
    misses = [word for word in words if word not in stays_at or not _stays(stays_at[word], copies)]
    digits = any(char.isdigit() for word in misses for char in copies.words[word].form)
    return not digits and len(misses) * _MISSES <= len(words) and words.start not in copies.stays_at


def _stays(word: int, copies: _Copies) -> bool:
    """Whether a word is kept, itself or in the copy that it was dropped for."""
    for _ in range(_SEEN_AT):
        if word not in copies.stays_at:
            return True
        word = copies.stays_at[word]
    return False
