"""The marks in the seed reports stand where they mean to, and carry none of the reports' words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evaluations.align.marks import MARKS_FILE, Marks, cells, load_marks, read_reports

from khabar.errors import ReadError

ARABIC = re.compile(r"[\u0600-\u06ff]")


@pytest.fixture(scope="module")
def marks() -> Marks:
    return load_marks()


@pytest.fixture(scope="module")
def texts(marks: Marks, shared: Path) -> dict[str, str]:
    return read_reports(marks, shared / "seeds")


def test_the_table_carries_no_words_of_the_reports() -> None:
    assert not ARABIC.search(MARKS_FILE.read_text(encoding="utf-8"))


def test_every_mark_covers_whole_words_of_its_language(marks: Marks, texts: dict[str, str]) -> None:
    for statement in marks.statements:
        for report, found in statement.marks.items():
            for mark in found:
                words = mark.span.of(texts[report])
                around = (
                    texts[report][mark.span.start - 1 : mark.span.start] + texts[report][mark.span.end :][:1]
                )
                assert words == words.strip() != "", (statement.id, report)
                assert not re.search(r"\w", around), (statement.id, report)
                assert bool(ARABIC.search(words)) == (mark.language != "en"), (statement.id, report)


def test_a_repeat_of_the_body_says_the_same(marks: Marks, texts: dict[str, str]) -> None:
    marked = [mark for statement in marks.statements for mark in statement.marks.get("000", ())]
    assert marked
    for mark in marked:
        assert [span.of(texts["000"]) for span in mark.alternatives] == [mark.span.of(texts["000"])]


def test_cells_hold_both_copies_of_a_repeated_body(marks: Marks) -> None:
    signing = cells(marks)[0]
    assert set(signing) == {"000", "001", "002", "003"}
    assert len(signing["000"]) == 2
    assert len(signing["001"]) == 1


def test_a_report_in_two_languages_makes_every_statement_in_both(marks: Marks) -> None:
    for statement in marks.statements:
        assert [mark.language for mark in statement.marks.get("003", ())] in ([], ["en", "ar"]), (
            statement.gist
        )


def test_the_sides_of_a_difference_lie_in_what_is_stated(marks: Marks) -> None:
    stated = {statement.id: statement.marks for statement in marks.statements}
    for item in marks.differences:
        for side in (item.a, item.b):
            if side is not None and item.statement is not None:
                assert any(mark.span.contains(side.span) for mark in stated[item.statement][side.report])


def test_another_version_of_a_report_is_refused(marks: Marks, tmp_path: Path) -> None:
    for source in marks.reports.values():
        (tmp_path / source.file).write_text("another text", encoding="utf-8")
    with pytest.raises(ReadError, match="not the version"):
        read_reports(marks, tmp_path)
