"""Reasons in the reader's language: stages give them in English, tables say what each sentence is elsewhere.

A sentence that no table knows stays English, and is marked so.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.group.sentences import sentences_in
from khabar.show.tongues import tongue
from khabar.show.wording import FALLBACK, OURS, day, number, say, voice, words_in

_LONGEST = 1500  # in characters; a sentence of ours is shorter unless a page has made it long
_MOST_PARTS = 12
_PLACE = re.compile(r"\{(\w+)\}")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}(T[\d:+Z-]+)?")
# what a place may hold; a number holds no sentence that stands before it
_HELD = {"n": r"[\d.,%]+", "d": r"\d{4}[\d:T+Z-]*"}
_CODE = re.compile(r"[a-z]{2,3}")
_NUMBER = re.compile(r"[\d.,%\s]+")
_OF_DAY = re.compile(r"\((\d{4}-\d{2}-\d{2})\)$")
# what the places of grouping's sentences hold, by the letters that the tables of reasons use
_OF_GROUPING = {"score": "n", "gap": "n", "count": "n", "near": "p", "unit": "p", "names": "l"}


@dataclass(frozen=True, slots=True)
class _Rule:
    """An English sentence with places, and what is said instead; `kinds` are the letters of its places."""

    english: re.Pattern[str]
    told: str
    kinds: tuple[tuple[str, str], ...]


def retell(sentence: str) -> str | None:
    """The sentence in the reader's language; None where no table has it. English stays as it is."""
    language = voice().language
    if language == FALLBACK:
        return sentence
    return _all_of(sentence.strip(), language, _MOST_PARTS) if len(sentence) <= _LONGEST else None


def retold(sentence: str | None) -> str:
    """The sentence in the reader's language, else in English; nothing stays nothing."""
    return retell(sentence or "") or sentence or ""


def title_words(meaning: str) -> str:
    """A rank or office ("rank:colonel") in the reader's language; in plain English where there is no word."""
    rows = _titles(voice().language)
    return rows.get(meaning, meaning.partition(":")[2].replace("_", " "))


def _all_of(text: str, language: str, parts: int) -> str | None:
    """Sentence after sentence."""
    for rule in _rules(language):
        found = rule.english.match(text) if parts else None
        if found is None:
            continue
        told = _filled(rule, found, language)
        rest = text[found.end() :].strip()
        more = _all_of(rest, language, parts - 1) if rest else ""
        if more is not None:
            return f"{told} {more}".strip()
    return None


def _filled(rule: _Rule, found: re.Match[str], language: str) -> str:
    return rule.told.format(**{name: _value(found[name], kind, language) for name, kind in rule.kinds})


def _value(value: str, kind: str, language: str) -> str:
    if kind == "d" or (kind in "pl" and _DATE.fullmatch(value)):
        return day(value)
    if kind == "n" or _NUMBER.fullmatch(value):
        return number(value)
    if kind == "p":
        return _phrase(value, language)
    return _list(value, language) if kind == "l" else value


def _phrase(value: str, language: str) -> str:
    return _all_of(value, language, 1) or (tongue(value) if _CODE.fullmatch(value) else value)


def _list(value: str, language: str) -> str:
    """Names with commas between them, and how many more there are."""
    more = sentences_in(FALLBACK)["more"]
    names, _, rest = value.partition(more.partition("{")[0]) if _ends_in_more(value) else (value, "", "")
    told = say("comma").join(_one_of(name) for name in names.split(", "))
    count = rest.partition(" ")[0]
    return told + (sentences_in(language)["more"].format(count=number(count)) if count else "")


def _one_of(name: str) -> str:
    """A name of a list, or a number; a report that is told from others by its day has it behind its name."""
    if _NUMBER.fullmatch(name):
        return number(name)
    return _OF_DAY.sub(lambda found: f"({day(found[1])})", name)


def _ends_in_more(value: str) -> bool:
    before, _, after = sentences_in(FALLBACK)["more"].partition("{count}")
    return re.search(rf"{re.escape(before)}\d+{re.escape(after)}$", value) is not None


@cache
def _rules(language: str) -> tuple[_Rule, ...]:
    """What is longest, apart from its places, is tried first: it says most."""
    pairs = [*_of_grouping(language), *_of_tables(language)]
    pairs.sort(key=lambda pair: -len(_PLACE.sub("", pair[0])))
    return tuple(_rule(english, told) for english, told in pairs)


def _rule(english: str, told: str) -> _Rule:
    names = [name for _, name, _, _ in string.Formatter().parse(english) if name]
    pattern = "".join(
        f"(?P<{piece}>{_HELD.get(_kind(piece), '.+?')})" if at % 2 else re.escape(piece)
        for at, piece in enumerate(_PLACE.split(english))
    )
    # a phrase is told whole, a sentence may stand before another
    end = r"(?=\s|$)" if english.endswith(".") else "$"
    return _Rule(re.compile(pattern + end, re.DOTALL), told, tuple((name, _kind(name)) for name in names))


def _kind(name: str) -> str:
    return _OF_GROUPING.get(name, name[0] if name.rstrip("0123456789") in {"n", "d", "p", "x"} else "l")


def _of_grouping(language: str) -> Iterator[tuple[str, str]]:
    told = sentences_in(language)
    for key, english in sentences_in(FALLBACK).items():
        if key not in {"list", "more"}:
            yield english, told[key]


def _of_tables(language: str) -> Iterator[tuple[str, str]]:
    for row in _table("reasons"):
        if language in row:
            yield row[FALLBACK], row[language]
    for row in _table("titles"):
        if language in row:
            yield row[FALLBACK], row[language]
    english, told = (_weekdays(code) for code in (FALLBACK, language))
    yield from zip(english, told, strict=True)


def _weekdays(language: str) -> list[str]:
    return words_in(language).words["weekdays"].split()


@cache
def _titles(language: str) -> dict[str, str]:
    return {row["meaning"]: row.get(language, row[FALLBACK]) for row in _table("titles")}


@cache
def _table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table of words, each by the heads of its columns."""
    text = files(OURS).joinpath("words", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    head = lines[0].split("\t")
    return tuple(dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:])
