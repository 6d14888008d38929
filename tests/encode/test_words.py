"""Words are what a reader would underline, and every one of them stands in the text as given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.encode.words import LONGEST, find_words, pieces_of_words
from khabar.model.span import Span

LETTERS = "abcÉß١۲۳3علیمﷲﻻﻼﻣﺤﻤﺪﭘ\u064e\u0651\u0640\u200c\u0301ﬁ中文กา"
OTHERS = " \n\t\u00a0«»\"'،؛؟.,:-–—/()[]…%$😀👩\u200d💻\u202b\u202c\u2066\u2069\ufeff\ud800\udfff"
TEXTS = st.text(st.sampled_from(LETTERS + OTHERS), max_size=60) | st.text(max_size=60)


def words(text: str) -> list[str]:
    return [span.of(text) for span in find_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«قال» الوزير: «نعم»، ثم (سكت).", ["قال", "الوزير", "نعم", "ثم", "سكت"]),
        ("این کار می‌شود؟ بله!", ["این", "کار", "می‌شود", "بله"]),
        (
            "The well-known envoy didn't go, U.S. said.",
            ["The", "well-known", "envoy", "didn't", "go", "U.S", "said"],
        ),
        (
            "At 10:30 on 2020-07-07 some 3,500.5 left",
            ["At", "10:30", "on", "2020-07-07", "some", "3,500.5", "left"],
        ),
        ("٣٫٥ بالمئة و١٨/٤", ["٣٫٥", "بالمئة", "و١٨/٤"]),
        ("انتهى.وقال", ["انتهى", "وقال"]),
        ("يوم—(الأربعاء)…", ["يوم", "الأربعاء"]),
        ("مُحَمَّد ـــ ﷺ", ["مُحَمَّد", "ﷺ"]),
        ("😀 - … «»", []),
        ("", []),
    ],
)
def test_words_stand_without_their_punctuation(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_script_without_spaces_is_parted_where_the_vocabulary_parts_it() -> None:
    assert [span.of("北京会谈。") for span in find_words("北京会谈。", [(0, 2), (2, 4), (4, 5)])] == [
        "北京",
        "会谈",
    ]


def test_a_run_of_letters_without_end_is_cut() -> None:
    found = find_words("ب" * 20_000)
    assert max(map(len, found)) == LONGEST
    assert sum(map(len, found)) == 20_000


@given(TEXTS)
def test_words_follow_each_other_and_miss_no_letter(text: str) -> None:
    found = find_words(text)
    ends = [0, *(span.end for span in found)]
    assert all(end <= span.start < span.end <= len(text) for end, span in zip(ends, found, strict=False))
    outside = "".join(text[a:b] for a, b in zip(ends, [*(s.start for s in found), len(text)], strict=True))
    assert not any(character.isalnum() for character in outside.replace("ـ", ""))


@given(TEXTS)
def test_a_word_holds_no_space_quotation_mark_or_bracket(text: str) -> None:
    assert not any(set(word) & set('«»"“”()[]،؛؟!\u00a0') or word != word.strip() for word in words(text))


def test_a_piece_belongs_to_every_word_that_it_touches() -> None:
    assert pieces_of_words([Span(0, 3), Span(4, 6), Span(8, 9)], [(0, 2), (2, 5), (5, 8)]) == [
        [0, 1],
        [1, 2],
        [],
    ]
