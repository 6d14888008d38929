"""Date expressions: how the pieces stand together, in any of the languages and calendars of the packs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.date_clock import read_clock
from khabar.annotate.date_core import read_core, read_day, read_year
from khabar.annotate.date_counted import read_counted
from khabar.annotate.date_items import Item, Month
from khabar.annotate.date_parts import read_part
from khabar.annotate.date_ranges import days_before, fits, months_before, read_years, stretched
from khabar.annotate.date_tense import turn_at
from khabar.annotate.date_walk import (
    AROUND,
    BESIDE,
    SPACE,
    YEARS,
    Expression,
    Match,
    closed,
    joins,
    skip,
)
from khabar.annotate.date_years import bare_year, last_year
from khabar.model.mentions import Calendar


def find_expressions(text: str, items: Sequence[Item]) -> list[Expression]:
    """Every date expression that the items of `text` form, in order and without overlap."""
    found: list[Expression] = []
    label: tuple[str, int] | None = None
    at = 0
    while at < len(items):
        read = _read(text, items, at)
        if read is None:
            if items[at].get("label"):
                label = str(items[at].get("label")), items[at].end
            at += 1
            continue
        expressions, following = read
        expressions = [each for each in expressions if not found or each.start >= found[-1].end]
        near = label is not None and expressions[0].start - label[1] <= 12
        found += (replace(each, label=label[0] if label and near else None) for each in expressions)
        label, at = None if near else label, following
    return found


def _read(text: str, items: Sequence[Item], at: int) -> Match[list[Expression]] | None:
    """The expressions that begin at an item: more than one where several days share their month."""
    counted = read_counted(text, items, at) or read_part(text, items, at)
    if counted:
        return [counted[0]], counted[1]
    dated = _dated(text, items, at)
    if dated:
        dated = stretched(text, items, at, dated, _dated)
        dated = replace(dated[0], turn=turn_at(text, items, at, dated[1])), dated[1]
        return _listed(text, items, at, dated)
    if years := _years(text, items, at):
        return _more_years(text, items, years)
    found = _relative(text, items, at)
    if found is None:
        return None
    expression, following = _timed(text, items, found)
    if expression.weekday and _is_bare(expression):
        expression = replace(expression, turn=turn_at(text, items, at, following))
    return [expression], following


def _listed(text: str, items: Sequence[Item], at: int, found: Match[Expression]) -> Match[list[Expression]]:
    """The date with the days around it that share its month, and the month that shares its year."""
    expression, following = found
    if months := months_before(items, at, expression):
        return months, following
    earlier = days_before(items, at, expression)
    later: list[Expression] = []
    while len(later) < 6 and (more := _next_day(text, items, following, expression)):
        later.append(more[0])
        expression, following = _with_year(expression, more[0]), more[1]
    return [*earlier, expression, *(_with_year(each, expression) for each in later)], following


def _next_day(text: str, items: Sequence[Item], at: int, found: Expression) -> Match[Expression] | None:
    """ "9, 2020" behind "July 8 and": the month went before."""
    reading = found.readings[0]
    leads = len(found.readings) == 1 and reading.day and reading.month and not found.ends and found.calendar
    if not leads or reading.year is not None or found.clock or not joins(items, at, SPACE):
        return None
    if items[at].get("and") is None or not joins(items, at + 1, SPACE) or items[at + 1].digits > 2:
        return None
    number = items[at + 1].integer("number")
    if number is None or not (reading.day or 0) < number <= 31:
        return None
    if joins(items, at + 2, SPACE) and (items[at + 2].months() or _counts_on(items[at + 2])):
        return None  # "July 8 and 9 August", "July 8 and 9 days"
    month = Month(found.calendar or Calendar.GREGORIAN, reading.month or 0)
    year = read_year(text, items, at + 2, month, first=True)
    end = items[year[1] - 1].end if year else items[at + 1].end
    if year is None and text[end : end + 2].strip()[:1].isalnum():
        return None  # "July 8 and 9 people"
    made = replace(reading, day=number, year=year[0] if year else None)
    return Expression(items[at + 1].start, end, (made,), found.calendar), year[1] if year else at + 2


def _counts_on(item: Item) -> bool:
    return item.get("unit") is not None or item.get("link") is not None


def _is_bare(expression: Expression) -> bool:
    return expression.turn is None and expression.days is None and expression.shift is None


def _with_year(expression: Expression, other: Expression) -> Expression:
    year = other.readings[0].year
    if year is None or expression.readings[0].year is not None:
        return expression
    return replace(expression, readings=(replace(expression.readings[0], year=year),))


def _years(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """A year, or the years from one to another."""
    pair = read_years(text, items, at)
    single = None if pair else bare_year(text, items, at)
    if single is None:
        return pair
    place = single[1] - 1
    merged = stretched(text, items, place, single, last_year)
    ends = merged[0].ends
    if ends is None or not fits(single[0].readings[0].year or 0, ends.year or 0):
        return single
    return merged


def _more_years(text: str, items: Sequence[Item], found: Match[Expression]) -> Match[list[Expression]]:
    """ "in 2019 and 2020": the word before the first year is meant for the second as well."""
    expression, following = found
    joined = joins(items, following, SPACE) and items[following].get("and") is not None
    more = last_year(text, items, following + 1) if joined and expression.ends is None else None
    if more is None or not joins(items, following + 1, SPACE):
        return [expression], following
    return [expression, more[0]], more[1]


def _timed(text: str, items: Sequence[Item], found: Match[Expression]) -> Match[Expression]:
    """ "today at 17:40": the time behind a day that is told by its distance."""
    expression, following = found
    tells_day = expression.days is not None or expression.weekday is not None
    if expression.readings or not tells_day or expression.shift:
        return found
    return _trailing_clock(text, items, expression, following)


def _dated(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """A date with what may stand around it: time, weekday, the date, weekday, time."""
    lead = read_clock(items, at)
    place = skip(items, lead[1], "day_mark") if lead and joins(items, lead[1], AROUND) else at
    weekday = _weekday(items, place)
    core_at = weekday[1] if weekday else place
    if weekday and not joins(items, core_at, AROUND):
        return None
    core = read_core(text, items, core_at)
    if core is None:
        return None
    expression, following = core
    expression = replace(expression, start=items[at].start)
    if weekday:
        expression = _with_weekday(expression, items[place], weekday[0])
    else:
        expression, following = _trailing_weekday(text, items, expression, following)
    if lead and place != at:
        return replace(expression, clock=lead[0]), following
    return _trailing_clock(text, items, expression, following)


def _with_weekday(expression: Expression, item: Item, weekday: int) -> Expression:
    return replace(expression, weekday=weekday, weekday_place=(item.start, item.end))


def _trailing_weekday(text: str, items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    place = skip(items, at, "day_mark")
    weekday = _weekday(items, place) if joins(items, place, BESIDE) else None
    if weekday is None or read_core(text, items, weekday[1]):
        return expression, at  # none, or one that belongs to the date behind it
    end = closed(text, items, place)
    return _with_weekday(replace(expression, end=end), items[place], weekday[0]), place + 1


def _trailing_clock(text: str, items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    clock = read_clock(items, at) if joins(items, at, AROUND) else None
    if clock is None:
        return expression, at
    expression = replace(expression, clock=clock[0], end=closed(text, items, clock[1] - 1))
    return _late_year(items, expression, clock[1])


def _late_year(items: Sequence[Item], expression: Expression, at: int) -> Match[Expression]:
    """A year behind the time: "Wed Jul 08 17:40:12 2020"."""
    year = items[at].integer("number") if joins(items, at, SPACE) and items[at].digits == 4 else None
    if not expression.readings or year not in YEARS or any(reading.year for reading in expression.readings):
        return expression, at
    readings = tuple(replace(reading, year=year) for reading in expression.readings)
    return replace(expression, readings=readings, end=items[at].end), at + 1


def _weekday(items: Sequence[Item], at: int) -> Match[int] | None:
    if at >= len(items):
        return None
    value = items[at].integer("weekday") or items[at].integer("far_weekday")
    return None if value is None else (value, skip(items, at + 1, "day_mark"))


def _relative(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    for read in (_day_word, _bare_weekday, _turned_weekday, _shifted, _day_of_month):
        found = read(text, items, at)
        if found:
            return found
    return None


def _day_word(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "today", "yesterday, Sunday", "today (Wednesday)"."""
    days = items[at].integer("day")
    if days is None:
        return None
    place = at + 1
    if joins(items, place, SPACE) and items[place].get("ordinal") and not items[place].get("weekday"):
        return None  # "the first day", which in Arabic begins like "today"
    expression = Expression(items[at].start, items[at].end, days=days)
    named = skip(items, place, "day_mark")
    if not joins(items, named, BESIDE) or items[named].get("weekday") is None:
        return expression, place
    weekday = items[named].integer("weekday") or 0
    if _dated(text, items, named):  # the weekday opens a full date of its own
        return replace(expression, weekday=weekday), place
    expression = replace(expression, end=closed(text, items, named))
    return _with_weekday(expression, items[named], weekday), named + 1


