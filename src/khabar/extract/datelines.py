"""Which lines do no more than say when a report came out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from khabar.extract.lines import Line
from khabar.extract.phrases import Phrases
from khabar.extract.words import fold, forms
from khabar.lang.loader import Languages, Same
from khabar.model.article import BoilerplateKind

_NUMERIC = re.compile(
    r"\b(?:\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4})\b"
)
_CLOCK = re.compile(r"\b\d{1,2}\s?:\s?\d{2}\b")
# A day, one or two words, a year: a date in any language, also one without a pack.
_ANY = re.compile(
    r"\b\d{1,2}[.\s]{1,2}(?:[^\W\d_]+\.?\s){1,2}\d{4}\b|\b[^\W\d_]+\.?\s\d{1,2},?\s\d{4}\b|\d{4}年\d{1,2}月"
)
_LONGEST = 16  # words
_STRANGE = 2  # words that are neither date nor label: "IRNA"; "Floods of 5 May 2020 recalled" has three
_STRANGE_APART = 4  # the same, where a label or a stroke sets the date apart
_STRANGE_IN_PART = 1  # the same, within the one part that is the date: "at" before the hour
_STROKE = re.compile(r"\s*[|•·]\s*|\s[-–—]\s|\s{3,}")
_APART = re.compile(r"[|•·/]|\s[-–—]\s")
_SHORT_FORM = re.compile(r"\d+(?:st|nd|rd|th)?|[ap]m|gmt|utc|[年月日号號년월일]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateWords:
    """Folded names of months and weekdays, and other words that stand in date lines, in all languages."""

    months: frozenset[str]
    weekdays: frozenset[str]
    others: frozenset[str]

    def is_date_line(self, line: Line, phrases: Phrases) -> bool:
        """Whether a line is made of a date, with at most a few words around it."""
        if len(line.words) > 2 * _LONGEST:
            return False
        return self._is_date(line.words, line.text, phrases, line.stops) or self._holds_date(line, phrases)

    def _holds_date(self, line: Line, phrases: Phrases) -> bool:
        """Whether one part of a line that strokes divide is a date: "5 May 2026 | World | 12 views"."""
        if line.stops or not _LONGEST >= len(line.words) / 2 > 0:
            return False
        parts = [part for part in _STROKE.split(line.text) if part.strip()]
        return len(parts) > 1 and any(
            self._is_date(forms(part), part, phrases, False, parted=True) for part in parts
        )

    def _is_date(
        self, words: tuple[str, ...], shown: str, phrases: Phrases, stops: bool, parted: bool = False
    ) -> bool:
        if not 0 < len(words) <= _LONGEST or not any(word[0].isdigit() for word in words):
            return False
        if stops and self._strange(words):  # "12 марта 2025 г." stops too, and says nothing but the day
            return False
        labels = phrases.known(words, BoilerplateKind.DATE_LINE)
        strange = self._strange(words) - labels
        room = _STRANGE_IN_PART if parted else _STRANGE_APART if labels or _APART.search(shown) else _STRANGE
        text = fold(shown)
        if self._names_day(words, text) or _NUMERIC.search(text) or _ANY.search(text):
            return strange <= min(room, len(words) - 1)
        return strange <= 0 and (_CLOCK.search(text) is not None or any(w in self.weekdays for w in words))

    def holds_date(self, line: Line) -> bool:
        """Whether a date with its year stands somewhere in a line."""
        text = fold(line.text)
        return _NUMERIC.search(text) is not None or _ANY.search(text) is not None

    def _names_day(self, words: tuple[str, ...], text: str) -> bool:
        """Whether a month stands beside a number, or a weekday with a clock time."""
        for place, word in enumerate(words):
            if word in self.months and any(w[0].isdigit() for w in words[max(0, place - 1) : place + 2]):
                return True
        return any(word in self.weekdays for word in words) and _CLOCK.search(text) is not None

    def _strange(self, words: tuple[str, ...]) -> int:
        known = self.months | self.weekdays | self.others
        return sum(1 for word in words if word not in known and not _SHORT_FORM.fullmatch(word))


def load_date_words(languages: Languages) -> DateWords:
    """The date words of all language packs."""
    return _words_of(Same(languages))


@lru_cache(maxsize=4)
def _words_of(packs: Same) -> DateWords:
    rows = tuple(
        (table, row.form)
        for pack in packs.languages.packs.values()
        for table in ("months", "weekdays", "day_parts", "day_words", "date_marks")
        for row in pack.rows(table)
    )
    return _compile(rows)


@lru_cache(maxsize=4)
def _compile(rows: tuple[tuple[str, str], ...]) -> DateWords:
    def of(*tables: str) -> frozenset[str]:
        return frozenset(word for table, form in rows if table in tables for word in forms(form))

    return DateWords(of("months"), of("weekdays"), of("day_parts", "day_words", "date_marks"))
