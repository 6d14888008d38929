"""How far the calendars agree with printed tables and with other libraries.

python -m evaluations.dates.calendars [SHARED_FOLDER]
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from khabar.annotate.calendars import month_of, to_gregorian
from khabar.model.mentions import Calendar

TABLES = ("kfupm_comparison_calendar", "ummalqura_calendar_website", "ummalqura_newspaper_issues")
FIRST, AFTER = date(1921, 3, 21), date(2072, 3, 20)  # 1 Farvardin 1300, and the day behind the last of 1450
Jalali = Callable[[date], tuple[int, int, int]]


def hijri_agreement(shared: Path) -> Iterator[tuple[str, int, int]]:
    """By table of Umm al-Qura, how many of its days come out as printed, and how many it has."""
    for name in TABLES:
        rows = json.loads((shared / f"data/dates/hijri/{name}.json").read_text("utf-8"))
        pairs = [row[0] for row in rows]
        yield (
            name,
            sum(to_gregorian(Calendar.HIJRI, *hijri) == date(*day) for hijri, day in pairs),
            len(pairs),
        )


def jalali_agreement() -> Iterator[tuple[str, int, int]]:
    """By library that is here, on how many days of 1300 to 1450 it agrees, and how many there are."""
    days = [FIRST + timedelta(days=n) for n in range((AFTER - FIRST).days)]
    for name, convert in _libraries():
        yield name, sum(_agrees(day, convert(day)) for day in days), len(days)


def _agrees(day: date, jalali: tuple[int, int, int]) -> bool:
    return to_gregorian(Calendar.JALALI, *jalali) == day and month_of(Calendar.JALALI, day) == jalali[:2]


def _libraries() -> Iterator[tuple[str, Jalali]]:
    """Other arithmetic than the one inside; a library that is not installed is left out."""
    try:
        jdatetime = importlib.import_module("jdatetime")
    except ImportError:
        jdatetime = None
    if jdatetime is not None:
        yield "jdatetime", lambda day: _parts(jdatetime.date.fromgregorian(date=day))
    yield "the 33-year rule", by_rule


def _parts(day: Any) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def by_rule(day: date) -> tuple[int, int, int]:
    """The Jalali day by eight leap years in 33, which gives the observed days from 1178 to 1633.

    Source: Borkowski 1996, The Persian calendar for 3000 years.
    """
    year = day.year - 621
    if day.toordinal() < _new_year(year):
        year -= 1
    past = day.toordinal() - _new_year(year)
    month = past // 31 + 1 if past < 186 else (past - 186) // 30 + 7
    return year, month, past - 31 * (month - 1) + max(0, month - 7) + 1


def _new_year(year: int) -> int:
    return date(622, 3, 20).toordinal() + 365 * (year - 1) + (8 * year + 21) // 33 + 1


def main() -> None:
    for name, same, days in jalali_agreement():
        print(f"Jalali, {name}: {same:,} of {days:,} days of 1300 to 1450")
    if len(sys.argv) > 1:
        for name, same, days in hijri_agreement(Path(sys.argv[1])):
            print(f"Hijri, {name}: {same:,} of {days:,} days")


if __name__ == "__main__":
    main()
