"""Date words of all kinds keep their places, and hard texts end in time."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.calendars import to_gregorian
from khabar.annotate.dates import find_dates
from khabar.lang.loader import load_languages
from khabar.model.mentions import Calendar, DateMention, Precision

ANCHOR = date(2020, 7, 8)
LINES = (
    "8 July 2020 and between to from ago in days weeks early late last next Sunday said will begin",
    ", - – : / 17:40 1399 ۱۸ تیر ۱۳۹۹ تا از پیش روز هفته اوایل یکشنبه خواهد شد و ساعت نیم دقیقه",
    "قبل ثلاثة أيام تموز يوم الأحد سيبدأ منتصف الشهر الجاري بين عامي 2015 الساعة والنصف مساء هـ",
)
WORDS = [word for line in LINES for word in (*line.split(), "\n")]


def read(text: str, language: str, anchor: date | None = ANCHOR) -> list[DateMention]:
    return find_dates(text, [language], load_languages(), anchor)


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["ar", "fa", "en"]))
def test_mentions_stand_in_order_at_their_own_words(words: list[str], language: str) -> None:
    text = " ".join(words)
    end = 0
    for mention in read(text, language):
        assert mention.span.start >= end
        assert mention.text == mention.span.of(text) != ""
        end = mention.span.end


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(1, 300))
def test_a_stretch_goes_from_its_first_to_its_last_day(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    text = f"from {first.day} {first:%B} {first.year} to {last.day} {last:%B} {last.year}"
    (mention,) = read(text, "en", None)
    assert (mention.value, mention.end) == (f"{first}/{last}", last.isoformat())


@given(st.integers(1300, 1450), st.integers(1, 12), st.integers(1, 29))
def test_a_year_of_two_calendars_stays_open_outside_the_languages_that_use_it(y: int, m: int, d: int) -> None:
    (mention,) = read(f"{y}/{m:02}/{d:02}", "en", None)
    assert mention.value is None
    days = {one.calendar: one.value for one in mention.candidates}
    assert days[Calendar.JALALI] == str(to_gregorian(Calendar.JALALI, y, m, d))
    assert Calendar.GREGORIAN in days or d > 28


@pytest.mark.parametrize(
    ("text", "language", "value", "precision", "part"),
    [
        ("early July 2020", "en", "2020-07-01/2020-07-10", Precision.MONTH, "early"),
        ("late 2019", "en", "2019-09-01/2019-12-31", Precision.YEAR, "late"),
        ("منتصف الشهر الجاري", "ar", "2020-07-11/2020-07-20", Precision.MONTH, "mid"),
        ("اوایل تیر", "fa", "2020-06-21/2020-06-30", Precision.MONTH, "early"),
        ("two weeks ago", "en", "2020-W26", Precision.WEEK, None),
    ],
)
def test_what_is_vague_says_how_vague(
    text: str, language: str, value: str, precision: Precision, part: str | None
) -> None:
    (mention,) = read(text, language)
    assert (mention.value, mention.precision, mention.part) == (value, precision, part)


def test_hours_are_counted_from_a_moment_and_not_from_a_day() -> None:
    (mention,) = read("3 hours ago", "en")
    assert (mention.value, mention.relative, mention.precision) == (None, True, Precision.MINUTE)


@pytest.mark.parametrize(
    "piece", ["8 and ", "3 days ", "said on Sunday ", "2019-2020-", "half past ", "early "]
)
def test_a_long_sentence_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(chars: int) -> float:
        text = piece * (chars // len(piece))
        begun = time.process_time()
        read(text, "en")
        return time.process_time() - begun

    read(piece, "en")
    # ten times as long where it is in proportion, a hundred where it is not
    assert min(seconds(20_000) for _ in range(3)) < 25 * max(seconds(2_000), 0.02)


@given(
    st.lists(st.sampled_from([*WORDS, "2019", "2020", "2021", "year", "سال", "عام", "1441"]), max_size=8),
    st.sampled_from([" ", "-", " - ", "/", ", ", ""]),
    st.sampled_from(["ar", "fa", "en"]),
)
def test_years_that_join_or_end_a_text_never_stop_it(words: list[str], mark: str, language: str) -> None:
    text = mark.join(words)
    for found in read(text, language):
        assert found.text == found.span.of(text)


@pytest.mark.parametrize("text", ["2019, 2020", "in 2019 and", "from 2019 to", "سال ۱۳۹۸ و", "عام 2019 -"])
def test_a_year_at_the_very_end_is_no_fault(text: str) -> None:
    for language in ("ar", "fa", "en"):
        assert all(found.text in text for found in read(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("2025年3月12日", "zh"),
        ("2025年3月12日", "en"),
        ("2025년 3월 12일", "ko"),
        ("二人が2025年3月12日に", "ja"),
    ],
)
def test_a_day_whose_units_stand_behind_its_numbers_is_read_in_any_language(text: str, language: str) -> None:
    (mention,) = read(text, language, None)
    assert mention.value == "2025-03-12"


def test_numbers_of_no_day_stay_open_where_units_stand_behind() -> None:
    assert all(mention.value is None for mention in read("2025年13月40日", "zh", None))
