"""Words that are names as well, ministries, and organisations that "and" joins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluations.names.reports import SETS, measure, read_reports

from khabar.annotate.names import find_names
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages

FLOORS = json.loads(
    (Path(__file__).resolve().parents[3] / "evaluations/names/floors.json").read_text(encoding="utf-8")
)


def names(encoder: Encoder, language: str, text: str) -> list[str]:
    found = find_names(text, encoder.words([text])[0], load_languages().pack(language))
    return [mention.text for mention in found]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "توفان بندر باعث شد کشتی‌ها تا صبح در دریا بمانند."),
        ("fa", "قطر لوله تازه دو متر است و کار تا شام تمام می‌شود."),
        ("ar", "يبلغ قطر الأنبوب مترين، وقال المهندس إن الأمل كبير."),
        ("en", "Harbour storm warnings kept the boats in port, and May brought no hope."),
        ("en", "Bush fires spread, and the young cook said the church would stay open."),
    ],
)
def test_a_word_of_the_language_is_no_name(encoder: Encoder, language: str, text: str) -> None:
    assert names(encoder, language, text) == []


def test_the_same_word_with_a_title_or_another_name_stays_a_name(encoder: Encoder) -> None:
    assert names(encoder, "en", "Theresa May met President Bush in London.") == [
        "Theresa May",
        "Bush",
        "London",
    ]


def test_a_ministry_is_named_by_the_word_with_the_article_behind_it(encoder: Encoder) -> None:
    assert "وزارة الداخلية" in names(encoder, "ar", "نفت وزارة الداخلية الأنباء أمس.")
    assert "مجلس النواب" in names(encoder, "ar", "صوت مجلس النواب على القانون أمس.")


def test_two_organisations_that_and_joins_are_two(encoder: Encoder) -> None:
    found = names(encoder, "fa", "کمیته امداد و هلال احمر به روستاها چادر فرستادند.")
    assert found == ["کمیته امداد", "هلال احمر"]


@pytest.mark.parametrize("name", sorted(SETS))
def test_names_of_constructed_reports_keep_their_floors(encoder: Encoder, name: str) -> None:
    figures = measure(read_reports(SETS[name]), encoder)
    low = {}
    for key, (precision, recall) in FLOORS["reports"][name].items():
        language, kind = key.split()
        found = figures[language, kind]
        if found.precision < precision or found.recall < recall:
            low[key] = found
    assert low == {}
