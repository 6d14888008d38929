"""The same date lines given to dateparser and to htmldate, where they are installed.

    python -m evaluations.dates.peers

Counted are the lines with one day, in the sets of `score`: whether the day (and nothing of the time) is
right. dateparser is told the language, the day to count from and to prefer the past; where it makes nothing
of the whole line, it may search in it. htmldate gets the line as the only paragraph of a page, and only lines
that hold a full date.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from typing import Any

from evaluations.dates.score import Case, read, read_cases

LANGUAGES = ("ar", "fa", "en")
DAY = 10  # characters of an ISO day
Shares = dict[str, tuple[int, int]]


def lines() -> list[Case]:
    """The lines of three languages that hold one day."""
    cases = (case for case in read_cases() if case.language in LANGUAGES and len(case.expected) == 1)
    return [case for case in cases if _is_day(case.expected[0])]


def _is_day(value: str | None) -> bool:
    return value is not None and "/" not in value and "W" not in value and len(value) >= DAY


def measure() -> Iterator[tuple[str, Shares]]:
    """By tool, right and counted lines by language; khabar goes first."""
    cases = lines()
    yield "khabar", _count(cases, lambda case: next(iter(read(case)), None))
    if peer := _imported("dateparser"):
        yield "dateparser", _count(cases, lambda case: _by_dateparser(peer, case))
    if peer := _imported("htmldate"):
        full = [case for case in cases if case.anchor is None]
        yield "htmldate", _count(full, lambda case: _by_htmldate(peer, case))


def _imported(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _count(cases: Iterable[Case], answer: Callable[[Case], str | None]) -> Shares:
    right, total = Counter[str](), Counter[str]()
    for case in cases:
        wanted = (case.expected[0] or "")[:DAY]
        total[case.language] += 1
        right[case.language] += (answer(case) or "")[:DAY] == wanted
    return {code: (right[code], total[code]) for code in LANGUAGES}


def _by_dateparser(peer: Any, case: Case) -> str | None:
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past", "RETURN_AS_TIMEZONE_AWARE": False}
    if case.anchor:
        settings["RELATIVE_BASE"] = datetime.combine(case.anchor, time(12))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = peer.parse(case.text, languages=[case.language], settings=settings)
        if found is None:
            search = importlib.import_module("dateparser.search").search_dates
            hits = search(case.text, languages=[case.language], settings=settings)
            found = hits[0][1] if hits else None
    return found.isoformat() if found else None


def _by_htmldate(peer: Any, case: Case) -> str | None:
    page = (
        f"<html lang='{case.language}'><body><article><p class='date'>{case.text}</p></article></body></html>"
    )
    found: str | None = peer.find_date(page, extensive_search=True)
    return found


def show(found: Iterable[tuple[str, Mapping[str, tuple[int, int]]]]) -> Iterator[str]:
    """A line for each tool."""
    for name, shares in found:
        told = (f"{code} {right} of {total}" for code, (right, total) in shares.items())
        yield f"{name:11} " + "   ".join(told)


if __name__ == "__main__":
    for line in show(measure()):
        print(line, flush=True)
    sys.exit(0)
