"""Days as users write them in a search: a year, a month or a day, and stretches of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from khabar.lang.fold import Fold, folded_text

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
FIRST, LAST = date.min.isoformat(), date.max.isoformat()


def day_range(said: str) -> tuple[str, str] | None:
    """First and last day, ISO, of "2020", "2020-07", "2020-07-24" or "2020-07..2020-08"; None for no days.

    A side of ".." may be left open. Digits may be those of any script.
    """
    first, dots, last = folded_text(said, Fold.SEARCH).strip().partition("..")
    if not dots:
        return _stretch(first)
    opened = _stretch(first) if first else (FIRST, FIRST)
    closed = _stretch(last) if last else (LAST, LAST)
    return (opened[0], closed[1]) if opened and closed and opened[0] <= closed[1] else None


def _stretch(said: str) -> tuple[str, str] | None:
    found = _DAY.fullmatch(said)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:
        return None
    return first.isoformat(), last.isoformat()
