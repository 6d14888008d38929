import pytest

from khabar.annotate.names.clitics import strip_clitic

CLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "ول", "لل>ال")


@pytest.mark.parametrize(
    ("word", "letters"), [("وباقري", 1), ("ولكريم", 2), ("وليد", 0), ("فادي", 0), ("فراس", 0)]
)
def test_letters_before_a_persons_name_are_counted(word: str, letters: int) -> None:
    assert strip_clitic(word, CLITICS) == letters


@pytest.mark.parametrize(("word", "letters"), [("وزارة", 0), ("وسوريا", 1), ("الكويت", 0), ("لبنان", 0)])
def test_a_ministry_keeps_its_first_letter(word: str, letters: int) -> None:
    assert strip_clitic(word, CLITICS, person=False) == letters


def test_a_language_without_clitics_takes_nothing_off() -> None:
    assert strip_clitic("وباقری", ()) == 0
