"""What folding makes equal, what it keeps apart, and that every place leads back to the original."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.lang.fold import Fold, fold, folded_text
from khabar.model.span import Span

# Letters, marks, controls, ligatures and digits that folding is about, among any other text.
ODD = "قويّى كتابٌ أإآٱ ـ\u200c\u200f\u202b\u2066\ufeff ﷲ ﷺ ﻻ ﺷ ﹶ ٣۴ ß İı Ḥaqīqī ʿAlī ‘’ e\u0301 ŉ ﬁ שָׁלוֹם שּ"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=60)
levels = st.sampled_from(list(Fold))


@pytest.mark.parametrize(
    ("a", "b", "equal_from"),
    [
        ("محمّد", "محمد", Fold.LIGHT),
        ("مـــحمد", "محمد", Fold.LIGHT),
        ("٢٠٢٠", "2020", Fold.LIGHT),
        ("۱۳۹۹", "1399", Fold.LIGHT),
        ("ﻻ", "لا", Fold.LIGHT),
        ("\u200fبيروت\u200e", "بيروت", Fold.LIGHT),
        ("الأربعاء", "الاربعاء", Fold.LEXICON),
        ("علي", "علی", Fold.LEXICON),
        ("كتاب", "کتاب", Fold.LEXICON),
        ("الجمعة", "الجمعه", Fold.LEXICON),
        ("سه‌شنبه", "سه شنبه", Fold.LEXICON),
        ("MAY", "may", Fold.LEXICON),
        ("don’t", "don't", Fold.LEXICON),
        ("Février", "fe\u0301vrier", Fold.LEXICON),
        ("سه‌شنبه", "سهشنبه", Fold.SEARCH),
        ("Bāqerī", "Baqeri", Fold.SEARCH),
        ("‘Alī", "ʿAli", Fold.SEARCH),
    ],
)
def test_variants_are_one_from_their_level_on(a: str, b: str, equal_from: Fold) -> None:
    order = list(Fold)
    for level in order[: order.index(equal_from)]:
        assert folded_text(a, level) != folded_text(b, level)
    assert folded_text(a, equal_from) == folded_text(b, equal_from)


def test_light_keeps_words_apart_that_a_dot_tells_apart() -> None:
    assert folded_text("قوي", Fold.LIGHT) != folded_text("قوى", Fold.LIGHT)


def test_a_found_word_brings_its_last_vowel_sign_but_no_direction_mark() -> None:
    text = "\u200fقويٌّ\u200f جدا"
    folded = fold(text, Fold.LIGHT)
    start = folded.text.index("قوي")
    assert folded.to_original(Span(start, start + 3)).of(text) == "قويٌّ"


@given(texts, levels)
def test_each_character_comes_from_where_the_map_says(text: str, level: Fold) -> None:
    folded = fold(text, level)
    assert folded.text == folded_text(text, level)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[len(folded.text)] == len(text)
    for place, char in enumerate(folded.text):
        assert char in folded_text(text[folded.offsets[place]], level)


@given(texts, levels, st.data())
def test_a_span_leads_back_to_the_words_it_was_made_of(text: str, level: Fold, data: st.DataObject) -> None:
    folded = fold(text, level)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    original = folded.to_original(Span(start, end))
    assert original.end <= len(text)
    assert folded.text[start:end] in folded_text(original.of(text), level)


@given(texts, levels)
def test_spans_stay_in_order(text: str, level: Fold) -> None:
    folded = fold(text, level)
    spans = [folded.to_original(Span(n, n + 1)) for n in range(len(folded.text))]
    assert all(a.start <= b.start for a, b in pairwise(spans))
