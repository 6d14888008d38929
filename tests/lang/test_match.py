"""Forms are found as whole words, in every spelling, behind clitics, the longest first."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from khabar.lang.loader import load_languages
from khabar.lang.match import Hit, Lexicon
from khabar.lang.schema import Row

ARABIC = load_languages().pack("ar").clitics


def lexicon(*forms: str, clitics: tuple[str, ...] = ()) -> Lexicon:
    return Lexicon([Row(form, form, form, "made for this test") for form in forms], clitics)


def words(found: list[Hit], text: str) -> list[str]:
    return [hit.span.of(text) for hit in found]


def test_a_form_is_no_part_of_a_longer_word() -> None:
    assert lexicon("May", "US").find("Mayor, USA") == []


def test_a_letter_with_hamza_does_not_cut_a_word() -> None:
    assert lexicon("لا", "لاً").find("قائلاً مسؤولاً") == []


def test_capitals_are_asked_for_where_the_form_has_them() -> None:
    text = "it may rain in MAY and May, says us of the US"
    assert words(lexicon("May", "US").find(text), text) == ["MAY", "May", "US"]


def test_a_form_in_small_letters_is_found_at_the_start_of_a_sentence() -> None:
    assert words(lexicon("according to").find("According to him"), "According to him") == ["According to"]


def test_the_longest_form_wins() -> None:
    text = "وصل وزير الدفاع السوري"
    assert words(lexicon("وزير", "وزير الدفاع", "الدفاع").find(text), text) == ["وزير الدفاع"]


def test_spelling_and_half_spaces_do_not_matter() -> None:
    for text in ("سه‌شنبه", "سه شنبه"):
        assert words(lexicon("سه شنبه").find(text), text) == [text]
    assert words(lexicon("الأربعاء").find("الارْبِعاء"), "الارْبِعاء") == ["الارْبِعاء"]


def test_a_clitic_is_told_apart_from_the_form_behind_it() -> None:
    text = "ولوزير الدفاع"
    (hit,) = lexicon("وزير الدفاع", clitics=ARABIC).find(text)
    assert (hit.span.of(text), hit.prefix) == ("وزير الدفاع", "ول")


def test_an_article_that_lost_its_alef_is_found() -> None:
    (hit,) = lexicon("الأربعاء", clitics=ARABIC).find("للأربعاء")
    assert hit.row.form == "الأربعاء"


def test_a_short_form_takes_no_clitic() -> None:
    assert lexicon("لم", clitics=ARABIC).find("فلم جديد") == []
    assert len(lexicon("لم يعد", clitics=ARABIC).find("فلم يعد الوفد")) == 1


def test_a_short_form_is_no_part_of_a_word_with_a_half_space() -> None:
    text = "۵ می، می‌رود"
    assert [hit.span.start for hit in lexicon("می").find(text)] == [2]


def test_without_clitics_a_prefixed_word_is_another_word() -> None:
    assert lexicon("وزير").find("ووزير") == []


def test_a_form_with_an_open_end_is_the_front_of_a_word_which_itself_stays_to_be_found() -> None:
    text = "وصل الوفد، وأكد ذلك، و"
    found = lexicon("، وـ", "أكد", clitics=ARABIC).find(text)
    assert words(found, text) == ["، و", "أكد"]


def test_a_letter_that_is_the_words_own_is_no_clitic() -> None:
    assert words(lexicon("، وـ", "وزير").find("جاء، وزير"), "جاء، وزير") == ["وزير"]


def test_a_form_with_an_open_start_is_the_tail_of_a_word() -> None:
    assert words(lexicon("-madı").find("İmzalamadı. madı"), "İmzalamadı. madı") == ["İmzalamadı"]


def test_digits_and_letters_written_together_are_two_words() -> None:
    assert words(lexicon("تیر").find("18تیر1399"), "18تیر1399") == ["تیر"]


def test_signs_are_found_beside_numbers() -> None:
    assert words(lexicon("%", "©").find("©2020: 5%"), "©2020: 5%") == ["©", "%"]


def test_two_meanings_of_a_form_are_two_hits_and_two_spellings_of_one_meaning_one() -> None:
    rows = [Row(f, m, f, "made for this test") for f, m in (("آب", "8"), ("اب", "8"), ("آب", "water"))]
    assert sorted(hit.row.meaning for hit in Lexicon(rows).find("آب")) == ["8", "water"]


def test_a_pack_without_the_table_finds_nothing() -> None:
    assert Lexicon.of(load_languages().pack("xx"), "months").find("8 July 2020") == []


PIECES = st.sampled_from(
    ["وزير", "الدفاع", "و", "ل", "ُ", "ـ", "\u200c", "\u200f", " ", "،", "8", "May", "ﻻ", "\n"]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_hits_lie_in_order_in_the_text_and_do_not_overlap(text: str) -> None:
    found = lexicon("وزير", "وزير الدفاع", "، وـ", "May", "لا", clitics=ARABIC).find(text)
    spans = [hit.span for hit in found]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.end <= len(text) and len(span) > 0 for span in spans)
