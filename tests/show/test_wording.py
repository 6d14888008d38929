"""Our words in each interface language: complete, alike in what they hold, and each reader's own."""

from __future__ import annotations

import string
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pytest

from khabar.settings import ROWS
from khabar.show.days import CALENDARS
from khabar.show.wording import count, day, interfaces, number, plural, say, speaking, words_in

SOURCES = ("khabar.show", "khabar.serve.web")
FORMS = {"en": {"one", "other"}, "fa": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}
OTHERS = [language for language in interfaces() if language != "en"]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def counted(language: str, source: str) -> set[str]:
    """Keys of what is said with a number, without their forms."""
    words = words_in(language, source).words
    return {key.removesuffix(".other") for key in words if key.endswith(".other")} & {
        key.removesuffix(".one") for key in words if key.endswith(".one")
    }


def simple(language: str, source: str) -> dict[str, str]:
    forms = {f"{key}.{form}" for key in counted(language, source) for form in FORMS["ar"]}
    return {key: text for key, text in words_in(language, source).words.items() if key not in forms}


def test_there_are_three_interfaces() -> None:
    assert interfaces() == ("en", "ar", "fa")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("language", OTHERS)
def test_every_key_has_its_words_with_the_same_places(language: str, source: str) -> None:
    english, other = simple("en", source), simple(language, source)
    assert {
        "lacks": sorted(english.keys() - other.keys()),
        "has too much": sorted(other.keys() - english.keys()),
    } == {"lacks": [], "has too much": []}
    assert [key for key in english if places(english[key]) != places(other[key])] == []


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("language", interfaces())
def test_what_is_counted_has_every_form_of_its_language(language: str, source: str) -> None:
    words = words_in(language, source).words
    assert counted(language, source) == counted("en", source)
    for key in counted(language, source):
        forms = {name.removeprefix(f"{key}.") for name in words if name.startswith(f"{key}.")} & FORMS["ar"]
        assert forms == FORMS[language], key
        assert all(places(words[f"{key}.{form}"]) <= {"count"} for form in forms)
        assert places(words[f"{key}.other"]) == {"count"}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("source", SOURCES)
def test_no_word_is_left_in_english(language: str, source: str) -> None:
    english, other = words_in("en", source).words, words_in(language, source).words
    same = [key for key, text in other.items() if english.get(key) == text]
    assert set(same) <= {
        "page.title", "choose.language.en", "choose.language.ar", "choose.language.fa",
        "choose.digits.western",
        "export.json", "export.jsonld", "export.ftm",
    }  # fmt: skip


def test_the_pages_do_not_say_again_what_the_report_says() -> None:
    for language in interfaces():
        ours, pages = (words_in(language, source).words.keys() for source in SOURCES)
        assert ours & pages == set()


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {0: "other", 1: "one", 2: "other", 101: "other"}),
        ("fa", {0: "one", 1: "one", 2: "other", 100: "other"}),
        (
            "ar",
            {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other",
             102: "other", 103: "few", 110: "few", 111: "many", 1000: "other", 1003: "few"},
        ),
    ],
)  # fmt: skip
def test_plural_forms_are_those_of_the_language(language: str, forms: dict[int, str]) -> None:
    assert {amount: plural(amount, language) for amount in forms} == forms


def test_months_and_weekdays_are_all_there() -> None:
    for language in interfaces():
        words = words_in(language).words
        assert all(len(words[f"months.{name}"].split("|")) == 12 for name in ("gregorian", "jalali", "hijri"))
        assert len(words["weekdays"].split()) == 7


@pytest.mark.parametrize(
    ("language", "calendar", "expected"),
    [
        ("en", "gregorian", "21 March 2026"),
        ("en", "jalali", "1 Farvardin 1405"),
        ("ar", "gregorian", "٢١ مارس ٢٠٢٦"),
        ("ar", "hijri", "٢ شوال ١٤٤٧"),
        ("fa", "jalali", "۱ فروردین ۱۴۰۵"),
        ("fa", "gregorian", "۲۱ مارس ۲۰۲۶"),
    ],
)
def test_a_day_is_named_in_the_readers_language_and_calendar(
    language: str, calendar: str, expected: str
) -> None:
    with speaking(language, calendar):
        assert day("2026-03-21") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("1899-03-07", "7 March 1899"),
        ("2026-03-21T11:37+03:30", "2 Shawwal 1447 11:37 UTC+03:30"),
        ("soon", "soon"),
    ],
)
def test_what_a_calendar_cannot_hold_stays_gregorian(value: str, expected: str) -> None:
    with speaking("en", "hijri"):
        assert day(value) == expected


def test_counts_and_numbers_are_in_the_readers_digits() -> None:
    with speaking("ar"):
        assert (count("reports", 2), count("reports", 14)) == ("خبران", "١٤ خبرا")
        assert number(12345) == "١٢٬٣٤٥"
    with speaking("fa"):
        assert count("reports", 3) == "۳ گزارش"
        assert number("0.62") == "۰٫۶۲"
        assert number("report 2.txt") == "report ۲.txt"
    assert count("reports", 1234) == "1,234 reports"


def test_threads_do_not_hear_each_other() -> None:
    def told(language: str) -> tuple[str, str]:
        with speaking(language):
            return language, say("dropped")

    with ThreadPoolExecutor(8) as pool:
        for language, words in pool.map(told, interfaces() * 200):
            assert words == words_in(language).words["dropped"]
    assert say("language") == "en"


def test_an_unknown_language_is_spoken_to_in_english() -> None:
    with speaking("xx") as voice:
        assert (voice.language, say("direction")) == ("en", "ltr")


def test_words_are_in_the_package() -> None:
    assert all(files("khabar.show").joinpath("words", f"{name}.toml").is_file() for name in interfaces())


def test_the_settings_offer_every_interface_and_calendar() -> None:
    choices = {row.name: row.choices for row in ROWS}
    assert (choices["interface"], choices["calendar"]) == (interfaces(), CALENDARS)
