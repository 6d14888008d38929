"""Every word of ours that a reader sees, in the language and calendar of the reader who is served.

The words are data: `words/<language>.toml`, a file for each interface language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from khabar.show.days import in_words

FALLBACK: Final = "en"
OURS: Final = "khabar.show"
_FIGURE = re.compile(r"[\d.,%]+")


@dataclass(frozen=True, slots=True)
class Voice:
    """In which language we speak, in which calendar we name days, in whose digits we count.

    `digits` is "own", those of the language, or "western".
    """

    language: str = FALLBACK
    calendar: str = "gregorian"
    digits: str = "own"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: `grammar` holds its direction, digits, separators and plural forms."""

    words: Mapping[str, str]
    grammar: Mapping[str, Any]


# a context variable, so that threads and tasks that serve different readers do not hear each other
_voice: ContextVar[Voice] = ContextVar("voice", default=Voice())  # noqa: B039


@contextmanager
def speaking(language: str = FALLBACK, calendar: str = "gregorian", digits: str = "own") -> Iterator[Voice]:
    """What is said inside, in this thread or task, is said so; a language without words speaks English."""
    token = _voice.set(Voice(language if language in interfaces() else FALLBACK, calendar, digits))
    try:
        yield _voice.get()
    finally:
        _voice.reset(token)


def voice() -> Voice:
    """How we speak at the moment."""
    return _voice.get()


def say(key: str, /, *, source: str = OURS, **values: object) -> str:
    """The words for `key` with the values put in, whole numbers in the reader's digits.

    `source` is the package whose words come before our own.
    """
    found = _find(key, source)
    shown = {name: number(value) if _is_whole(value) else value for name, value in values.items()}
    return found.format(**shown) if shown else found


def count(key: str, amount: int, /, *, source: str = OURS) -> str:
    """A number with its noun, in the form that the language uses with it: "1 report", "4 reports"."""
    form = plural(amount, voice().language)
    return say(f"{key}.{form}", source=source, count=amount)


def number(value: object) -> str:
    """A number in the reader's digits, its thousands apart; what is no number only has its digits changed."""
    grammar = words_in(_counting()).grammar
    written = f"{value:,}" if _is_whole(value) else str(value)
    signs = {",": grammar["thousands"], ".": grammar["decimal"], "%": grammar["percent"]}
    separators = str.maketrans(signs if _FIGURE.fullmatch(written) else {})
    return written.translate(separators | _digits(_counting()))


def plural(amount: int, language: str) -> str:
    """The plural form that a language uses with a number: zero, one, two, few, many or other.

    Source: plural rules of CLDR 46.
    """
    for form, base, least, most in words_in(language).grammar["plurals"]:
        if least <= (amount % base if base else amount) <= most:
            return str(form)
    return "other"


def day(value: str | None) -> str:
    """An ISO date in words, at the precision that it has: "7 March 2023", "March 2023"; unknown is said."""
    if value is None:
        return say("unknown")
    return in_words(value, voice().calendar, say).translate(_digits(_counting()))


def interfaces() -> tuple[str, ...]:
    """The languages that there is an interface in, English first."""
    return _interfaces()


@cache
def _interfaces() -> tuple[str, ...]:
    names = [file.name for file in files(OURS).joinpath("words").iterdir()]
    found = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
    return (FALLBACK, *sorted(found - {FALLBACK}))


@cache
def words_in(language: str, source: str = OURS) -> Words:
    """The words that a package has in a language; none where it has no table."""
    file = files(source).joinpath("words", f"{language}.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    grammar = table.pop("grammar", {})
    return Words(table, grammar)


def _find(key: str, source: str) -> str:
    """The words for a key: the reader's language before English, the package's own before ours."""
    language = voice().language
    for code in dict.fromkeys((language, FALLBACK)):
        for package in dict.fromkeys((source, OURS)):
            found = words_in(code, package).words.get(key)
            if found is not None:
                return found
    return str(words_in(language).grammar[key])


def _counting() -> str:
    """The language whose digits and separators are used."""
    return FALLBACK if voice().digits == "western" else voice().language


@cache
def _digits(language: str) -> dict[int, str]:
    return {ord("0") + at: digit for at, digit in enumerate(words_in(language).grammar["digits"])}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
