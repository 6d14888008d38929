"""Days that readers type: in their own calendar and digits, and in words where they cannot be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.serve.web.conftest import Look, text

from khabar.serve.web.calendars import typed_day, typed_days
from khabar.show.days import in_calendar
from khabar.show.wording import speaking


@pytest.mark.parametrize(
    ("typed", "calendar", "day"),
    [
        ("1405/3/1", "jalali", "2026-05-22"),
        ("۱۴۰۵/۳/۱", "jalali", "2026-05-22"),
        ("١٤٤٧-٠٩-٠١", "hijri", "2026-02-18"),
        ("2026-05-22", "jalali", "2026-05-22"),
        ("2026-05-22", "gregorian", "2026-05-22"),
        ("1405/13/1", "jalali", None),
        ("tomorrow", "gregorian", None),
        ("²⁰²⁶/1/1", "gregorian", None),
        ("", "gregorian", None),
    ],
)
def test_a_typed_day_is_read_in_the_readers_calendar(typed: str, calendar: str, day: str | None) -> None:
    assert typed_day(typed, calendar) == day


@given(st.dates(date(1930, 1, 1), date(2070, 1, 1)), st.sampled_from(["gregorian", "jalali", "hijri"]))
def test_every_day_that_is_shown_can_be_typed(day: date, calendar: str) -> None:
    parts = in_calendar(day, calendar)
    assert parts is not None
    assert typed_day("/".join(map(str, parts)), calendar) == day.isoformat()


def test_what_cannot_be_read_is_told_with_an_example() -> None:
    with speaking("fa", "jalali"):
        found = typed_days("۱۴۰۵/۳/۱", "دیروز")
    assert found.days == ("2026-05-22", None)
    assert "دیروز" in found.problem
    assert "۱۴۰۵/۱/۵" in found.problem


def test_stories_are_filtered_by_a_day_of_the_readers_calendar(
    web: TestClient, look: Look, bridge: str
) -> None:
    web.cookies.set("khabar_language", "fa")
    web.cookies.set("khabar_calendar", "jalali")
    published = date(2026, 5, 12)
    before, after = (in_calendar(published + timedelta(n), "jalali") for n in (-1, 30))
    shown = [
        look("/stories?since=" + "/".join(map(str, day or ()))).xpath(f"//a[@href='/stories/{bridge}']")
        for day in (before, after)
    ]
    assert (len(shown[0]), len(shown[1])) == (1, 0)
    assert "خواندنی نیست" in text(look("/stories?until=nonsense"))
