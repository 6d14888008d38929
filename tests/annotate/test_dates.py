"""Date words: what they mean, what stays open, and where they stand."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from evaluations.dates import score
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.date_values import days_of
from khabar.annotate.dates import find_dates
from khabar.lang.loader import load_languages
from khabar.model.mentions import Calendar, DateMention, Precision

EVALUATION = Path(__file__).parents[2] / "evaluations" / "dates"
ANCHOR = date(2020, 7, 8)  # a Wednesday
PIECES = [
    "8",
    "٠٨",
    "2020",
    "۱۳۹۹",
    "يوليو",
    "تیر",
    "July",
    "اليوم",
    "الأربعاء",
    "Wednesday",
    "/",
    "-",
    ":",
    "11:37",
]
PIECES += [
    "GMT",
    "،",
    " ",
    " ",
    "(",
    ")",
    "\u200f",
    "هـ",
    "منذ عام",
    "of",
    "ذو القعدة",
    "last",
    "pm",
    "\n",
    "99",
]


def read(text: str, *codes: str, anchor: date | None = None) -> list[DateMention]:
    return find_dates(text, codes or ("ar",), load_languages(), anchor)


def values(text: str, *codes: str, anchor: date | None = None) -> list[str | None]:
    return [mention.value for mention in read(text, *codes, anchor=anchor)]


def test_date_lines_stay_above_their_floors() -> None:
    shares, wrong = score.measure()
    floors = json.loads((EVALUATION / "floors.json").read_text(encoding="utf-8"))
    below = {key: shares[key] for key, floor in floors.items() if shares[key] < floor}
    assert not below, wrong


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30),
    st.sampled_from(["ar", "fa", "en", "xx"]),
)
def test_mentions_stand_where_they_say(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    end = 0
    for mention in read(text, language, anchor=ANCHOR):
        assert mention.span.start >= end
        assert mention.text == mention.span.of(text).strip() != ""
        end = mention.span.end
        if mention.precision is Precision.DAY and mention.value is not None:
            date.fromisoformat(mention.value)


@pytest.mark.parametrize("year", ["1399", "1441", "1403", "1357"])
def test_a_year_of_two_calendars_is_never_gregorian_without_a_sign(year: str) -> None:
    for language in ("ar", "fa", "en"):
        for mention in read(f"{year}/04/18", language):
            assert mention.calendar is not Calendar.GREGORIAN
            assert mention.value is None or mention.value[:4] != year


def test_the_same_numbers_are_read_in_the_calendar_of_their_page() -> None:
    assert values("1399/04/18", "fa") == ["2020-07-08"]
    assert values("1441/11/17", "fa") == ["2020-07-08"]
    assert values("1441/11/17", "ar") == ["2020-07-08"]
    assert values("1399/04/18", "en") == [None]


def test_day_and_month_stay_open_where_the_language_writes_both_orders() -> None:
    mention = read("07/08/2020", "en")[0]
    assert (mention.value, mention.precision) == (None, Precision.DAY)
    assert values("Friday 07/08/2020", "en") == ["2020-08-07"]
    assert values("Wednesday 07/08/2020", "en") == ["2020-07-08"]
    assert values("13/08/2020", "en") == ["2020-08-13"]


def test_relative_words_need_a_day_to_count_from() -> None:
    mention = read("قال أمس الثلاثاء", anchor=None)[0]
    assert (mention.value, mention.anchor, mention.relative, mention.weekday) == (None, None, True, 2)
    mention = read("قال أمس الثلاثاء", anchor=ANCHOR)[0]
    assert (mention.value, mention.anchor) == ("2020-07-07", "2020-07-08")


def test_today_beside_another_weekday_stays_open() -> None:
    assert values("اليوم الخميس", anchor=ANCHOR) == [None]


def test_a_date_without_a_year_is_the_one_nearest_to_the_page() -> None:
    assert values("on December 30", "en", anchor=date(2021, 1, 3)) == ["2020-12-30"]
    assert values("۲۹ اسفند", "fa", anchor=date(2021, 3, 22)) == ["2021-03-19"]


def test_words_of_another_language_do_not_make_relative_days() -> None:
    """پیر is Monday in Urdu and an old man in Persian; "on" is ten in Turkish."""
    assert read("پیر مرد آمد", "fa", anchor=ANCHOR) == []
    assert values("on July 6 they met", "en", anchor=ANCHOR) == ["2020-07-06"]


def test_a_foreign_date_line_is_read_on_any_page() -> None:
    assert values("Wednesday, July 8th, 2020 - 11:37 GMT", "ar") == ["2020-07-08T11:37+00:00"]
    assert values("الأربعاء 8 يوليو 2020", "fa") == ["2020-07-08"]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2020-07-08T11:37+00:00", ("2020-07-08", "2020-07-08")),
        ("2020-07-08", ("2020-07-08", "2020-07-08")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020-W28", ("2020-07-06", "2020-07-12")),
        ("2019", ("2019-01-01", "2019-12-31")),
        ("2020-03-20/2021-03-20", ("2020-03-20", "2021-03-20")),
    ],
)
def test_every_value_spans_days(value: str, days: tuple[str, str]) -> None:
    assert days_of(value) == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the third attack in three months", "en"),
        ("قبل 10 سنوات من الحرب", "ar"),
        ("in the 2000s", "en"),
        ("یک صفر بردند", "fa"),
        ("خلال اليوم الأخير", "ar"),
        ("ذلك اليوم", "ar"),
        ("8 في المئة من التجارة في شهر", "ar"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, language: str) -> None:
    assert read(text, language, anchor=ANCHOR) == []


def test_times_keep_their_zone_and_stay_local_without_one() -> None:
    assert values("8 July 2020 14:37", "en") == ["2020-07-08T14:37"]
    assert values("8 July 2020 14:37 CEST", "en") == ["2020-07-08T14:37+02:00"]
    assert values("چهارشنبه ۱۸ تیر ۱۳۹۹ ساعت ۵:۳۰ عصر", "fa") == ["2020-07-08T17:30"]


@pytest.mark.parametrize(
    "text",
    [
        "8/7/2020 " * 10_000,
        "8 " * 30_000,
        "يوليو " * 6_000,
        "1/" * 30_000,
        "اليوم ، " * 6_000,
        "2020-" * 20_000,
    ],
    ids=["dates", "numbers", "months", "slashes", "days", "years"],
)
def test_many_dates_take_bounded_time(text: str) -> None:
    start = time.process_time()
    read(text, anchor=ANCHOR)
    assert time.process_time() - start < 5
