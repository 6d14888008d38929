"""A sentence is cut where an assertion ends, nowhere else, and who says it stands apart."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.align.clauses import Clause, split_clauses
from khabar.model.article import Sentence
from khabar.model.span import Span

BEFORE = "Kept above.\n"
LANGUAGES = ("ar", "fa", "en", "tr", "fr", "ru", "he", "ckb", "sv", "und")
WORDS = (
    "وأضاف أن",
    "قال",
    "الوزير",
    "مؤكدا أن",
    "والنقل",
    "،",
    "؛",
    "و گفت",
    "که",
    "می‌شود",
    "and",
    ", and",
    "said",
)
WORDS += (
    "adding that",
    "quay",
    ":",
    "“",
    "”",
    "\u200f",
    "which",
    "но",
    "ve",
    "according to",
    "\n",
    "3,5",
    "–",
    "«",
    "»",
)


def split(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a sentence that does not begin its article."""
    return split_clauses(BEFORE + text, Sentence("s", Span(len(BEFORE), len(BEFORE) + len(text)), language))


def told(text: str, language: str) -> list[tuple[str | None, str]]:
    """Who is said to say it, and what, clause by clause."""
    whole = BEFORE + text
    return [(c.frame and c.frame.of(whole), c.content.of(whole)) for c in split(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # a participle that opens speech
        (
            "ar",
            "أكد الوزير أن الرصيف الجديد سيفتح في الشهر المقبل مشيرا إلى أن التكلفة بلغت مليوني دينار.",
            [
                ("أكد الوزير أن", "الرصيف الجديد سيفتح في الشهر المقبل"),
                ("مشيرا إلى أن", "التكلفة بلغت مليوني دينار"),
            ],
        ),
        (
            "en",
            "The minister said that the new quay would open in May, adding that it had cost two million.",
            [
                ("The minister said that", "the new quay would open in May"),
                ("adding that", "it had cost two million"),
            ],
        ),
        # a second verb of speech behind "and"
        (
            "ar",
            "قال الوزير إن الرصيف الجديد جاهز للعمل وأضاف أن السفن الكبيرة ستصل في الخريف.",
            [
                ("قال الوزير إن", "الرصيف الجديد جاهز للعمل"),
                ("وأضاف أن", "السفن الكبيرة ستصل في الخريف"),
            ],
        ),
        # "and" behind a comma, with an assertion on both sides
        (
            "en",
            "The minister toured the quay on Sunday, and the engineers showed him two new cranes.",
            [
                (None, "The minister toured the quay on Sunday"),
                (None, "and the engineers showed him two new cranes"),
            ],
        ),
        # a Persian verb closes the first
        (
            "fa",
            "وزیر از اسکله جدید بازدید کرد و مهندسان دو جرثقیل تازه را به او نشان دادند.",
            [
                (None, "وزیر از اسکله جدید بازدید کرد"),
                (None, "و مهندسان دو جرثقیل تازه را به او نشان دادند"),
            ],
        ),
        (
            "en",
            "The quay will open next month; the cranes arrive a week later.",
            [(None, "The quay will open next month"), (None, "the cranes arrive a week later")],
        ),
    ],
)
def test_two_assertions_are_cut_apart_and_who_speaks_is_taken_off(
    language: str, text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert told(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "ناقش الوفدان التجارة والصيد والنقل والسياحة وحماية الشواطئ بين البلدين."),  # نقل: "reported"
        ("ar", "زار الوزير المصانع، والمدارس، والمستشفيات، والموانئ في المدينة القديمة."),
        ("en", "The talks covered trade, fishing, and the protection of beaches in both countries."),
        ("en", "Engineers and harbour workers and the crews of three ships took part in the drill."),
        ("fa", "دو هیئت درباره بازرگانی و ماهیگیری و گردشگری و حفاظت از سواحل گفت‌وگو کردند."),
        ("en", "The quay, which opened in May, is full."),  # too short to be assertions of their own
    ],
)
def test_lists_and_asides_are_not_cut(language: str, text: str) -> None:
    assert told(text, language) == [(None, text.rstrip("."))]


@pytest.mark.parametrize(
    ("language", "text", "frame", "content"),
    [
        ("ar", "وقال الوزير: الرصيف جاهز لاستقبال السفن", "وقال الوزير", "الرصيف جاهز لاستقبال السفن"),
        ("ar", 'قال الوزير "الرصيف جاهز لاستقبال السفن"', "قال الوزير", '"الرصيف جاهز لاستقبال السفن"'),
        ("fa", "وزیر بنادر گفت که اسکله آماده است", "وزیر بنادر گفت که", "اسکله آماده است"),
        (
            "en",
            "According to the harbour office, the quay is full",
            "According to the harbour office",
            "the quay is full",
        ),
        ("en", "The minister said: “The quay is full”", "The minister said", "“The quay is full”"),
    ],
)
def test_who_says_it_is_apart_from_what_is_said(language: str, text: str, frame: str, content: str) -> None:
    assert told(text, language) == [(frame, content)]


def test_words_quoted_before_the_verb_are_said_too() -> None:
    text = "“The quay is ready,” the minister said, “and ships come in autumn.”"
    assert told(text, "en") == [(None, text)]


def test_without_a_pack_only_a_semicolon_cuts() -> None:
    one = "Ministern sade att kajen öppnar nästa månad, och ingenjörerna visade kranarna"
    assert told(one, "sv") == [(None, one)]
    assert [c for _, c in told("Kajen öppnar i maj månad; kranarna kommer en vecka senare", "sv")] == [
        "Kajen öppnar i maj månad",
        "kranarna kommer en vecka senare",
    ]


@pytest.mark.parametrize("text", ["", "  ", "…", "— «»"])
def test_without_words_there_is_nothing(text: str) -> None:
    assert split(text, "en") == ()


@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=40),
    st.sampled_from(LANGUAGES),
)
def test_every_word_is_in_one_clause_and_spans_stay_in_order(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    whole, clauses = BEFORE + text, split(text, language)
    edges = [edge for clause in clauses for edge in (clause.span.start, clause.span.end)]
    assert edges == sorted(edges)
    assert all(len(BEFORE) <= edge <= len(whole) for edge in edges)
    for word in re.finditer(r"\w+", text):
        place = Span(len(BEFORE) + word.start(), len(BEFORE) + word.end())
        assert sum(clause.span.contains(place) for clause in clauses) == 1, word[0]
    for clause in clauses:
        assert clause.span.contains(clause.content)
        assert clause.frame is None or clause.frame.end <= clause.content.start
        assert clause.frame is None or clause.frame.start == clause.span.start


@pytest.mark.parametrize(
    "unit", ["the quay was full, and the ships came in, ", "وأضاف أن السفن الكبيرة وصلت، "]
)
def test_a_sentence_of_20_000_letters_takes_no_long_time(unit: str) -> None:
    text = (unit * (20_000 // len(unit)))[:20_000]
    begun = time.process_time()
    clauses = split(text, "ar" if "و" in unit else "en")
    assert time.process_time() - begun < 5
    assert len(clauses) > 100


def test_what_is_longer_than_any_sentence_stays_whole() -> None:
    text = "the quay is full, and ships wait; " * 1_000
    assert len(split(text, "en")) == 1
