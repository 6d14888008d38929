"""How much of what is expected of a story came out of a comparison, area by area, with what is missing.

python -m evaluations.align.acceptance [FOLDER...]    compares each folder by itself and prints the table
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluations.align.expectations import (
    FILE_NAME,
    Expectation,
    ExpectedDifference,
    Marked,
    Report,
    find_stories,
    load_expectation,
)
from evaluations.align.pages import places
from khabar.model.article import Article
from khabar.model.span import Excerpt, Span
from khabar.model.story import Comparison, Difference, Statement, Story

WHOLE = 0.95  # of a statement's letters have to be body; a quotation mark at its edge may be lost
TRACE = 0.3  # of a piece of clutter may be body: its words may be part of a line that is


@dataclass(frozen=True, slots=True)
class Check:
    """One thing expected: its area, whether it came out, and what it was, in words."""

    area: str
    right: bool
    what: str


@dataclass(frozen=True, slots=True)
class Result:
    """A comparison seen from one expectation: its articles by file name and the story of most of them."""

    expected: Expectation
    articles: Mapping[str, Article]
    story: Story | None

    def spans(self, marked: Marked) -> tuple[Span, ...]:
        """Where the marked words stand in the article's text."""
        article = self.articles.get(marked.file)
        return places(article.text, marked.text) if article else ()


def check_all(expected: Expectation, comparison: Comparison) -> list[Check]:
    """Every single thing expected, and whether it came out."""
    articles = {Path(article.path).name: article for article in comparison.articles}
    result = Result(expected, articles, _find_story(expected, articles, comparison.stories))
    return [
        *_check_stories(result),
        *(check for report in expected.reports for check in _check_report(result, report)),
        *_check_statements(result),
        *(check for item in expected.differences for check in _check_difference(result, item)),
    ]


def tally(checks: Iterable[Check]) -> dict[str, tuple[int, int]]:
    """How many came out of how many, by area."""
    counts: dict[str, tuple[int, int]] = {}
    for check in checks:
        right, total = counts.get(check.area, (0, 0))
        counts[check.area] = right + check.right, total + 1
    return counts


def _find_story(
    expected: Expectation, articles: Mapping[str, Article], stories: Sequence[Story]
) -> Story | None:
    """The story that holds most of the reports that belong together."""
    wanted = {articles[file].id for file in expected.files("story") if file in articles}
    return max(stories, key=lambda story: len(wanted & set(story.articles)), default=None)


def _check_stories(result: Result) -> Iterator[Check]:
    found = set(result.story.articles) if result.story else set()
    named = {item.article for item in result.story.lookalikes} if result.story else set()
    for report in result.expected.reports:
        article = result.articles.get(report.file)
        inside = article is not None and article.id in found
        yield Check("story", inside == (report.role == "story"), report.file)
        if report.role == "lookalike":
            yield Check("look-alike named", article is not None and article.id in named, report.file)


def _check_report(result: Result, report: Report) -> Iterator[Check]:
    article = result.articles.get(report.file)
    if article is None:
        yield Check("read", False, report.file)
        return
    title = article.title.of(article.text) if article.title else ""
    day = (article.published.value or "")[:10] or None
    yield Check("read", True, report.file)
    yield Check("title", title.split() == report.title.split(), f"{report.file}: {title}")
    yield Check("outlet", article.outlet in report.outlets, f"{report.file}: {article.outlet}")
    yield Check(
        "languages", set(article.languages) == set(report.languages), f"{report.file}: {article.languages}"
    )
    yield Check("published", day == report.published.value, f"{report.file}: {day}")
    status = article.published.status
    yield Check("date status", status is report.published.status, f"{report.file}: {status}")
    for item in report.clutter:
        shares = [_share(article.body, place) for place in places(article.text, item.text)]
        yield Check("clutter left out", max(shares, default=0.0) <= TRACE, f"{report.file}: {item.text}")


