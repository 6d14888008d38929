"""The set phrases of news pages, from the language packs, and which lines are made of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from khabar.extract.lines import Line
from khabar.extract.words import find_words, forms
from khabar.lang.loader import Languages, Same
from khabar.lang.schema import Pack
from khabar.model.article import BoilerplateKind

_COLON = re.compile(r"\s*[)\]»”\"']?\s*[:：]")
_COPYRIGHT = re.compile(r"^\s*(?:©|\(c\)|&copy;)|©\s*\d{4}|\d{4}\s*©", re.IGNORECASE)
# What may follow a phrase at the start of a line, in words, before the line is taken for running text.
_ROOM = {
    BoilerplateKind.SOURCE_LINE: 15,
    BoilerplateKind.RELATED: 25,
    BoilerplateKind.BYLINE: 6,
    BoilerplateKind.CAPTION: 30,
    BoilerplateKind.COPYRIGHT: 80,
    BoilerplateKind.TAGS: 60,
    BoilerplateKind.DATE_LINE: 10,
    BoilerplateKind.COMMENT_FORM: 14,
}
# Kinds known by a phrase of so many words that stands anywhere in the line.
_ANYWHERE = {BoilerplateKind.COPYRIGHT: 2, BoilerplateKind.SOURCE_LINE: 2}
_MORE_IN_TEXT = 1  # word more where the line is running text: reports speak of a "privacy policy" too
_ROOM_OTHERWISE = 8
_STROKES = re.compile(r"\s*[|•·]+\s*|\s+[»«›>/–—-]\s+|\s{3,}")
_DASHES = re.compile(r"\s[–—-]\s")  # they also stand between a title and its site
_LABEL_WORDS = 4
_COUNTER_WORDS = 6
_NOTICE_WORDS = 60  # of a line's beginning that are searched for a legal notice


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set phrase: its folded words, what a line is that begins with it, whether a colon must follow."""

    words: tuple[str, ...]
    kind: BoilerplateKind
    colon: bool


