"""Names in Latin letters: each language's own reading, and no vowel that nobody knows."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.names.letters import languages, vocalise
from khabar.annotate.names.romanise import romanise


@pytest.mark.parametrize(
    ("name", "language", "plain", "scholarly"),
    [
        ("علي أيوب", "ar", "Ali Ayyub", "ʿAlī Ayyūb"),
        ("علی ایوب", "fa", "Ali Ayyub", "ʿAlī Ayyūb"),
        ("محمد حسين", "ar", "Muhammad Hussein", "Muḥammad Ḥusayn"),
        ("محمد حسین", "fa", "Mohammad Hossein", "Moḥammad Ḥoseyn"),
        ("عبد الله الحكيم", "ar", "Abdullah al-Hakim", "ʿAbd Allāh al-Ḥakīm"),
        ("عبدالرضا علی‌زاده", "fa", "Abdolreza Alizadeh", "ʿAbdolreżā ʿAlīzādeh"),
        ("فاطمة بنت محمد", "ar", "Fatima bint Muhammad", "Fāṭima bint Muḥammad"),
        ("مُحَمَّد", "ar", "Muhammad", "Muḥammad"),
        ("عماد كريمی", "ar", "Imad Karimi", "ʿImād Karīmī"),
    ],
)
def test_a_name_is_read_as_its_language_reads_it(
    name: str, language: str, plain: str, scholarly: str
) -> None:
    for style, wanted in (("plain", plain), ("scholarly", scholarly)):
        read = romanise(name, language, style)  # type: ignore[arg-type]
        assert read is not None
        assert (read.text, read.certain) == (wanted, True)


def test_an_unknown_word_keeps_its_consonants_and_says_that_vowels_are_missing() -> None:
    read = romanise("سامر برزنتخ", "ar")
    assert read is not None
    assert (read.text, read.certain) == ("Samir Brzntkh", False)


def test_long_vowels_of_unknown_words_are_read() -> None:
    read = romanise("زونتاق", "ar", "scholarly")
    assert read is not None
    assert (read.text, read.certain) == ("Zūntāq", False)


def test_the_short_vowels_of_a_plain_spelling_go_between_the_letters() -> None:
    assert vocalise("نبيل", "nabil", "ar") == "nabīl"
    assert vocalise("زينب", "zainab", "ar") == "zaynab"
    assert vocalise("حداد", "haddad", "ar") == "ḥaddād"


def test_a_spelling_that_does_not_fit_gives_no_vowels() -> None:
    assert vocalise("جون", "smith", "ar") is None
    assert vocalise("أحمد", "ahmed", "ar") is None  # e may be a or i


def test_a_spelling_that_begins_with_another_vowel_is_not_this_word_s() -> None:
    table = {"اوا": ("eva", "")}
    first, second = romanise("اوا", "fa", known=table), romanise("آوا", "fa", known=table)
    assert first is not None
    assert second is not None
    assert (first.text, first.certain) == ("Eva", True)
    assert (second.text[0], second.certain) == ("A", False)


def test_a_first_alef_and_its_long_vowel_are_one_vowel() -> None:
    read = romanise("إيزنتوق", "ar")
    assert read is not None
    assert read.text == "Izntuq"


def test_words_of_other_scripts_stay_as_they_are() -> None:
    read = romanise("Samer حداد", "ar")
    assert read is not None
    assert read.text == "Samer Haddad"


def test_a_language_without_tables_is_not_guessed() -> None:
    assert romanise("علي", "xx") is None


@given(st.text(st.sampled_from("اأإآبتثجعغقكوىيیهةءئ\u064e\u0651\u200c\u200f ab-ٹ"), max_size=60))
def test_any_letters_are_read_without_loss_of_words(text: str) -> None:
    for language in languages():
        read = romanise(text, language, "scholarly")
        assert read is not None
        assert bool(read.text) == bool(text.split())


def test_an_endless_word_takes_no_endless_time() -> None:
    began = time.perf_counter()
    romanise("اوي" * 7_000, "ar", "scholarly")
    romanise(" ".join(["عبد الله"] * 3_000), "fa")
    assert time.perf_counter() - began < 2