def _check_statements(result: Result) -> Iterator[Check]:
    statements = result.story.statements if result.story else ()
    for expected in result.expected.statements:
        marks = {file: _in_body(result, found) for file, found in expected.attestations.items()}
        for file, spans in marks.items():
            yield Check("words in body", bool(spans), f"{expected.id} {file}: {expected.gist}")
        if len(marks) < 2:
            continue
        best = max((_cells(result, one, marks) for one in statements), key=len, default=set())
        for file in marks:
            yield Check(
                "statement cells", file in best and len(best) > 1, f"{expected.id} {file}: {expected.gist}"
            )


def _check_difference(result: Result, item: ExpectedDifference) -> Iterator[Check]:
    found = result.story.differences if result.story else ()
    near = [one for one in found if _same_sides(result, item, one)]
    what = f"{item.kind} {item.a.text} | {item.b.text if item.b else '-'}: {item.reason}"
    yield Check("differences", bool(near), what)
    yield Check("kind of difference", any(one.kind is item.kind for one in near), what)


def _in_body(result: Result, marks: Sequence[Marked]) -> list[Span]:
    """The marked places that were kept as body."""
    found = [(result.articles.get(mark.file), span) for mark in marks for span in result.spans(mark)]
    return [span for article, span in found if article and _share(article.body, span) >= WHOLE]


def _cells(result: Result, statement: Statement, marks: Mapping[str, Sequence[Span]]) -> set[str]:
    """The files whose marked words the found statement meets."""
    given = [one.excerpt for one in statement.attestations]
    return {
        file
        for file, spans in marks.items()
        if any(_meets(result, excerpt, file, spans) for excerpt in given)
    }


def _meets(result: Result, excerpt: Excerpt, file: str, spans: Sequence[Span]) -> bool:
    article = result.articles.get(file)
    return (
        article is not None and excerpt.article == article.id and any(excerpt.span.overlap(s) for s in spans)
    )


def _same_sides(result: Result, item: ExpectedDifference, found: Difference) -> bool:
    """Whether a found difference points at the expected words; the order of the sides does not matter."""
    if item.b is None or found.b is None:
        return item.b is None and found.b is None and _points_at(result, found.a, item, item.a)
    return any(
        _points_at(result, a, item, item.a) and _points_at(result, b, item, item.b)
        for a, b in ((found.a, found.b), (found.b, found.a))
    )


def _points_at(result: Result, excerpt: Excerpt, item: ExpectedDifference, side: Marked) -> bool:
    """Whether an excerpt meets the side's words within the statement, not where they stand by chance."""
    spans = result.spans(side)
    marks = {one.id: one.attestations for one in result.expected.statements}.get(item.statement or "")
    if marks is not None:
        stated = [span for mark in marks.get(side.file, ()) for span in result.spans(mark)]
        spans = tuple(span for span in spans if any(one.contains(span) for one in stated))
    return _meets(result, excerpt, side.file, spans)


def _share(body: Sequence[Span], place: Span) -> float:
    return sum(span.overlap(place) for span in body) / max(1, len(place))


def main(arguments: Sequence[str]) -> int:
    """Exit status 1 when anything expected is missing; prints what, and the counts."""
    from khabar import compare  # noqa: PLC0415  (the checks need none of it, only this command does)

    folders = [Path(name) for name in arguments] or find_stories(
        Path(__file__).resolve().parents[2] / "examples"
    )
    every: list[Check] = []
    for folder in folders:
        pages = sorted(path for path in folder.iterdir() if path.name != FILE_NAME)
        checks = check_all(load_expectation(folder), compare(pages))
        print(
            f"\n{folder.name}", *(f"  missing  {c.area}: {c.what}" for c in checks if not c.right), sep="\n"
        )
        every += checks
    print(
        "\n", *(f"{area:20} {right:4} of {total}\n" for area, (right, total) in tally(every).items()), sep=""
    )
    return int(not all(check.right for check in every))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
