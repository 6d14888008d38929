"""What a reader sees in a terminal and in a file."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from khabar.model.article import PageFacts, PageForm
from khabar.model.story import Comparison
from khabar.show.html import to_html
from khabar.show.layout import width
from khabar.show.terminal import show_terminal
from show import sample


def shown(made: Comparison, columns: int = 120, bidi: str = "auto", terminal: bool = False) -> str:
    out = io.StringIO()
    show_terminal(made, Console(file=out, width=columns, force_terminal=terminal), bidi)
    return out.getvalue()


def plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def test_cells_say_their_state_in_words(comparison: Comparison) -> None:
    lines = plain(shown(comparison, 140)).splitlines()
    second = next(line for line in lines if "2. … البلدين" in line)
    assert [cell.strip() for cell in second.split("│")][2:4] == ["≠ differs", "– not mentioned"]
    assert "“ stated by سالم" in second
    fifth = next(line for line in lines if "5. … وأن" in line)
    assert "◐ stated in part" in fifth


def test_look_alike_is_named_with_its_reasons(comparison: Comparison) -> None:
    text = shown(comparison)
    assert "Kept apart: Report 5 The Tidewater Post" in text
    assert "and another day: 12 March, not 8 March." in text


def test_date_conflict_and_unknown_date_are_said(comparison: Comparison) -> None:
    text = plain(shown(comparison))
    assert "7 March 2023 (7 آذار 2023) · ⚠ date conflict" in text
    assert "Printed 2023-03-07, a Tuesday, but the text says “today Wednesday”." in text
    assert "3 موقع الموجة · ar · date unknown" in text


def test_every_difference_has_both_sides_and_its_reason(comparison: Comparison) -> None:
    text = plain(shown(comparison))
    assert "≠ 2 روزنامه ساحل نو: ۲۰" in text
    for difference in comparison.stories[0].differences:
        assert difference.reason in text


def test_dropped_inputs_are_named_and_totals_add_up(comparison: Comparison) -> None:
    text = shown(comparison)
    assert "Dropped: reports/empty.txt (read): The file is empty." in text
    assert "7 inputs = 5 compared + 2 dropped" in text
    assert "5 compared = 4 in 1 story told by several + 1 alone" in text


@pytest.mark.parametrize("columns", [80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(comparison: Comparison, columns: int) -> None:
    for made in (comparison, sample.many(50), sample.hostile(5000), sample.many(4)):
        assert max(width(line) for line in shown(made, columns).splitlines()) <= columns


@pytest.mark.parametrize("bidi", ["logical", "visual"])
@pytest.mark.parametrize("columns", [80, 131])
def test_columns_stay_aligned_whatever_marks_the_words_carry(
    comparison: Comparison, columns: int, bidi: str
) -> None:
    lines = shown(comparison, columns, bidi).splitlines()
    first = next(line for line in lines if line.startswith("Statement "))
    bars = [width(first[:at]) for at, letter in enumerate(first) if letter == "│"]
    table = [line for line in lines if "│" in line]
    assert len(bars) == 4
    assert len(table) > 30
    for line in table:
        assert [width(line[:at]) for at, letter in enumerate(line) if letter == "│"] == bars


def test_five_reports_fit_eighty_columns() -> None:
    made = sample.five()
    lines = plain(shown(made, 80)).splitlines()
    head = next(line for line in lines if line.startswith("Statement "))
    assert head.count("│") == 5
    assert "≠ differs" in "\n".join(lines)


def test_fifty_copies_share_a_column(comparison: Comparison) -> None:
    text = plain(shown(sample.many(50), 80))
    assert "1–50" in text
    assert "50 reports" in text
    assert text.count("جريدة المرفأ · ar") == 1


def test_thirty_different_reports_become_a_list() -> None:
    text = plain(shown(sample.crowd(30), 80))
    assert "│" not in text
    assert "● stated: 1–" in text


def test_runs_in_a_file_are_isolated_and_in_logical_order(comparison: Comparison) -> None:
    text = shown(comparison)
    assert "\u2068جريدة المرفأ\u2069 · ar" in text
    assert "\u2068چهارشنبه ۱۷ اسفند ۱۴۰۱\u2069" in text
    for line in text.splitlines():
        assert line.count("\u2068") + line.count("\u2067") == line.count("\u2069")


@pytest.mark.parametrize(
    ("name", "value", "logical"),
    [
        ("VTE_VERSION", "7002", True),
        ("VTE_VERSION", "5200", False),
        ("KONSOLE_VERSION", "230401", True),
        ("TERM_PROGRAM", "iTerm.app", True),
        ("TERM", "xterm", False),
    ],
)
def test_terminals_that_do_not_order_get_it_ordered(
    comparison: Comparison, monkeypatch: pytest.MonkeyPatch, name: str, value: str, logical: bool
) -> None:
    for other in ("VTE_VERSION", "KONSOLE_VERSION", "TERM_PROGRAM", "MLTERM"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    text = shown(comparison, terminal=True)
    assert ("جريدة المرفأ" in text) is logical
    assert ("أفرملا ةديرج" in text) is not logical


def test_a_page_cannot_steer_the_terminal() -> None:
    for bidi in ("logical", "visual"):
        text = shown(sample.hostile(1000), bidi=bidi)
        assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e]", text) == []
        assert "⟨ESC⟩[31mred" in text
        assert "⟨RLO⟩" in text


def test_a_page_cannot_leave_an_isolate_open() -> None:
    for line in shown(sample.hostile(1000)).splitlines():
        assert line.count("\u2068") + line.count("\u2067") == line.count("\u2069")


def test_one_report_alone_says_what_to_do() -> None:
    text = shown(sample.alone())
    assert "The Tidewater Post · en · 12 March 2023" in text
    assert "Only one report could be read" in text


def test_nothing_compared_is_said() -> None:
    text = shown(sample.nothing())
    assert "No report could be compared." in text
    assert "2 inputs = 0 compared + 2 dropped" in text


def test_a_page_that_is_cut_says_so(comparison: Comparison) -> None:
    reason = "The page shows only its beginning."
    cut = PageFacts(form=PageForm.BEGINNING, form_reason=reason, notes=("Lines ran backwards.",))
    first, *others = comparison.articles
    changed = replace(comparison, articles=(replace(first, facts=cut), *others))
    for told in (plain(shown(changed)), to_html(changed)):
        assert reason in told
        assert "Lines ran backwards." in told