def _bare_weekday(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    weekday = items[at].integer("weekday")
    if weekday is None:
        return None
    expression = Expression(items[at].start, items[at].end)
    expression = replace(_with_weekday(expression, items[at], weekday), turn=_until(items, at))
    if not joins(items, at + 1, BESIDE):
        return expression, at + 1
    for turn in ("last", "next"):
        if items[at + 1].get(turn) is not None and (items[at + 1].gap or "").isspace():
            return replace(expression, turn=turn, end=items[at + 1].end), at + 2
    place = skip(items, at + 1, "link")
    week = items[place].integer("week_shift") if joins(items, place, BESIDE) else None
    if week is not None:
        return replace(expression, shift=("week", week), end=items[place].end), place + 1
    days = items[at + 1].integer("day")
    if days is not None and not items[at + 1].prefix:
        return replace(expression, days=days, end=closed(text, items, at + 1)), at + 2
    return expression, at + 1


def _until(items: Sequence[Item], at: int) -> str | None:
    """ "next" for a weekday that something lasts until."""
    before = at - 1
    if before > 0 and items[before].get("day_mark") is not None and joins(items, at, SPACE):
        before, at = before - 1, before
    lasting = at > 0 and joins(items, at, SPACE) and items[before].get("until") is not None
    return "next" if lasting else None


def _turned_weekday(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    turn = next((turn for turn in ("last", "next") if items[at].get(turn) is not None), None)
    if turn is None or not joins(items, at + 1, SPACE) or items[at + 1].get("weekday") is None:
        return None
    read = _bare_weekday(text, items, at + 1)
    return (replace(read[0], start=items[at].start, turn=turn), read[1]) if read else None


def _shifted(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    if at > 0 and (items[at].gap or "").isspace() and _counts(items[at - 1]):
        return None  # "three years ago", "the last ten years"
    for unit in ("week", "month", "year"):
        number = items[at].integer(f"{unit}_shift")
        if number is not None:
            shift = (unit, number)
            return Expression(items[at].start, items[at].end, shift=shift), at + 1
    return None


def _day_of_month(text: str, items: Sequence[Item], at: int) -> Match[Expression] | None:
    """ "في 20 من الشهر الجاري", "the 20th of this month"."""
    day = read_day(items, at)
    place = skip(items, day[1], "link") if day else at
    if day is None or not joins(items, place, SPACE):
        return None
    month = items[place].integer("month_shift")
    if month is None or (place == day[1] and items[at].get("ordinal") is None):
        return None  # "20 last month" counts, "20 of last month" dates
    expression = Expression(items[at].start, items[place].end, shift=("month", month), month_day=day[0])
    return expression, place + 1


def _counts(item: Item) -> bool:
    return item.get("count") is not None or (item.get("number") is not None and item.digits < 4)
