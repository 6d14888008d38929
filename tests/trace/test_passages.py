"""Passages that two reports share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from traced_reports import REPORT, report

from khabar.trace.passages import RUN_WORDS, Wording, find_passages, read_wordings


def only(text: str, language: str = "en") -> Wording:
    (wording,) = read_wordings(report("a", text, language=language))
    return wording


def test_spelling_marks_and_punctuation_do_not_hide_a_passage() -> None:
    one = only("وأكّد الوزيرُ أنّ «الإتفاقية الجديدة» ستُوقَّع في إبريل", "ar")
    other = only("قالت الصحيفة: وأكد الوزير أن الاتفاقية الجديدة، ستوقع في ابريل المقبل", "ar")
    (passage,) = find_passages(one, other)
    assert passage.same == len(one.words)


def test_a_changed_word_does_not_cut_a_passage() -> None:
    changed = REPORT.replace("three hours", "four hours")
    (passage,) = find_passages(only(REPORT), only(changed))
    assert passage.same == len(only(REPORT).words) - 1


def test_set_phrases_are_no_passage() -> None:
    one, other = (
        only("The minister of defence met his guests today"),
        only("For the minister of defence it rained"),
    )
    assert find_passages(one, other) == ()


def test_nothing_is_found_twice() -> None:
    once, twice = only(REPORT), only(f"{REPORT}\n{REPORT}")
    assert sum(passage.same for passage in find_passages(twice, once)) == len(once.words)


words = st.lists(
    st.sampled_from(["قال", "إنّ", "ﻻ", "harbour", "café", "نمی\u200cرود", "«", "۱۲", "ـ"]), max_size=60
)


@given(words, words)
def test_both_sides_hold_the_same_words(one: list[str], other: list[str]) -> None:
    a, b = only(" ".join(one)), only(" ".join(other))
    for passage in find_passages(a, b):
        assert passage.same >= RUN_WORDS
        if passage.a[1] - passage.a[0] == passage.same == passage.b[1] - passage.b[0]:
            assert a.words[slice(*passage.a)] == b.words[slice(*passage.b)]


@given(words)
def test_words_stand_where_they_are_said_to(found: list[str]) -> None:
    text = " ".join(found)
    wording = only(text)
    ends = [0, *(span.end for span in wording.spans)]
    assert all(before <= span.start < span.end for before, span in zip(ends, wording.spans, strict=False))
    for word, span in zip(wording.words, wording.spans, strict=True):
        assert only(span.of(text)).words == (word,)
