"""Whether a full stop, question mark or the like ends a sentence, in scripts with and without capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

QUOTES = "\"'“”„‟‘’‚«»‹›「」『』《》〈〉"
CLOSERS = QUOTES + ")]}）】"
SURE_CLOSERS = "”’»›)]}」』》〉）】"
DOTS = ".…"
ASKS = "?!؟‼⁇⁈⁉"
FULL_WIDTH = "。！？｡"
ENDS = DOTS + ASKS + FULL_WIDTH + "۔।॥։።፧"

SHORT_QUOTE_CHARS = 40  # a quoted "No. Never." this short is a part of its sentence, a longer one has its own
BRACKET_CHARS = 150
TOKEN_CHARS = 40


@dataclass(frozen=True, slots=True)
class StopRules:
    """What one language knows about its sentence ends; forms are lower case and without their last stop.

    `titles` stand before a name or number and never end a sentence; `abbreviations` may end one,
    where the next word is in `openers`, the words that seldom stand inside a name.
    """

    ends: str = ENDS
    titles: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    ordinal_stop: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A run of stops with the marks that close behind it, in one line of text."""

    marks: str
    closers: str
    before: str  # the word in front, without opening marks
    after: str  # the word behind, without opening marks
    spaced: bool
    lead: str = field(default="")  # the word in front of `before`
    quoted: int = 0  # length of the quotation that closes here
    at_line_start: bool = False


def ends_sentence(stop: Stop, rules: StopRules) -> bool:
    """True where a new sentence begins behind the stop."""
    if set(stop.marks) & set(FULL_WIDTH):
        return not stop.closers or stop.spaced
    if not stop.spaced:
        return _ends_without_space(stop)
    if set(stop.marks) & set(ASKS):
        return _ends_question(stop)
    if stop.marks in ("…", "..") or "..." in stop.marks or "…" in stop.marks:
        return _case(stop.after) == "upper"
    if stop.marks == ".":
        return _ends_at_point(stop, rules)
    return True


def _ends_without_space(stop: Stop) -> bool:
    if "…" in stop.marks or ".." in stop.marks or _is_address(stop.before) or not stop.after:
        return False
    before, after = _letters(stop.before), stop.after
    if _case(after) == "none" and _case(before[-1:]) == "none":
        return after[0].isalpha() and len(before) >= 3 and len(after) >= 2
    return len(before) >= 3 and before[1:].islower() and after[:1].isupper() and after[1:3].islower()


def _ends_question(stop: Stop) -> bool:
    case = _case(stop.after)
    if case == "none" and stop.closers:
        return stop.quoted > SHORT_QUOTE_CHARS
    return case != "lower"


def _ends_at_point(stop: Stop, rules: StopRules) -> bool:
    word = stop.before.lower()
    if _ends_era(stop):
        return True
    if word in rules.titles:
        return False
    if word.isdecimal():
        return _ends_at_number(stop, rules)
    if _changes_script(stop):
        return True
    if word in rules.abbreviations or _is_initials(stop.before):
        return stop.after.lower() in rules.openers and _case(stop.after) != "lower"
    return _case(stop.after) != "lower"


def _ends_era(stop: Stop) -> bool:
    """Behind the letters of an era or of an hour, "1441 ه." and "5:30 م.", a sentence may well end."""
    letters = _case(stop.before[-1:]) == "none" and _is_initials(stop.before)
    return letters and stop.lead[-1:].isdecimal() and not stop.after[:1].isdecimal()


def _changes_script(stop: Stop) -> bool:
    """Whether the word before has capitals and the one behind does not, or the other way round."""
    before, after = _case(stop.before[:1]), _case(stop.after)
    both_letters = stop.before[:1].isalpha() and stop.after[:1].isalpha()
    return both_letters and (before == "none") != (after == "none")


def _ends_at_number(stop: Stop, rules: StopRules) -> bool:
    short = len(stop.before) <= 2
    if (stop.at_line_start and len(stop.before) <= 3) or _case(stop.after) == "lower":
        return False
    if short and (rules.ordinal_stop or stop.after.lower() in rules.months):
        return False
    return not (short and stop.after.isdecimal() and len(stop.after) in (1, 2, 4))


@lru_cache(maxsize=4096)
def _is_initials(word: str) -> bool:
    parts = word.split(".")
    return all(len(part.replace("ـ", "").replace("\u200d", "")) == 1 and part[0].isalpha() for part in parts)


def _is_address(word: str) -> bool:
    return any(sign in word for sign in ("/", "@", "://", "www", "_"))


def _letters(word: str) -> str:
    return re.split(r"[\W\d_]", word)[-1]


def _case(word: str) -> str:
    """ "upper", "lower", or "none" where the script has no capitals (or nothing stands there)."""
    for letter in word[:2]:
        if letter.isupper():
            return "upper"
        if letter.islower() and letter.title() != letter:  # Georgian has capitals and never begins with them
            return "upper" if word[1:2].isupper() and letter is word[0] else "lower"
    return "none"