@dataclass(frozen=True, slots=True)
class Phrases:
    """The set phrases of all languages, by their first word."""

    by_word: dict[str, tuple[Phrase, ...]]

    def at_start(self, words: tuple[str, ...]) -> list[Phrase]:
        """The phrases that these words begin with, longest first."""
        return self.at(words, 0)

    def at(self, words: tuple[str, ...], place: int) -> list[Phrase]:
        """The phrases that stand at a place in some words, longest first."""
        near = self.by_word.get(words[place], ()) if place < len(words) else ()
        return [phrase for phrase in near if words[place : place + len(phrase.words)] == phrase.words]

    def known(self, words: tuple[str, ...], kind: BoilerplateKind) -> int:
        """How many of the words belong to phrases of a kind."""
        count = place = 0
        while place < len(words):
            lengths = [len(p.words) for p in self.at(words, place) if p.kind is kind]
            count += lengths[0] if lengths else 0
            place += lengths[0] if lengths else 1
        return count

    def kind_of(self, line: Line) -> BoilerplateKind | None:
        """What a line is by the phrase that it begins with or consists of; None when no phrase says."""
        if _COPYRIGHT.search(line.text) and line.weight <= _ROOM[BoilerplateKind.COPYRIGHT]:
            return BoilerplateKind.COPYRIGHT
        for phrase in self.at_start(line.words):
            if self._holds(phrase, line):
                return phrase.kind
        return self._inside(line)

    def _holds(self, phrase: Phrase, line: Line) -> bool:
        rest = len(line.words) - len(phrase.words)
        if rest == 0:
            return True
        colon = follows_colon(line, len(phrase.words))
        if colon:
            return rest <= _ROOM.get(phrase.kind, _ROOM_OTHERWISE)
        if phrase.colon or (len(phrase.words) == 1 and phrase.kind is not BoilerplateKind.BYLINE):
            return all(word.isdigit() for word in line.words[len(phrase.words) :])
        return rest <= _ROOM.get(phrase.kind, _ROOM_OTHERWISE) and not (
            line.stops and rest > 3 and len(phrase.words) < 3
        )

    def _inside(self, line: Line) -> BoilerplateKind | None:
        """Legal notices are known by a phrase anywhere; counters by a number with its unit."""
        for place in range(1, min(len(line.words), _NOTICE_WORDS)):
            for phrase in self.at(line.words, place):
                if len(phrase.words) >= _ANYWHERE.get(phrase.kind, 99) + (line.running and _MORE_IN_TEXT):
                    return phrase.kind
        numbers = sum(word.isdigit() for word in line.words)
        if not numbers or len(line.words) > _COUNTER_WORDS:
            return None
        units = self.known(line.words, BoilerplateKind.COUNTER)
        if units and numbers + units >= len(line.words) - 1:
            return BoilerplateKind.COUNTER
        return None

    def only_holds(self, line: Line) -> bool:
        """Whether a phrase stands inside a line, which does not begin with one."""
        return not any(self._holds(phrase, line) for phrase in self.at_start(line.words))

    def labels(self, line: Line) -> BoilerplateKind | None:
        """For a line of short labels, as menus and rows of buttons are: the kind of the labels known."""
        if not line.words or line.ends or len(line.words) > 40:
            return None
        parts = [forms(part) for part in _STROKES.split(line.text)]
        if len(parts) > 1 and all(len(part) <= _LABEL_WORDS for part in parts):
            known = [kind for part in parts if part and (kind := self.whole(part))]
            if known:
                return known[0]
            return BoilerplateKind.NAVIGATION if len(parts) > 2 and not _DASHES.search(line.text) else None
        kinds = {phrase.kind for phrase in self.at_start(line.words)}
        return next((kind for kind in kinds if self.known(line.words, kind) == len(line.words)), None)

    def is_masthead(self, line: Line) -> bool:
        """Whether a short line begins as names of sites do."""
        known = any(phrase.kind is BoilerplateKind.SITE for phrase in self.at_start(line.words))
        return known and line.weight <= _LABEL_WORDS + 1 and not line.ends

    def whole(self, words: tuple[str, ...]) -> BoilerplateKind | None:
        """The kind of the phrase that these words are, nothing more and nothing less."""
        return next((p.kind for p in self.at_start(words) if len(p.words) == len(words)), None)

    def share(self, words: tuple[str, ...]) -> tuple[float, BoilerplateKind | None]:
        """How much of some words is set phrases, and the kind of the longest."""
        longest: Phrase | None = None
        count = place = 0
        while place < len(words):
            found = self.at(words, place)
            if found and (longest is None or len(found[0].words) > len(longest.words)):
                longest = found[0]
            count += len(found[0].words) if found else 0
            place += len(found[0].words) if found else 1
        return count / max(len(words), 1), longest.kind if longest else None


def follows_colon(line: Line, count: int) -> bool:
    """Whether a colon stands after the first `count` words of a line."""
    words = find_words(line.text)
    return count <= len(words) and _COLON.match(line.text, words[count - 1].end) is not None


@lru_cache(maxsize=4)
def _compile(rows: tuple[tuple[str, str], ...]) -> Phrases:
    by_word: defaultdict[str, set[Phrase]] = defaultdict(set)
    for form, meaning in rows:
        words = forms(form)
        if words:
            by_word[words[0]].add(
                Phrase(words, BoilerplateKind(meaning), form.rstrip().endswith((":", "：")))
            )
    longest = {word: tuple(sorted(found, key=_order)) for word, found in by_word.items()}
    return Phrases(longest)


def _order(phrase: Phrase) -> tuple[int, str, str]:
    return -len(phrase.words), phrase.kind, " ".join(phrase.words)


def load_phrases(languages: Languages) -> Phrases:
    """The set phrases of all language packs: a page in one language often carries a frame in another."""
    return _phrases_of(Same(languages))


@lru_cache(maxsize=4)
def _phrases_of(packs: Same) -> Phrases:
    rows = ((row.form, row.meaning) for pack in _packs(packs.languages) for row in pack.rows("boilerplate"))
    return _compile(tuple(rows))


def _packs(languages: Languages) -> Iterable[Pack]:
    return languages.packs.values()
