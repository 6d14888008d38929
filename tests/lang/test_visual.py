"""Text stored backwards is known, read in its order, and each piece of it leads back to the stored one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.lang.loader import load_languages
from khabar.lang.turned import runs_of
from khabar.lang.visual import has_presentation_forms, is_visual, places_of, turn, turned_text
from khabar.model.span import Span
from khabar.model.stored import Stored

ARABIC = "قال الوزير إن العمل في الميناء لن يتوقف، وأكد أن السفن التي تصل إلى المدينة سوف تدخل من بعد غد."
PERSIAN = "وزیر گفت که کار در بندر متوقف نمی‌شود و این کشتی‌ها از فردا به شهر می‌آیند تا با بار خود بروند."
HEBREW = "ראש הממשלה אמר היום כי הוא לא יתפטר. על פי הדיווח, גם השר אמר כי זה לא היה צפוי, כך אמרו של אנשים."
WORDS = {"ar": ARABIC, "fa": PERSIAN, "he": HEBREW}
MIXED = st.text(alphabet="اب جدה1٢۳ («»).,-%Lx\n\u064e\u200c", max_size=40)


def stored_as(line: str, language: str = "ar") -> str:
    """A text whose backwards lines are told by its own words, this line last."""
    return "\n".join([WORDS[language][::-1], line])


def last_line(text: str) -> str:
    stored = turn(text, load_languages())
    assert stored is not None
    return turned_text(stored).split("\n")[-1]


@pytest.mark.parametrize("text", WORDS.values())
def test_only_text_whose_words_are_spelled_backwards_is_visual(text: str) -> None:
    assert is_visual(text[::-1], load_languages())
    assert not is_visual(text, load_languages())
    assert turn(text, load_languages()) is None


@pytest.mark.parametrize("text", WORDS.values())
def test_turned_text_is_what_was_written(text: str) -> None:
    stored = turn(text[::-1], load_languages())
    assert stored is not None
    assert turned_text(stored) == text


@pytest.mark.parametrize(
    ("language", "as_stored", "as_read"),
    [
        ("ar", "(1.5) 2026 ةنس", "سنة 2026 (1.5)"),
        ("ar", ".«ءانيملا» يف Boeing 737-800 تطبه", "هبطت Boeing 737-800 في «الميناء»."),
        ("ar", ".(أ ب) Reuters ةلاكو نع ٪٥٠", "٥٠٪ عن وكالة Reuters (ب أ)."),
        ("ar", "2026-11-22 خيراتب", "بتاريخ 2026-11-22"),
        ("ar", ".10:30 ةعاسلا", "الساعة 10:30."),
        ("fa", ".دمآ (IRNA) انریا هب ۱۴۰۴/۰۹/۰۱ زور", "روز ۱۴۰۴/۰۹/۰۱ به ایرنا (IRNA) آمد."),
        ("fa", ".تسا ۱۲٫۵", "۱۲٫۵ است."),
        ("fa", ".[تیاس] دنتفر اه\u200cیتشک", "کشتی\u200cها رفتند [سایت]."),
        ("he", "50% רמא רשה", "השר אמר 50%"),
        (
            "ar",
            "The port said (today): ءانيملا cannot reopen.",
            "The port said (today): الميناء cannot reopen.",
        ),
    ],
)
def test_numbers_latin_words_and_brackets_are_read_as_they_were_written(
    language: str, as_stored: str, as_read: str
) -> None:
    assert last_line(stored_as(as_stored, language)) == as_read


def test_a_line_that_is_not_backwards_stays() -> None:
    assert last_line(stored_as("قال إن هذا هو السطر من في على")) == "قال إن هذا هو السطر من في على"
    assert last_line(stored_as("Photo: harbour office (2026).")) == "Photo: harbour office (2026)."


def test_text_turned_letter_by_letter_has_its_numbers_and_latin_words_turned_too() -> None:
    written = f"{ARABIC}\nزار وفد من London الميناء (القديم) سنة 2026."
    stored = turn("\n".join(line[::-1] for line in written.split("\n")), load_languages())
    assert stored is not None
    assert turned_text(stored) == written


@pytest.mark.parametrize("kept", [True, False], ids=["marks behind their letters", "marks turned too"])
def test_marks_stay_on_their_letters(kept: bool) -> None:
    written = "قُتِلَ الرَّجُلُ"
    line = "".join(reversed(_clusters(written))) if kept else written[::-1]
    assert last_line(stored_as(line)) == written


def _clusters(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        if "\u064b" <= char <= "\u0652":
            found[-1] += char
        else:
            found.append(char)
    return found


def test_a_ligature_of_two_letters_is_read_in_its_order() -> None:
    written = "ﻻ ﺷﻲء"
    assert last_line(stored_as(written[::-1])) == written


def test_a_word_of_the_turned_text_is_found_in_the_stored_one() -> None:
    stored = turn(ARABIC[::-1], load_languages())
    assert stored is not None
    start = turned_text(stored).index("الوزير")
    (place,) = places_of(stored, Span(start, start + 6))
    assert place.of(stored.text) == "ريزولا"


def test_words_around_a_number_have_two_places_in_the_stored_text() -> None:
    stored = turn(stored_as(".موي 30 لالخ ىهتنا"), load_languages())
    assert stored is not None
    start = turned_text(stored).index("خلال 30")
    places = places_of(stored, Span(start, start + len("خلال 30")))
    assert [place.of(stored.text) for place in places] == ["30 لالخ"]
    cut = places_of(stored, Span(start + 3, start + len("خلال 3")))
    assert [place.of(stored.text) for place in cut] == ["3", " ل"]


@given(st.one_of(st.text(max_size=60), MIXED), st.booleans())
def test_the_runs_of_a_line_share_out_all_of_it(line: str, marks_follow: bool) -> None:
    line = line.replace("\n", " ")
    runs = list(runs_of(line, 7, marks_follow))
    places = sorted(at for run in runs for at in range(run.span.start, run.span.end))
    assert places == list(range(7, 7 + len(line)))


@given(MIXED, st.data())
def test_every_piece_of_the_turned_text_leads_to_its_characters(line: str, data: st.DataObject) -> None:
    stored = turn(stored_as(line), load_languages())
    assert stored is not None
    read = turned_text(stored)
    assert len(read) == len(stored.text)
    start = data.draw(st.integers(0, len(read)))
    end = data.draw(st.integers(start, len(read)))
    places = places_of(stored, Span(start, end))
    assert sum(map(len, places)) == end - start
    assert all(one.end < other.start for one, other in pairwise(places))
    pieces = "".join(place.of(stored.text) for place in places)
    assert sorted(_plain(pieces)) == sorted(_plain(read[start:end]))


@given(MIXED)
def test_the_places_of_single_characters_are_each_another(line: str) -> None:
    stored = turn(stored_as(line), load_languages())
    assert isinstance(stored, Stored)
    places = [places_of(stored, Span(at, at + 1)) for at in range(len(stored.text))]
    assert sorted(place.start for (place,) in places) == list(range(len(stored.text)))


def _plain(text: str) -> str:
    """The text with all brackets facing one way."""
    return text.translate(str.maketrans(")]}»›", "([{«‹"))


def test_one_ligature_is_no_text_in_shapes() -> None:
    assert not has_presentation_forms("قال ﷺ كذا")
    assert has_presentation_forms("ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻌﻤﻞ ﻓﻲ ﺍﻟﻤﻴﻨﺎﺀ")
