"""A comparison that is exactly as expected passes every check; one that is spoilt fails the one it spoils."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from evaluations.align.acceptance import check_all, tally
from evaluations.align.expectations import Expectation, ExpectedDifference, Marked, Report, load_expectation
from evaluations.align.pages import page_text, places
from evaluations.align.soundness import body_spans

from khabar.model.article import Article
from khabar.model.mentions import Published
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Comparison, Difference, Lookalike, MadeBy, Statement, Story

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "cement-ruling"


def article(report: Report) -> Article:
    text = page_text(FOLDER / report.file)
    out = [place for item in report.clutter for place in places(text, item.text)]
    return Article(
        id=report.file[:2],
        path=str(FOLDER / report.file),
        text=text,
        outlet=report.outlets[-1],
        outlet_from="",
        title=places(text, report.title)[0],
        languages=report.languages,
        published=Published(value=report.published.value, status=report.published.status),
        body=tuple(part for span in body_spans(report, text) for part in cut(span, out)),
        boilerplate=(),
        blocks=(),
        sentences=(),
    )


def cut(body: Span, out: list[Span]) -> list[Span]:
    inside = sorted(span for span in out if body.contains(span))
    edges = [body.start, *(edge for span in inside for edge in (span.start, span.end)), body.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def excerpt(expected: Expectation, marked: Marked, statement: str | None) -> Excerpt:
    text = page_text(FOLDER / marked.file)
    place = places(text, marked.text)[0]
    for one in expected.statements:
        if one.id == statement:
            around = [where for mark in one.attestations[marked.file] for where in places(text, mark.text)]
            place = next(p for p in places(text, marked.text) if any(w.contains(p) for w in around))
    return Excerpt(marked.file[:2], place, marked.text)


def difference(expected: Expectation, item: ExpectedDifference) -> Difference:
    b = None if item.b is None else excerpt(expected, item.b, item.statement)
    a = excerpt(expected, item.a, item.statement)
    return Difference(item.kind, item.weight, item.statement, a, b, item.reason)


def compare_as_expected(expected: Expectation) -> Comparison:
    numbers = count(1)
    statements = tuple(
        Statement(
            f"t{next(numbers)}",
            one.gist,
            tuple(
                Attestation(excerpt(expected, mark, one.id), "")
                for marks in one.attestations.values()
                for mark in marks
            ),
        )
        for one in expected.statements
    )
    story = Story(
        id="st1",
        title="",
        articles=tuple(file[:2] for file in expected.files("story")),
        when=None,
        where=None,
        who=(),
        reasons=(),
        lookalikes=tuple(Lookalike(file[:2], ()) for file in expected.files("lookalike")),
        statements=statements,
        differences=tuple(difference(expected, item) for item in expected.differences),
    )
    articles = tuple(map(article, expected.reports))
    return Comparison(articles, (), (story,), (), MadeBy("", "", ()))


@pytest.fixture(scope="module")
def expected() -> Expectation:
    return load_expectation(FOLDER)


@pytest.fixture(scope="module")
def perfect(expected: Expectation) -> Comparison:
    return compare_as_expected(expected)


def test_what_is_as_expected_passes_every_check(expected: Expectation, perfect: Comparison) -> None:
    assert [check for check in check_all(expected, perfect) if not check.right] == []


def lose_a_statement(comparison: Comparison) -> Comparison:
    story = comparison.stories[0]
    return replace(comparison, stories=(replace(story, statements=story.statements[1:]),))


def let_a_stranger_in(comparison: Comparison) -> Comparison:
    story = comparison.stories[0]
    return replace(comparison, stories=(replace(story, articles=(*story.articles, "06")),))


def lose_the_differences(comparison: Comparison) -> Comparison:
    return replace(comparison, stories=(replace(comparison.stories[0], differences=()),))


def forget_the_lookalike(comparison: Comparison) -> Comparison:
    return replace(comparison, stories=(replace(comparison.stories[0], lookalikes=()),))


def keep_the_clutter(comparison: Comparison) -> Comparison:
    first = comparison.articles[0]
    return replace(
        comparison, articles=(replace(first, body=(Span(0, len(first.text)),)), *comparison.articles[1:])
    )


def lose_a_report(comparison: Comparison) -> Comparison:
    return replace(comparison, articles=comparison.articles[1:])


def print_another_day(comparison: Comparison) -> Comparison:
    first = comparison.articles[0]
    return replace(
        comparison, articles=(replace(first, published=Published("2026-06-24")), *comparison.articles[1:])
    )


@pytest.mark.parametrize(
    ("spoil", "areas"),
    [
        (lose_a_statement, {"statement cells"}),
        (let_a_stranger_in, {"story"}),
        (lose_the_differences, {"differences", "kind of difference"}),
        (forget_the_lookalike, {"look-alike named"}),
        (keep_the_clutter, {"clutter left out"}),
        (print_another_day, {"published", "date status"}),
    ],
)
def test_what_is_spoilt_is_missed_there_and_nowhere_else(
    expected: Expectation, perfect: Comparison, spoil: Callable[[Comparison], Comparison], areas: set[str]
) -> None:
    assert {check.area for check in check_all(expected, spoil(perfect)) if not check.right} == areas


def test_a_report_that_was_not_read_is_missed_without_an_end_to_the_count(
    expected: Expectation, perfect: Comparison
) -> None:
    counts = tally(check_all(expected, lose_a_report(perfect)))
    assert counts["read"] == (len(expected.reports) - 1, len(expected.reports))
    assert counts["story"] == (len(expected.reports) - 1, len(expected.reports))
