"""Right-to-left words in lines: nothing lost, ordered as the Unicode standard says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.show.bidi import content, kept_together, ours, rejoined
from khabar.show.layout import cut, width, wrap
from khabar.show.marks import CONTROL, direction, one_line, visible

LETTERS = st.text(st.sampled_from("abc XYZ سلامدنیا ۱۲۳ 123 ،.:()«»\u064b\u0651\u200c"), max_size=60)


@pytest.mark.parametrize(
    ("logical", "seen"),
    [
        ("سلام دنیا", "ایند مالس"),
        ("سُلَّم", "ملَّسُ"),
        ("سلام (گل)", "(لگ) مالس"),
        ("قيمة 1,234 دولار", "رالود 1,234 ةميق"),
        ("شمارهٔ ۱۷ در BBC World است", "تسا BBC World رد ۱۷ هٔرامش"),
        ("plain words", "plain words"),
    ],
)
def test_visual_order(logical: str, seen: str) -> None:
    assert content(logical, logical=False) == seen


def test_our_sentence_keeps_its_direction_around_a_long_name() -> None:
    line = ours(f"1 {kept_together('جريدة المرفأ الجديدة 7')} · ar", logical=False)
    assert line == "1 7 ةديدجلا أفرملا ةديرج · ar"


@given(LETTERS)
def test_visual_order_loses_nothing(text: str) -> None:
    mirror = str.maketrans(")»", "(«")
    seen = content(text, logical=False)
    assert sorted(seen.translate(mirror)) == sorted(text.translate(mirror))


@given(LETTERS, st.integers(1, 20))
def test_wrapped_lines_fit_and_keep_every_letter(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(LETTERS, st.integers(2, 20), st.integers(1, 3))
def test_cut_text_fits_its_lines(text: str, columns: int, most: int) -> None:
    lines = wrap(text, columns, most)
    assert len(lines) <= most
    assert all(width(line) <= columns for line in lines)
    assert width(cut(text, columns)) <= columns


@given(LETTERS, st.integers(3, 20))
def test_isolates_balance_on_every_line(text: str, columns: int) -> None:
    for line in rejoined(wrap(f"ab {kept_together(one_line(text))} cd", columns)):
        assert line.count("\u2068") == line.count("\u2069")


@given(st.text())
def test_visible_text_has_no_control_left(text: str) -> None:
    assert CONTROL.search(visible(text)) is None
    assert all(unicodedata.category(letter) != "Cc" or letter in "\t\n\r" for letter in visible(text))


def test_joiners_and_marks_of_persian_stay() -> None:
    assert visible("می‌رود شبکهٔ") == "می‌رود شبکهٔ"


def test_width_counts_no_invisible_character() -> None:
    assert width("می‌رود") == 5
    assert width("سُلَّم") == 3
    assert width("\u2068ab\u2069") == 2
    assert width("漢字") == 4


def test_direction_follows_most_letters() -> None:
    assert direction("BBC: گزارش تازه از نیلان") == "rtl"
    assert direction("The word سلام") == "ltr"
