"""Quantities are read alike in every script and language; identifiers, times and dates are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.numbers import find_numbers
from khabar.model.span import Span


def values(language: str, text: str, taken: tuple[Span, ...] = ()) -> list[float]:
    return [number.value for number in find_numbers(text, language, taken)]


def measured(language: str, text: str) -> list[tuple[float, str | None]]:
    return [(number.value, number.unit) for number in find_numbers(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1250"),
        ("ar", "١٢٥٠"),
        ("fa", "۱۲۵۰"),
        ("ckb", "١٢٥٠"),
        ("ps", "۱۲۵۰"),
        ("ur", "۱۲۵۰"),
        ("xx", "१२५०"),
    ],
)
def test_digits_of_every_script_are_one(language: str, text: str) -> None:
    assert values(language, f"({text})") == [1250]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,200", 1200),
        ("en", "1,234,567.5", 1234567.5),
        ("en", "0.125", 0.125),
        ("en", "3.141", 3.141),
        ("en", "12,50,000", 1250000),
        ("de", "1.200", 1200),
        ("de", "1.234.567,5", 1234567.5),
        ("tr", "2,5", 2.5),
        ("fr", "10 000,5", 10000.5),
        ("fr", "10\u202f000", 10000),
        ("ru", "1\u00a0250\u00a0000", 1250000),
        ("ar", "١٬٢٠٠٫٥", 1200.5),
        ("ar", "1.200", 1200),
        ("ar", "5,7", 5.7),
        ("fa", "۵/۷", 5.7),
        ("fa", "۱۲٫۵", 12.5),
        ("ur", "76،000", 76_000),
        ("ps", "۱،۶", 1.6),
    ],
)
def test_signs_part_thousands_or_decimals_as_the_language_has_it(
    language: str, text: str, value: float
) -> None:
    assert values(language, text) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ar", "عشرة آلاف", 10_000),
        ("ar", "خمسة وعشرين ألفا", 25_000),
        ("ar", "مئة وخمسة وعشرين ألفا", 125_000),
        ("ar", "ألفان وخمسمئة", 2500),
        ("ar", "مئتان وخمسون", 250),
        ("ar", "مليونان ومئتا ألف", 2_200_000),
        ("ar", "مليون ونصف المليون", 1_500_000),
        ("ar", "3 آلاف و500", 3500),
        ("fa", "ده هزار", 10_000),
        ("fa", "بیست و پنج", 25),
        ("fa", "بیست‌وپنج", 25),
        ("fa", "سیصد و بیست و پنج هزار", 325_000),
        ("fa", "دو هزار و پانصد میلیارد", 2.5e12),
        ("fa", "۲ میلیون و ۳۰۰ هزار", 2_300_000),
        ("fa", "یک و نیم میلیون", 1_500_000),
        ("en", "two hundred and five thousand", 205_000),
        ("en", "twenty-five", 25),
        ("en", "2.5 million", 2_500_000),
        ("en", "two and a half million", 2_500_000),
        ("en", "half a million", 500_000),
        ("tr", "on yedi", 17),
        ("tr", "bin yüz yirmi", 1120),
        ("tr", "iki buçuk milyon", 2_500_000),
        ("tr", "2 bin 300", 2300),
        ("tr", "2 buçuk milyon", 2_500_000),
        ("tr", "20 milyondan", 20_000_000),
        ("fr", "quatre-vingt-dix", 90),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "mille deux cent", 1200),
        ("fr", "un million et demi", 1_500_000),
        ("ru", "двадцать пять тысяч", 25_000),
        ("ru", "полтора миллиона", 1_500_000),
        ("ur", "پچیس ہزار", 25_000),
        ("ur", "دو کروڑ پانچ لاکھ", 20_500_000),
        ("he", "עשרים וחמישה", 25),
        ("he", "מאה וחמישים אלף", 150_000),
        ("de", "einundzwanzig", 21),
        ("de", "eine Million", 1_000_000),
        ("es", "treinta y dos", 32),
        ("es", "dos mil quinientos millones", 2.5e9),
        ("ckb", "بیست و پێنج", 25),
        ("ps", "دوه سوه او پنځه", 205),
    ],
)
def test_number_words_make_one_number_over_their_whole_length(language: str, text: str, value: float) -> None:
    (number,) = find_numbers(f"«{text}»", language)
    assert (number.text, number.value) == (text, value)


@pytest.mark.parametrize(
    ("language", "text", "both"),
    [
        ("en", "between two and three", [2, 3]),
        ("en", "between twenty and thirty", [20, 30]),
        ("en", "between a hundred and two hundred", [100, 200]),
        ("en", "between one thousand and two thousand", [1000, 2000]),
        ("en", "2 million\n300 thousand", [2_000_000, 300_000]),
        ("ar", "بين خمسة وستة", [5, 6]),
        ("fr", "entre vingt et trente", [20, 30]),
        ("en", "10-15", [10, 15]),
    ],
)
def test_two_numbers_beside_each_other_stay_two(language: str, text: str, both: list[float]) -> None:
    assert values(language, text) == both


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "$2.5 billion", (2.5e9, "dollar")),
        ("en", "10km", (10, "kilometre")),
        ("en", "20 Syrian soldiers", (20, "soldier")),
        ("tr", "%5", (5, "percent")),
        ("fr", "5\u00a0%", (5, "percent")),
        ("ar", "١٢٫٥ بالمئة", (12.5, "percent")),
        ("ar", "مئتان وخمسون دولارا", (250, "dollar")),
        ("fa", "۱۵ درصد", (15, "percent")),
        ("ru", "5 млн. долларов", (5_000_000, "dollar")),
        ("de", "2,5 Millionen Euro", (2_500_000, "euro")),
    ],
)
def test_a_unit_or_sign_beside_the_number_is_its_unit(
    language: str, text: str, expected: tuple[float, str]
) -> None:
    assert measured(language, text) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [("ar", "و300", 300), ("he", "כ-200", 200), ("ar", "بـ50", 50), ("fa", "حدود۲۰۰نفر", 200)],
)
def test_a_clitic_or_a_word_may_be_written_onto_digits(language: str, text: str, value: float) -> None:
    assert values(language, text) == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "F-16, S300, #5, 4x4, 5th"),
        ("en", "192.168.0.1, 12/7/2020, 2020-07-08, 007"),
        ("en", "at 15:40"),
        ("en", "1234567890123456"),
        ("fa", "اس-۳۰۰، اف۱۶"),
        ("ru", "С-300, 15-го, № 5"),
        ("tr", "65. dakikada"),
        ("de", "in der 65. Minute"),
    ],
)
def test_identifiers_times_and_ordinals_are_no_quantities(language: str, text: str) -> None:
    assert values(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"), [("en", "thousands of people"), ("ar", "آلاف الناس"), ("fa", "هزاران نفر")]
)
def test_vague_plurals_are_no_number(language: str, text: str) -> None:
    assert values(language, text) == []


@pytest.mark.parametrize(
    ("language", "text"), [("fa", "به گزارش بی بی سی"), ("fa", "نه تنها آمد"), ("tr", "yüz yüze görüştü")]
)
def test_words_that_only_look_like_numbers_are_none(language: str, text: str) -> None:
    assert values(language, text) == []


@pytest.mark.parametrize(("language", "text"), [("en", "one man"), ("fa", "یک کشتی"), ("de", "ein Schiff")])
def test_a_lone_one_is_an_article(language: str, text: str) -> None:
    assert values(language, text) == []


def test_dates_are_left_out_and_do_not_lend_their_digits() -> None:
    text = "On July 8 200 soldiers left; in 2020 there were 300."
    taken = tuple(Span(text.index(date), text.index(date) + len(date)) for date in ("July 8", "2020"))
    assert values("en", text, taken) == [200, 300]


WORDS = "two twenty hundred thousand million and a half 5 12 1,200 2.5 300 % $ - , . : / km F-"
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_numbers_lie_in_order_with_their_text(text: str) -> None:
    found = find_numbers(text, "en")
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(number.span.of(text) == number.text and number.value >= 0 for number in found)
