"""Near-duplicates among many texts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traced_reports import OTHER, REPORT

from khabar.trace.duplicates import DuplicateIndex, near_duplicates, runs_of


def pairs_of(texts: list[str], **options: float) -> set[tuple[int, int]]:
    return {(one.first, one.second) for one in near_duplicates(texts, **options)}  # type: ignore[arg-type]


def test_a_report_inside_a_longer_one_is_found_whole() -> None:
    (found,) = near_duplicates([OTHER + " " + REPORT, REPORT])
    assert (found.first, found.second, found.containment) == (0, 1, 1.0)


def test_two_accounts_of_one_event_are_none() -> None:
    assert pairs_of([REPORT, OTHER]) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "أعلنَ المجلسُ في إيلاف، أمس: «فتح الميناء» بعد أسبوعٍ",
            "اعلن المجلس في ايلاف امس فتح الميناء بعد اسبوع",
        ),
        (
            "شورای شهر می\u200cگوید كه بندر باز است و كار آغاز شد",
            "شورای شهر میگوید که بندر باز است، و کار آغاز شد.",
        ),
        ("THE COUNCIL of Arrandel — voted", "the council of “Arrandel” voted!"),
    ],
)
def test_spelling_marks_and_punctuation_part_nothing(one: str, other: str) -> None:
    (found,) = near_duplicates([one, other])
    assert found.containment == 1.0


def test_scripts_without_spaces_are_compared_too() -> None:
    text = "市議会は月曜日に東の防波堤を建て直すことを決めた。"
    assert pairs_of([text, f"速報。{text}", "漁船は北の港へ移るよう求められている。"]) == {(0, 1)}


def test_texts_without_words_are_pairs_of_nothing() -> None:
    assert pairs_of(["", "…", "", REPORT]) == set()


def test_pairs_come_before_the_last_text_is_read() -> None:
    read = 0

    def texts() -> object:
        nonlocal read
        for number in range(5_000):
            read += 1
            yield REPORT if number < 2 else f"text number {number} of many others here"

    assert next(iter(near_duplicates(texts()))).containment == 1.0  # type: ignore[arg-type]
    assert read < 5_000


def test_an_index_goes_on_where_it_stood() -> None:
    index = DuplicateIndex()
    assert index.add([OTHER, REPORT]) == []
    (found,) = index.add([f"{REPORT} Update."])
    assert (found.first, found.second, len(index)) == (1, 2, 3)


def test_a_thousand_copies_of_one_text_are_all_found() -> None:
    found = pairs_of([f"{REPORT} Print {number}." for number in range(1_000)])
    assert len(found) == 1_000 * 999 // 2


def test_a_part_of_the_runs_estimates_the_same() -> None:
    long = " ".join(f"word{number}" for number in range(4_000))
    half = (
        " ".join(f"word{number}" for number in range(2_400)) + " " + " ".join(f"x{n}" for n in range(1_600))
    )
    (found,) = near_duplicates([long, half], one_in=4)
    assert found.containment == pytest.approx(0.6, abs=0.05)


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=30).map(" ".join), max_size=12), st.integers(1, 5)
)
def test_the_same_pairs_as_by_comparing_each_with_each(texts: list[str], batch: int) -> None:
    runs = [set(runs_of(text).tolist()) for text in texts]
    expected = {
        (a, b)
        for b in range(len(texts))
        for a in range(b)
        if runs[a] and runs[b] and 2 * len(runs[a] & runs[b]) >= min(len(runs[a]), len(runs[b]))
    }
    index = DuplicateIndex()
    found = [one for at in range(0, len(texts), batch) for one in index.add(texts[at : at + batch])]
    assert len(found) == len(expected)
    assert {(one.first, one.second) for one in found} == expected


def test_order_of_words_counts() -> None:
    words = REPORT.split()
    random.Random(1).shuffle(words)
    assert pairs_of([REPORT, " ".join(words)]) == set()
