"""Reasons in the reader's language: every row is a sentence of ours, what is unknown stays English."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar
from khabar.group.sentences import sentences_in
from khabar.show.ink import told
from khabar.show.retell import retell
from khabar.show.wording import interfaces, speaking

PLACE = re.compile(r"\{(\w+)\}")
OTHERS = [language for language in interfaces() if language != "en"]


def table(name: str) -> list[dict[str, str]]:
    text = files("khabar.show").joinpath("words", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@pytest.mark.parametrize("language", OTHERS)
def test_every_row_has_the_same_places_in_each_language(language: str) -> None:
    for row in table("reasons"):
        assert sorted(PLACE.findall(row["en"])) == sorted(PLACE.findall(row[language])), row["en"]


def test_every_sentence_of_the_table_is_one_that_a_stage_says() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(khabar.__file__).parent.rglob("*.py"))
    said = re.sub(r'"\s*\n\s*f?"', "", sources)  # a sentence written over two lines
    for row in table("reasons"):
        if row["en"].endswith("."):
            longest = max(PLACE.split(row["en"])[::2], key=len).strip(" .“”()")
            pieces = [longest[at : at + 16] for at in range(max(1, len(longest) - 15))]
            assert any(piece in said for piece in pieces), row["en"]


def test_every_rank_and_office_of_every_language_has_its_words() -> None:
    known = {row["meaning"] for row in table("titles")}
    packs = Path(khabar.__file__).parent.joinpath("lang").glob("*/titles.tsv")
    used = {
        line.split("\t")[1] for path in packs for line in path.read_text("utf-8").splitlines()[1:] if line
    }
    assert used - {"meaning"} <= known
    assert all(row[language] for row in table("titles") for language in interfaces())


@pytest.mark.parametrize("language", OTHERS)
def test_what_grouping_says_is_told_in_the_readers_language(language: str) -> None:
    filled = {"a": "Bay Courier", "b": "پیک خلیج", "score": "0.52", "near": "closely alike", "gap": "88",
              "names": "Rana, Sami and 3 more", "here": "Rana", "there": "Sami",
              "unit": "person"}  # fmt: skip
    with speaking(language):
        for key, english in sentences_in("en").items():
            if english.endswith("."):
                found = retell(english.format(**filled))
                assert found is not None, key
                assert not re.search(r"[A-Za-z]", re.sub("Bay Courier|Rana|Sami", "", found)), key


@pytest.mark.parametrize(
    ("english", "persian"),
    [
        ("14 (person) here, at least 1,700 (person) there.", "اینجا ۱۴ (نفر)، آنجا دست‌کم ۱٬۷۰۰ (نفر)."),
        ("3 (hour) here, 2.5 (hour) there. One rounds the other.",
         "اینجا ۳ (ساعت)، آنجا ۲٫۵ (ساعت). یکی گردشده دیگری است."),
        ("Rana: lieutenant general here, general there.", "Rana: اینجا سپهبد، آنجا ارتشبد."),
        ("A Monday here, a Friday there.", "اینجا دوشنبه، آنجا جمعه."),
        ("2026-03-21 here, 2026-03-22 there.", "اینجا ۱ فروردین ۱۴۰۵، آنجا ۲ فروردین ۱۴۰۵."),
        ("Both name Rana, Sami and 3 more.", "هر دو نام می‌برند: Rana، Sami و ۳ مورد دیگر."),
    ],
)  # fmt: skip
def test_numbers_dates_and_words_inside_are_told_too(english: str, persian: str) -> None:
    with speaking("fa", "jalali"):
        assert retell(english) == persian


def test_names_and_quoted_words_stay_as_they_are() -> None:
    with speaking("ar"):
        assert retell("No date line; the text itself says “اليوم 8 يوليو 2020”.") == (
            "لا سطر للتاريخ؛ النص نفسه يقول «اليوم 8 يوليو 2020»."
        )


def test_a_number_takes_in_no_sentence_before_it() -> None:
    said = "Stated: it credits that outlet. 64% of what it states stands there too, so a part is its own."
    with speaking("fa"):
        assert not re.search("[A-Za-z]", retell(said) or "A")


def test_an_unknown_sentence_is_english_and_marked_as_such() -> None:
    with speaking("fa"):
        assert retell("The moon is a reason.") is None
        assert str(told("The moon is a reason.")).startswith('<bdi lang="en" dir="ltr">')
        assert str(told("No other report says this.")).startswith('<bdi dir="rtl">')
    assert retell("The moon is a reason.") == "The moon is a reason."


def test_foreign_words_in_a_told_sentence_are_isolated() -> None:
    with speaking("ar"):
        assert '<bdi dir="ltr">Bay Courier 24</bdi>' in str(told("Both name Bay Courier 24, رنا."))


@given(st.text(max_size=2000))
def test_any_text_is_told_or_left(text: str) -> None:
    with speaking("fa"):
        found = retell(text)
    assert found is None or isinstance(found, str)
