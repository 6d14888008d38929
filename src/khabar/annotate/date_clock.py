"""Times of day beside a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.date_items import Clock, Item
from khabar.annotate.date_walk import AROUND, BESIDE, Match, joins, skip


def read_clock(items: Sequence[Item], at: int) -> Match[Clock] | None:
    """A time of day with its part of the day and its zone: "الساعة 5:30 مساء بتوقيت غرينتش".

    A bare number is an hour only beside a word that makes it one ("at 5 pm", "um 17 Uhr").
    """
    place = skip(items, at, "time", opens=True)
    if place >= len(items) or (place != at and not joins(items, place, AROUND)):
        return None
    hour = _hour(items, place, said=place != at)
    if hour is None:
        return None
    clock, following = hour
    certain = items[place].get("clock") is not None or place != at or following >= place + 2
    while joins(items, following, BESIDE) and (more := _more(items[following], clock)):
        certain = certain or more is not clock or items[following].get("clock_mark") is not None
        clock, following = more, following + 1
        if more.zone == 0 and (shift := _shift(items, following)):
            clock, following = replace(more, zone=shift[0]), shift[1]
    return (clock, following) if certain and clock.hour < 24 else None


def _shift(items: Sequence[Item], at: int) -> Match[int] | None:
    """The minutes behind a zone, "GMT+3" or "UTC+03:30"."""
    sign = (items[at].gap or "").strip() if at < len(items) else ""
    if sign not in ("+", "-", "−"):
        return None
    clock, hours = items[at].get("clock"), items[at].integer("number")
    minutes = clock.hour * 60 + clock.minute if isinstance(clock, Clock) else (hours or 0) * 60
    return (minutes if sign == "+" else -minutes, at + 1) if minutes <= 14 * 60 else None


def _more(item: Item, clock: Clock) -> Clock | None:
    """The time with what the next word adds to it; None where that word is no part of it."""
    if (part := item.get("part")) is not None and clock.hour <= 12:
        return _at_part(clock, str(part))
    if isinstance(zone := item.get("zone"), int | str):
        return replace(clock, zone=zone)
    return clock if item.get("clock_mark") is not None else None


def _hour(items: Sequence[Item], at: int, said: bool) -> Match[Clock] | None:
    clock = items[at].get("clock")
    if isinstance(clock, Clock):
        return clock, at + 1
    return _half_past(items, at) or _bare_hour(items, at, said)


def _bare_hour(items: Sequence[Item], at: int, said: bool) -> Match[Clock] | None:
    item = items[at]
    hour = item.integer("number")
    if hour is None:
        word = (item.integer("ordinal") or item.integer("count")) if said else None
        return _and_minutes(items, at + 1, word) or (Clock(word, 0), at + 1) if word and word <= 12 else None
    if item.digits > 2 or hour > 24:
        return None
    if found := _and_minutes(items, at + 1, hour):
        return found
    minute = _minute(items, at + 1)
    marked = joins(items, at + 2, BESIDE) and _more(items[at + 2], Clock(hour, 0)) is not None
    if minute is not None and (said or marked):
        return Clock(hour, minute), at + 2
    return Clock(hour, 0), at + 1


def _and_minutes(items: Sequence[Item], at: int, hour: int) -> Match[Clock] | None:
    """ "and a half", "less a quarter", "and 40 minutes" behind the hour."""
    if not joins(items, at, BESIDE):
        return None
    past = items[at].integer("minutes")
    if past is not None:
        return Clock(hour if past > 0 else (hour - 1) % 24, past % 60), at + 1
    if items[at].get("and") is None or not (joins(items, at + 1, BESIDE) and joins(items, at + 2, BESIDE)):
        return None
    minute = items[at + 1].integer("number")
    if items[at + 2].get("unit") != "minute" or minute is None or minute > 59:
        return None
    return Clock(hour, minute), at + 3


def _half_past(items: Sequence[Item], at: int) -> Match[Clock] | None:
    """ "half past five"."""
    past = items[at].integer("minutes")
    if past is None or not joins(items, at + 1, BESIDE):
        return None
    hour = items[at + 1].integer("number") or items[at + 1].integer("count")
    if hour is None or hour > 12:
        return None
    return Clock(hour if past > 0 else (hour - 1) % 24, past % 60), at + 2


def _minute(items: Sequence[Item], at: int) -> int | None:
    """Minutes behind a point, as in "17.40 Uhr"."""
    if at >= len(items) or items[at].gap != "." or items[at].digits != 2:
        return None
    minute = items[at].integer("number")
    return minute if minute is not None and minute < 60 else None


def _at_part(clock: Clock, part: str) -> Clock:
    hour = clock.hour
    if part in ("am", "midnight"):
        hour %= 12
    elif part == "pm" or hour < 10:
        hour = hour % 12 + 12
    return replace(clock, hour=hour)
