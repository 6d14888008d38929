"""Calendars against sources of their own."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from persiantools.jdatetime import JalaliDate

from khabar.annotate.calendars import month_days, month_of, to_gregorian, year_days
from khabar.model.mentions import Calendar


def test_every_jalali_day_agrees_with_another_library() -> None:
    day, end = date(1921, 3, 21), date(2072, 3, 19)
    assert (JalaliDate(day).year, JalaliDate(end).year) == (1300, 1450)
    days = 0
    while day <= end:
        jalali = JalaliDate(day)
        assert to_gregorian(Calendar.JALALI, jalali.year, jalali.month, jalali.day) == day
        assert month_of(Calendar.JALALI, day) == (jalali.year, jalali.month)
        day, days = day + timedelta(days=1), days + 1
    assert days == 55_152


@pytest.mark.parametrize(
    "name", ["kfupm_comparison_calendar", "ummalqura_calendar_website", "ummalqura_newspaper_issues"]
)
def test_hijri_days_agree_with_printed_umm_al_qura(shared: Path, name: str) -> None:
    rows = json.loads((shared / "data" / "dates" / "hijri" / f"{name}.json").read_text(encoding="utf-8"))
    pairs = [row[0] for row in rows]
    assert len(pairs) > 100
    wrong = [(hijri, day) for hijri, day in pairs if to_gregorian(Calendar.HIJRI, *hijri) != date(*day)]
    assert wrong == []


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        (Calendar.GREGORIAN, (2023, 2, 29)),
        (Calendar.JALALI, (1400, 12, 30)),
        (Calendar.JALALI, (1400, 13, 1)),
        (Calendar.HIJRI, (1441, 2, 30)),
        (Calendar.HIJRI, (1200, 1, 1)),
        (Calendar.GREGORIAN, (0, 1, 1)),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_none(calendar: Calendar, day: tuple[int, int, int]) -> None:
    assert to_gregorian(calendar, *day) is None


def test_months_and_years_end_where_the_next_begins() -> None:
    assert month_days(Calendar.JALALI, 1399, 12) == (date(2021, 2, 19), date(2021, 3, 20))
    assert year_days(Calendar.JALALI, 1399) == (date(2020, 3, 20), date(2021, 3, 20))
    assert year_days(Calendar.HIJRI, 1441) == (date(2019, 8, 31), date(2020, 8, 19))


@pytest.mark.parametrize("calendar", list(Calendar))
def test_a_day_lies_in_its_month(calendar: Calendar) -> None:
    for n in range(0, 9_000, 97):
        day = date(2001, 1, 1) + timedelta(days=n)
        days = month_days(calendar, *month_of(calendar, day))
        assert days is not None
        assert days[0] <= day <= days[1]
