"""Text that was stored as it looks and not as it is read: right-to-left lines written backwards.

Bad PDF text and dumps of old systems have it. The original stays; what reads it gets a second string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from khabar.lang.fold import Fold, Folded, fold, folded_text
from khabar.lang.loader import Languages
from khabar.model.span import Span

_RIGHT_TO_LEFT = ("R", "AL")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN = "A-Za-z\u00c0-\u024f"
_RUN = re.compile(rf"[{_DIGITS}]+(?:[.,:/٫٬-][{_DIGITS}]+)*|[{_LATIN}]+(?:[ '-][{_LATIN}]+)*")
_FEWEST = 4  # function words read backwards; one may be another word's spelling
_LEAD = 3  # times as many as read forwards
_MOST_WORDS = 5000  # that are looked at
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
PRESENTATION = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")
_FEWEST_FORMS = 20  # one ﷲ or ﷺ is usual in plain text


def has_presentation_forms(text: str) -> bool:
    """Whether a text is written in the shapes of letters instead of letters."""
    return next(islice(PRESENTATION.finditer(text), _FEWEST_FORMS - 1, None), None) is not None


def is_visual(text: str, languages: Languages) -> bool:
    """Whether the right-to-left words of a text are spelled backwards, by the function words of all packs."""
    known = _function_words(languages)
    forward = backward = 0
    for number, match in enumerate(_WORD.finditer(folded_text(text, Fold.LEXICON))):
        if number >= _MOST_WORDS:
            break
        word = match[0]
        if len(word) > 1 and unicodedata.bidirectional(word[0]) in _RIGHT_TO_LEFT:
            forward += word in known
            backward += word[::-1] in known
    return backward >= _FEWEST and backward > _LEAD * forward


def logical(text: str) -> Folded:
    """A visually ordered text as it is read, in plain letters, with the place where each character stood.

    Each line is turned round; numbers and words of other scripts keep their direction, brackets turn.
    """
    plain = fold(text, Fold.LIGHT)
    letters: list[str] = []
    offsets: list[int] = []
    end = 0
    for line in _LINE.finditer(plain.text):
        for at in (*range(end, line.start()), *_reading_order(line[0], line.start())):
            letters.append(plain.text[at].translate(_MIRRORED) if at >= line.start() else plain.text[at])
            offsets.append(plain.offsets[at])
        end = line.end()
    for at in range(end, len(plain.text)):
        letters.append(plain.text[at])
        offsets.append(plain.offsets[at])
    return Folded("".join(letters), [*offsets, len(text)], text)


def place_of(turned: Folded, span: Span) -> Span:
    """Where the words of a turned text stand in the original, whose order within a line is the other one."""
    places = [turned.offsets[at] for at in range(span.start, span.end)]
    return Span(min(places), max(places) + 1) if places else turned.to_original(span)


def _reading_order(line: str, start: int) -> Iterable[int]:
    """The places of a line's characters in the order in which they are read."""
    order = list(range(len(line)))
    for match in _RUN.finditer(line):
        order[match.start() : match.end()] = reversed(order[match.start() : match.end()])
    return (start + at for at in reversed(order))


@lru_cache(maxsize=4)
def _words_of(rows: tuple[str, ...]) -> frozenset[str]:
    words = {folded_text(row, Fold.LEXICON) for row in rows}
    return frozenset(word for word in words if _WORD.fullmatch(word) and word[::-1] not in words)


def _function_words(languages: Languages) -> frozenset[str]:
    """Function words of the right-to-left packs; those that are a word both ways tell nothing."""
    packs = [pack for pack in languages.packs.values() if pack.direction == "rtl"]
    return _words_of(tuple(row.form for pack in packs for row in pack.rows("function_words")))
