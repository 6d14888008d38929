"""The checker finds what is wrong with an expectation; else a sound one would mean nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evaluations.align.expectations import FILE_NAME, load_expectation
from evaluations.align.pages import page_text, places
from evaluations.align.soundness import body_spans, find_faults
from hypothesis import given
from hypothesis import strategies as st

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Row = dict[str, Any]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / "naval-agreement", tmp_path / "naval-agreement"))


def misquote(row: Row) -> None:
    row["statements"][0]["attestations"]["02_pegah_fa.txt"][0]["text"] += " نه"


def quote_clutter(row: Row) -> None:
    row["statements"][0]["attestations"]["01_shira_ar.txt"][0]["text"] = "أضف تعليقاً"


def quote_the_lookalike(row: Row) -> None:
    row["statements"][0]["attestations"]["05_waha_ar_lookalike.txt"] = []


def call_a_statement_clutter(row: Row) -> None:
    row["reports"][1]["clutter"].append({"kind": "other", "text": "۱۵۰ افسر تونسی"})


def name_a_stranger(row: Row) -> None:
    row["event"]["who"].append(["ناصر الحويان"])


def forget_a_report(row: Row) -> None:
    row["reports"].pop()


def invent_a_report(row: Row) -> None:
    row["reports"].append({**row["reports"][0], "file": "09_nowhere.txt"})


def forget_the_conflict(row: Row) -> None:
    row["reports"][0]["published"]["conflicts"] = []


def take_words_from_another_statement(row: Row) -> None:
    row["differences"][1]["statement"] = "s15"


def give_an_omission_two_sides(row: Row) -> None:
    omission = next(item for item in row["differences"] if item["kind"] == "omission")
    omission["b"] = omission["a"]


def forget_the_contrast(row: Row) -> None:
    row["lookalikes"] = []


def copy_from_a_stranger(row: Row) -> None:
    row["relations"].append({"from": "01_shira_ar.txt", "to": "05_waha_ar_lookalike.txt", "kind": "copies"})


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (misquote, "not in the body of 02_pegah_fa.txt"),
        (quote_clutter, "not in the body of 01_shira_ar.txt"),
        (quote_the_lookalike, "is not a report of the story"),
        (call_a_statement_clutter, "stated and clutter at once"),
        (name_a_stranger, "no report of the story says: ناصر الحويان"),
        (forget_a_report, "05_waha_ar_lookalike.txt is there and not listed"),
        (invent_a_report, "09_nowhere.txt is listed and not there"),
        (forget_the_conflict, "a date conflict needs the words against it"),
        (take_words_from_another_statement, "not in what 01_shira_ar.txt states"),
        (give_an_omission_two_sides, "only an omission has one side"),
        (forget_the_contrast, "the look-alikes and the reports in that role are not the same"),
        (copy_from_a_stranger, "not a relation within the story"),
    ],
)
def test_a_spoilt_expectation_is_found_out(story: Path, spoil: Callable[[Row], None], complaint: str) -> None:
    file = story / FILE_NAME
    row = json.loads(file.read_text(encoding="utf-8"))
    spoil(row)
    file.write_text(json.dumps(row), encoding="utf-8")
    assert any(complaint in fault for fault in find_faults(load_expectation(story)))


def test_a_body_that_stands_twice_has_two_spans() -> None:
    expected = load_expectation(EXAMPLES / "naval-agreement")
    report = expected.reports[0]
    first, second = body_spans(report, page_text(expected.folder / report.file))
    assert first.end < second.start


def test_a_page_in_an_older_charset_is_read_and_its_title_element_is_not_visible() -> None:
    text = page_text(EXAMPLES / "delta-derailment" / "01_nakhla_ar.html")
    assert text.count("مصرع 3 وإصابة 47") == 1
    assert "<" not in text


def test_scripts_and_styles_are_not_visible() -> None:
    text = page_text(EXAMPLES / "naval-agreement" / "03_manarat_ar.html")
    assert "schema.org" not in text
    assert "display:flex" not in text
    assert "موافق" in text


WORDS = st.lists(st.text(alphabet="abcءب‌پ«.*(", min_size=1), min_size=1, max_size=5)
GAPS = st.text(alphabet=" \n\t\u00a0", min_size=1, max_size=3)


@given(WORDS, GAPS, GAPS)
def test_words_are_found_whatever_parts_them(found: list[str], asked: str, printed: str) -> None:
    page = "…" + printed.join(found) + "…"
    assert [span.of(page) for span in places(page, asked.join(found))] == [page[1:-1]]
