"""Sentences: nothing lost, nothing empty, cut where a reader would."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from evaluations.sentences import score
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.rules import stop_rules
from khabar.annotate.sentences import split_sentences
from khabar.lang.loader import load_languages
from khabar.model.span import Span

EVALUATION = Path(__file__).parents[2] / "evaluations" / "sentences"
PIECES = [
    "قال الوزير",
    "He left",
    "وی رفت",
    "3.5",
    ".",
    "؟",
    "!",
    "…",
    '"',
    "“",
    "”",
    "«",
    "»",
    "(",
    ")",
    " ",
]
PIECES += [
    "\n",
    "\r\n",
    "\u200c",
    "\u00a0",
    "•",
    "*",
    "د.",
    "U.S.",
    "。",
    "۔",
    "\u200f",
    "\u2028",
    "؛",
    "ه.ش.",
]


def split(text: str, language: str = "ar") -> list[str]:
    rules = stop_rules(load_languages(), language)
    return [span.of(text) for span in split_sentences(text, Span(0, len(text)), rules)]


def test_hard_strings_stay_above_their_floors() -> None:
    shares, wrong = score.measure()
    floors = json.loads((EVALUATION / "floors.json").read_text(encoding="utf-8"))
    below = {key: shares[key] for key, floor in floors.items() if shares[key] < floor}
    assert not below, wrong


@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40),
    st.sampled_from(["ar", "fa", "en", "xx"]),
)
def test_sentences_hold_every_character_once(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    rules = stop_rules(load_languages(), language)
    spans = split_sentences(text, Span(0, len(text)), rules)
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= covered
    assert sum(map(len, spans)) == len(covered), "sentences overlap"
    assert spans == sorted(spans)
    for span in spans:
        assert span.of(text) == span.of(text).strip() != ""


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_paragraph_is_split_without_its_surroundings(before: str, after: str) -> None:
    middle = "وقع الوزيران. وغادرا."
    text = before + middle + after
    spans = split_sentences(
        text, Span(len(before), len(before) + len(middle)), stop_rules(load_languages(), "ar")
    )
    assert [span.of(text) for span in spans] == ["وقع الوزيران.", "وغادرا."]


def test_text_wrapped_by_a_machine_is_read_across_its_lines() -> None:
    lines = [
        "The ministers of both countries met in the capital on Sunday and",
        "agreed that the border will be open for trade and for travellers",
        "again from the first of the month. Both sides said in the end they",
        "were glad.",
    ]
    text = "\n".join(lines)
    assert split(text, "en") == [text[: text.index(" Both")], text[text.index("Both") :]]


def test_lines_of_a_page_are_sentences_of_their_own() -> None:
    assert split("اتفاق جديد\nوقع الوزيران الاتفاق\nبيروت") == ["اتفاق جديد", "وقع الوزيران الاتفاق", "بيروت"]


def test_a_lone_mark_joins_its_neighbour() -> None:
    assert split("قال الوزير. \n***\nوغادر.") == ["قال الوزير. \n***", "وغادر."]


@pytest.mark.parametrize(
    "text",
    [
        "قال " * 5_000,
        "قال الوزير. " * 20_000,
        '. " ' * 20_000,
        "(" * 200_000,
        '"' * 200_000,
        "." * 200_000,
        "(a. " * 50_000,
        " " * 500_000 + ".",
    ],
    ids=["long", "many", "lone quotes", "brackets", "quotes", "stops", "open brackets", "spaces"],
)
def test_odd_text_takes_bounded_time(text: str) -> None:
    start = time.process_time()
    split(text)
    assert time.process_time() - start < 3
