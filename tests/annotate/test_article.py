"""Whole pages: everything in its place, the seed reports read right, and in time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from built_pages import page
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.annotate.article import annotate
from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.mentions import DateStatus
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind

PARAGRAPHS = [
    "قال الوزير أمس. وأضاف!",
    "He left on July 8, 2020.",
    "او ۱۸ تیر ۱۳۹۹ رفت",
    "…",
    "3-1",
    "• a\n• b",
    "\u200f .",
]


@pytest.fixture(scope="module")
def articles(seeds: list[Path]) -> list[Article]:
    found = []
    for number, file in enumerate(seeds):
        read = extract(
            Page(file.name, PageKind.TEXT, file.read_text(encoding="utf-8"), "utf-8", "detected"),
            load_languages(),
        )
        assert isinstance(read, Kept)
        found.append(annotate(read.item, f"{number:03}", load_languages()))
    return found


def test_the_seed_reports_are_dated_as_they_say(articles: list[Article]) -> None:
    found = [(a.published.value and a.published.value[:16], a.published.status) for a in articles]
    assert found == [
        ("2020-07-07", DateStatus.CONFLICT),
        ("2020-07-08T17:40", DateStatus.PRINTED),
        ("2020-07-08", DateStatus.INFERRED),
        ("2020-07-08T11:37", DateStatus.PRINTED),
        (None, DateStatus.UNKNOWN),
    ]
    assert "on a Monday" in articles[4].published.note
    assert len(articles[0].published.conflicts) == 1


def test_the_seed_in_two_languages_is_one_witness(articles: list[Article]) -> None:
    assert articles[3].languages == ("en", "ar")
    assert all(block.translates for block in articles[3].blocks)
    assert [a.languages for a in articles[:3]] == [("ar",), ("fa",), ("ar",)]


def test_an_article_of_five_kilobytes_takes_a_few_milliseconds() -> None:
    body = [
        "أعلنت وزارة النقل يوم الأحد أن الجسر سيفتح في 8 يوليو 2020 بعد انتهاء الأعمال فيه. وأضافت أنه آمن."
    ] * 30
    built = page(*body)
    assert len(built.text.encode()) > 5_000
    annotate(built, "a", load_languages())
    times = []
    for _ in range(5):
        start = time.process_time()
        annotate(built, "a", load_languages())
        times.append(time.process_time() - start)
    assert min(times) < 0.06  # measured at about 0.01 on a quiet machine


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARAGRAPHS) | st.text(min_size=1, max_size=40), min_size=1, max_size=8))
def test_sentences_hold_the_body_and_every_span_its_words(body: list[str]) -> None:
    found = annotate(page(*body), "a", load_languages())
    covered = {at for sentence in found.sentences for at in range(sentence.span.start, sentence.span.end)}
    for paragraph in found.body:
        inked = {at for at in range(paragraph.start, paragraph.end) if not found.text[at].isspace()}
        assert inked <= covered
    for mention in found.dates:
        assert mention.text == mention.span.of(found.text)
    ids = [sentence.id for sentence in found.sentences]
    assert len(set(ids)) == len(ids)
