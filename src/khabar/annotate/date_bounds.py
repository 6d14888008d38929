"""Between which two instants a day or a minute lies, when its zone is known and when it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from khabar.annotate.date_values import days_of
from khabar.model.mentions import Calendar, Precision

# The day begins first where clocks are 14 hours before UTC, and ends last where they are 12 behind it.
_FIRST_ZONE, _LAST_ZONE = timedelta(hours=14), timedelta(hours=12)
_MINUTE = timedelta(seconds=59)
# Months begin with the sighting of the moon: a printed Hijri day may be a day off from Umm al-Qura.
HIJRI_TOLERANCE = timedelta(days=1)


def bounds(
    value: str, precision: Precision | None, calendar: Calendar | None
) -> tuple[datetime, datetime] | None:
    """The first and the last instant that a value may mean, in UTC; None at the ends of the calendar."""
    slack = HIJRI_TOLERANCE if calendar is Calendar.HIJRI else timedelta()
    try:
        if precision is Precision.MINUTE:
            return _minute(datetime.fromisoformat(value), slack)
        days = days_of(value)
        return (_opening(days[0]) - slack, _closing(days[1]) + slack) if days else None
    except OverflowError:
        return None


def _minute(moment: datetime, slack: timedelta) -> tuple[datetime, datetime]:
    if moment.tzinfo is not None:
        known = moment.astimezone(UTC)
        return known - slack, known + _MINUTE + slack
    plain = moment.replace(tzinfo=UTC)
    return plain - _FIRST_ZONE - slack, plain + _LAST_ZONE + _MINUTE + slack


def _opening(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - _FIRST_ZONE


def _closing(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC) + _LAST_ZONE


def instant(moment: datetime) -> str:
    """An instant as ISO 8601 writes it in UTC: "2020-07-08T09:15:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_instant(text: str) -> datetime | None:
    """The moment that a machine wrote ("2020-07-08T11:37:00Z", "20200708113700"); None for anything else."""
    compact = text.strip()
    if len(compact) == 14 and compact.isdecimal():
        compact = f"{compact[:8]}T{compact[8:]}"
    try:
        moment = datetime.fromisoformat(compact)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
