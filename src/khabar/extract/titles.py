"""Which line of a page is its title."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from khabar.extract.draft import Draft
from khabar.extract.lines import RUNNING_WORDS, Line
from khabar.extract.phrases import Phrases, load_phrases
from khabar.extract.words import fold, forms
from khabar.lang.loader import Languages
from khabar.model.article import BoilerplateKind
from khabar.model.span import Span

_SUFFIX = re.compile(r"\s+(?:[|–—\-»›·•]|::)\s+|\s*\|\s*")
_FEWEST, _MOST = 3, 30  # words of a headline
_ENOUGH = 2.0  # score from which a line is taken for the title; chosen on evaluations/extract
_NEAR = 4  # lines: date, counter and byline stand within so many of a title
_BESIDE = {BoilerplateKind.DATE_LINE, BoilerplateKind.COUNTER, BoilerplateKind.BYLINE}
_BELOW = {BoilerplateKind.DATE_LINE, BoilerplateKind.REPEAT}
_LOOK_BACK = 60  # lines
_STEM = 4  # letters by which an inflected word is known again
_SUFFIX_WORDS = 8  # of a site's name behind a title
_SITE_WORDS = 5  # words in one part of a site's suffix


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be the title: where its title words are, and what speaks for it (higher is better)."""

    line: int
    span: Span
    words: tuple[str, ...]
    score: float


def mark_title(draft: Draft, languages: Languages, hints: tuple[str, ...] = ()) -> None:
    """Gives the draft its title, its second showings their kind, and a site's name behind it the kind SITE.

    `hints` are titles that the page names outside its visible text; they count where they are visible.
    The title is None when no line looks like one, or when nothing would be left for the body.
    """
    candidates = _candidates(draft, languages, hints)
    best = max(candidates, key=lambda found: (found.score, -found.line), default=None)
    if best is None or best.score < _ENOUGH:
        return
    best = next(found for found in candidates if found.words == best.words)  # its first showing
    draft.title, draft.title_line = best.span, best.line
    _mark_second_showings(draft, best)


def _candidates(draft: Draft, languages: Languages, hints: tuple[str, ...]) -> list[Candidate]:
    named = [forms(hint) for hint in hints]
    rows = [number for number in draft.open_lines() if _may_be_title(draft.lines[number], named)]
    if not rows or len(draft.open_lines()) < 2:
        return []
    shown = Counter(draft.lines[number].words for number in draft.open_lines())
    running = draft.running()
    if not running:  # verses, lists: only a title that the page itself names can be told from them
        rows = [number for number in rows if any(_agree(draft.lines[number].words, name) for name in named)]
    cut = _front(languages)
    stems = Counter(
        stem for number in running for stem in {_stem(word, cut) for word in draft.lines[number].words[:200]}
    )
    place = _Place(draft, running[0] if running else -1, running[-1] if running else -1)
    signs = _Signs(shown, cut, stems, named, place, load_phrases(languages))
    return [_weigh(draft, number, signs) for number in rows]


def _front(languages: Languages) -> re.Pattern[str]:
    """What is written onto the front of words in any language; one letter alone would cut into many words."""
    found = {fold(form) for pack in languages.packs.values() for form in pack.clitics if len(form) > 1}
    longest = sorted((form for form in found if form.isalpha()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or "(?!)")


def _stem(word: str, cut: re.Pattern[str]) -> str:
    match = cut.match(word)
    bare = word[match.end() :] if match else word
    return (bare if len(bare) >= _STEM - 1 else word)[:_STEM]


def _may_be_title(line: Line, named: list[tuple[str, ...]]) -> bool:
    if any(_agree(line.words, name) for name in named):
        return True
    return _FEWEST <= line.weight <= _MOST and not line.stops and not line.bulleted


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a title is known by: lines shown twice, words of the text, names given elsewhere, its place."""

    shown: Counter[tuple[str, ...]]
    cut: re.Pattern[str]
    stems: Counter[str]  # in how many running lines each stands
    named: list[tuple[str, ...]]
    place: _Place
    phrases: Phrases


def _weigh(draft: Draft, number: int, signs: _Signs) -> Candidate:
    line = draft.lines[number]
    span = _without_suffix(line, signs.shown)
    words = forms(span.of(draft.text))
    own = line.running  # its words are among the stems then
    score = 3 * sum(signs.stems[_stem(word, signs.cut)] > own for word in words) / max(len(words), 1)
    sure = 3 * (signs.shown[words] - (words == line.words) > 0)
    sure += (4 if len(words) >= _FEWEST else 2) * any(_agree(words, name) for name in signs.named)
    if len(words) >= RUNNING_WORDS and not sure:  # as likely a first paragraph without a full stop
        score -= 1 + (line.weight - RUNNING_WORDS) / 4
    score += sure
    score += signs.place.weigh(number)
    score -= 2 * signs.phrases.is_masthead(line)
    return Candidate(number, span, words, score)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the page a title may stand: between the first and the last running line it is less likely."""

    draft: Draft
    first: int
    last: int

    def weigh(self, number: int) -> float:
        kinds = self.draft.kinds
        after, before = set(kinds[number + 1 : number + 3]), set(kinds[max(0, number - _NEAR) : number])
        score = 2.0 if _BESIDE & (after | before) else 0.0
        if not any(self.draft.is_open(n) for n in range(max(0, number - _LOOK_BACK), number)):
            score += 1
        if number + 1 < len(kinds) and self._running_below(number):
            score += 1
        if 0 <= self.first < number and not after & _BELOW:
            score -= 4 if number < self.last else 2  # between paragraphs it is a headline of a part
        return score

    def _running_below(self, number: int) -> bool:
        """Whether the next line that is not furniture is running text."""
        lines, end = self.draft.lines, min(number + 2 + _NEAR, len(self.draft.lines))
        below = (n for n in range(number + 1, end) if self.draft.is_open(n))
        return lines[next(below, number)].running


def _without_suffix(line: Line, shown: Counter[tuple[str, ...]]) -> Span:
    """The line's span without " – site – country" at its end, if the page shows that this is one."""
    for match in _SUFFIX.finditer(line.text):
        head, tail = line.text[: match.start()], line.text[match.end() :]
        words = forms(head)
        parts = [forms(part) for part in _SUFFIX.split(tail)]
        short = all(0 < len(part) <= _SITE_WORDS for part in parts)
        if not short or len(words) < _FEWEST:
            continue
        known = shown[words] > 0 or any(shown[part] > 0 for part in parts)
        if known or "|" in match[0]:
            return Span(line.span.start, line.span.start + match.start())
    return line.span


def _agree(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a line says what a title named elsewhere says, which may carry the site's name behind it."""
    if not words or words == name:
        return bool(words)
    return len(words) >= _FEWEST and name[: len(words)] == words and len(name) - len(words) <= _SUFFIX_WORDS


def _mark_second_showings(draft: Draft, title: Candidate) -> None:
    for number in draft.open_lines():
        line = draft.lines[number]
        if line.words == title.words or _is_title_with_site(line, title.words):
            draft.kinds[number] = BoilerplateKind.TITLE_REPEAT


def _is_title_with_site(line: Line, title: tuple[str, ...]) -> bool:
    rest = len(line.words) - len(title)
    parts = _SUFFIX.split(line.text)
    return (
        0 < rest <= 2 * _SITE_WORDS
        and line.words[: len(title)] == title
        and len(parts) > 1
        and not line.stops
    )
