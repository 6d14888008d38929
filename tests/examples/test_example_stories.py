"""The stories that ship: complete, varied, marked as constructed, and expected to be what they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from evaluations.align.expectations import Expectation, find_stories, load_expectation
from evaluations.align.pages import page_text
from evaluations.align.soundness import find_faults

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
STORIES = find_stories(EXAMPLES)
CONSTRUCTED = re.compile(r"\bkhabar\b|لأغراض خبر")


@pytest.fixture(params=STORIES, ids=[folder.name for folder in STORIES])
def expected(request: pytest.FixtureRequest) -> Expectation:
    return load_expectation(request.param)


def test_every_expectation_is_borne_out_by_its_pages(expected: Expectation) -> None:
    assert find_faults(expected) == []


def test_a_story_has_four_or_five_reports_and_a_look_alike(expected: Expectation) -> None:
    assert len(expected.files("story")) in (4, 5)
    assert expected.files("lookalike")


def test_a_story_is_told_in_arabic_persian_and_english(expected: Expectation) -> None:
    told = {
        language for report in expected.reports if report.role == "story" for language in report.languages
    }
    assert {"ar", "fa", "en"} <= told


def test_most_statements_are_shared_and_none_is_in_every_report_by_rule(expected: Expectation) -> None:
    told = len(expected.files("story"))
    shared = [len(statement.attestations) for statement in expected.statements]
    assert sum(count > 1 for count in shared) >= len(shared) / 2
    assert {1, told} <= set(shared)


def test_a_statement_told_in_both_languages_of_a_page_is_marked_in_both(expected: Expectation) -> None:
    for report in expected.reports:
        for statement in expected.statements if len(report.body) > 1 else ():
            assert len(statement.attestations.get(report.file, ())) in (0, len(report.body)), statement.gist


def test_every_page_says_that_it_is_constructed(expected: Expectation) -> None:
    for report in expected.reports:
        last = page_text(expected.folder / report.file).strip().splitlines()[-1]
        assert CONSTRUCTED.search(last), report.file


def test_the_folder_as_a_whole_has_the_variety_it_promises() -> None:
    every = [load_expectation(folder) for folder in STORIES]
    reports = [report for expected in every for report in expected.reports]
    kinds = {str(difference.kind) for expected in every for difference in expected.differences}
    assert len(STORIES) >= 3
    assert len({language for report in reports for language in report.languages}) >= 4
    assert sum(report.file.endswith(".html") for report in reports) >= 5
    assert {"number", "date", "name", "title", "attribution", "polarity", "strength", "omission"} <= kinds
    assert {str(report.published.status) for report in reports} >= {
        "printed",
        "conflict",
        "resolved",
        "inferred",
    }


def test_the_readme_lists_every_story_and_no_other() -> None:
    rows = re.findall(r"^\| \[([\w-]+)\]", (EXAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [folder.name for folder in STORIES]
