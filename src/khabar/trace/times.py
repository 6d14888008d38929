"""Which of two reports came out first, where their pages say so."""

from __future__ import annotations

from datetime import UTC, date, datetime

from khabar.model.article import Article
from khabar.model.mentions import DateStatus, Precision, Published

_DAY_LETTERS = len("2026-11-21")
_SURE = {DateStatus.PRINTED, DateStatus.RESOLVED}


def earlier_of(one: Article, other: Article) -> str | None:
    """The id of the report that came out first; None where the pages do not tell.

    Minutes count only where both name a zone or neither does; else whole days do.
    """
    times = _comparable(one.published, other.published)
    if times is None or times[0] == times[1]:
        return None
    return one.id if times[0] < times[1] else other.id


def _comparable(one: Published, other: Published) -> tuple[float, float] | None:
    if one.value is None or other.value is None or not {one.status, other.status} <= _SURE:
        return None
    if one.precision is other.precision is Precision.MINUTE:
        times = [datetime.fromisoformat(value) for value in (one.value, other.value)]
        if (times[0].tzinfo is None) == (times[1].tzinfo is None):
            return _seconds(times[0]), _seconds(times[1])
    days = [value[:_DAY_LETTERS] for value in (one.value, other.value)]
    if min(map(len, days)) < _DAY_LETTERS:
        return None
    return date.fromisoformat(days[0]).toordinal(), date.fromisoformat(days[1]).toordinal()


def _seconds(time: datetime) -> float:
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
