"""Text that was stored as it looks and not as it is read: right-to-left lines written backwards.

Bad PDF text and dumps of old systems have it. The original stays, with the way from the turned text to it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from khabar.lang.fold import Fold, folded_text
from khabar.lang.loader import Languages
from khabar.lang.turned import runs_of
from khabar.model.span import Span
from khabar.model.stored import Run, Stored

_RIGHT_TO_LEFT = ("R", "AL")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_YEAR = re.compile(r"(?<!\d)(?:19\d\d|20[0-4]\d|1[34]\d\d)(?!\d)")
_TURNED_YEAR = re.compile(r"(?<!\d)(?:\d\d91|\d[0-4]02|\d\d[34]1)(?!\d)")
_CAPITAL = re.compile(r"\b[A-Z][a-z]{2,}\b")
_TURNED_CAPITAL = re.compile(r"\b[a-z]{2,}[A-Z]\b")
_MARK = re.compile(r"[\u064b-\u0652\u05b0-\u05bc]")
_LEADING_MARK = re.compile(rf"(?:^|(?<=[\s،.؟:])){_MARK.pattern}", re.M)
_FACES_IN = re.compile(r"(?<!\S)[(\[{«‹](?=\S)|(?<=\S)[)\]}»›](?!\w)")
_FACES_OUT = re.compile(r"(?<!\S)[)\]}»›](?=\w)|(?<=\w)[(\[{«‹](?!\w)")
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
    """Whether right-to-left words of a text are spelled backwards, by the function words of all packs.

    Lines are counted by themselves: a page may hold both kinds.
    """
    known, words, found = _function_words(languages), 0, 0
    for match in _LINE.finditer(text):
        sided = _sided_words(match[0])
        backward = sum(word[::-1] in known for word in sided)
        if backward and backward > _LEAD * sum(word in known for word in sided):
            found += backward
        words += len(sided)
        if found >= _FEWEST or words >= _MOST_WORDS:
            break
    return found >= _FEWEST


def _sided_words(line: str) -> list[str]:
    """The right-to-left words of two letters and more, folded."""
    words = _WORD.findall(folded_text(line, Fold.LEXICON))
    return [word for word in words if len(word) > 1 and unicodedata.bidirectional(word[0]) in _RIGHT_TO_LEFT]


def turn(text: str, languages: Languages) -> Stored | None:
    """How a text is read whose lines are stored backwards, as runs of it; None for an ordinary text.

    A line whose own function words are spelled forwards stays. Where years and capitals show that numbers and
    Latin words are backwards too, lines are turned as they are.
    """
    if not is_visual(text, languages):
        return None
    known, naive, marks_follow = _function_words(languages), _is_naive(text), _marks_follow(text)
    runs: list[Run] = []
    end = 0
    for match in _LINE.finditer(text):
        if _is_forward(match[0], known, naive):
            continue
        if end < match.start():
            runs.append(Run(Span(end, match.start()), backwards=False))
        whole = [Run(Span(*match.span()), backwards=True)]
        runs += whole if naive else runs_of(match[0], match.start(), marks_follow)
        end = match.end()
    if end < len(text):
        runs.append(Run(Span(end, len(text)), backwards=False))
    return Stored(text, tuple(runs))


def turned_text(stored: Stored) -> str:
    """The text as it is read: the characters of the stored one, brackets facing the words that they hold."""
    plain = "".join(_read(stored, run, mirrored=False) for run in stored.runs)
    faced = "".join(_read(stored, run, mirrored=True) for run in stored.runs)
    return faced if _well_faced(faced) >= _well_faced(plain) else plain


def places_of(stored: Stored, span: Span) -> tuple[Span, ...]:
    """Where the words at `span` of the turned text stand in the stored one, joined where they touch."""
    found: list[Span] = []
    at = 0
    for run in stored.runs:
        first, last = max(span.start - at, 0), min(span.end - at, len(run.span))
        at += len(run.span)
        if first < last:
            edge = Span(len(run.span) - last, len(run.span) - first) if run.backwards else Span(first, last)
            found.append(edge.moved(run.span.start))
    return tuple(_joined(sorted(found)))


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _read(stored: Stored, run: Run, mirrored: bool) -> str:
    words = run.span.of(stored.text)
    if not run.backwards:
        return words
    return words[::-1].translate(_MIRRORED) if mirrored else words[::-1]


def _well_faced(text: str) -> int:
    return len(_FACES_IN.findall(text)) - len(_FACES_OUT.findall(text))


def _is_forward(line: str, known: frozenset[str], naive: bool) -> bool:
    """Whether a line of a text stored backwards is not: its own words read forwards."""
    sided = _sided_words(line)
    if not sided:
        return not (naive and _is_naive(line))
    return sum(word in known for word in sided) > sum(word[::-1] in known for word in sided)


def _is_naive(text: str) -> bool:
    """Whether numbers and Latin words are backwards as well, by years and capitals."""
    forward = len(_YEAR.findall(text)) + len(_CAPITAL.findall(text))
    backward = len(_TURNED_YEAR.findall(text)) + len(_TURNED_CAPITAL.findall(text))
    return backward > forward


def _marks_follow(text: str) -> bool:
    """Whether marks were stored behind their letters; turned like letters, some would begin a word."""
    return _MARK.search(text) is not None and _LEADING_MARK.search(text) is None


@lru_cache(maxsize=4)
def _words_of(rows: tuple[str, ...]) -> frozenset[str]:
    words = {folded_text(row, Fold.LEXICON) for row in rows}
    return frozenset(word for word in words if _WORD.fullmatch(word) and word[::-1] not in words)


def _function_words(languages: Languages) -> frozenset[str]:
    """Function words of the right-to-left packs; those that are a word both ways tell nothing."""
    packs = [pack for pack in languages.packs.values() if pack.direction == "rtl"]
    return _words_of(tuple(row.form for pack in packs for row in pack.rows("function_words")))
