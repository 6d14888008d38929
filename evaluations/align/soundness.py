"""Whether an expectation fits its own pages: every word it names must stand where it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from evaluations.align.pages import page_text, places
from khabar.model.mentions import DateStatus
from khabar.model.span import Span
from khabar.model.story import DifferenceKind

RELATIONS = frozenset({"cites", "copies", "translates", "shares_source"})
Texts = Mapping[str, str]


def find_faults(expected: Expectation) -> list[str]:
    """Everything in the expectation that its pages do not bear out, in words; empty when it is sound."""
    listing = list(_listing_faults(expected))
    if listing:
        return listing  # without the pages nothing else can be looked up
    texts = {report.file: page_text(expected.folder / report.file) for report in expected.reports}
    return [
        *(fault for report in expected.reports for fault in _report_faults(report, texts[report.file])),
        *_event_faults(expected, texts),
        *_statement_faults(expected, texts),
        *_clutter_faults(expected, texts),
        *(fault for item in expected.differences for fault in _difference_faults(item, expected, texts)),
        *_lookalike_faults(expected, texts),
        *_relation_faults(expected),
    ]


def body_spans(report: Report, text: str) -> list[Span]:
    """Where the body stands: one span for each run, and one more for each time the page repeats it."""
    return [
        Span(first.start, last.end)
        for run in report.body
        for first in places(text, run.first)
        for last in [next((end for end in places(text, run.last) if end.end > first.start), None)]
        if last is not None
    ]


def _listing_faults(expected: Expectation) -> Iterator[str]:
    listed = [report.file for report in expected.reports]
    there = {path.name for path in expected.folder.iterdir() if path.name != FILE_NAME}
    yield from (f"{file} is listed twice" for file in sorted({f for f in listed if listed.count(f) > 1}))
    yield from (f"{file} is listed and not there" for file in sorted(set(listed) - there))
    yield from (f"{file} is there and not listed" for file in sorted(there - set(listed)))


def _report_faults(report: Report, text: str) -> Iterator[str]:
    named = [
        report.title,
        *report.outlets,
        *(item.text for item in report.clutter),
        *report.published.conflicts,
    ]
    named += [words for run in report.body for words in (run.first, run.last)]
    named += [report.published.text] if report.published.text else []
    yield from (f"{report.file}: not on the page: {words}" for words in named if not places(text, words))
    if len(body_spans(report, text)) < len(report.body):
        yield f"{report.file}: a run of the body has no end"
    if bool(report.published.conflicts) != (report.published.status is DateStatus.CONFLICT):
        yield f"{report.file}: a date conflict needs the words against it, and only then"


def _event_faults(expected: Expectation, texts: Texts) -> Iterator[str]:
    told = [texts[file] for file in expected.files("story")]
    forms = [*expected.event.where, *(form for forms in expected.event.who for form in forms)]
    yield from (
        f"no report of the story says: {form}" for form in forms if not any(places(t, form) for t in told)
    )


def _clutter_faults(expected: Expectation, texts: Texts) -> Iterator[str]:
    for report in expected.reports:
        text = texts[report.file]
        marks = [mark for item in expected.statements for mark in item.attestations.get(report.file, ())]
        stated = [place for mark in marks for place in places(text, mark.text)]
        yield from (
            f"{report.file}: stated and clutter at once: {item.text}"
            for item in report.clutter
            if any(place.overlap(other) for place in places(text, item.text) for other in stated)
        )


def _statement_faults(expected: Expectation, texts: Texts) -> Iterator[str]:
    reports = {report.file: report for report in expected.reports}
    told = set(expected.files("story"))
    ids = [statement.id for statement in expected.statements]
    yield from (f"{id_} is used twice" for id_ in sorted({i for i in ids if ids.count(i) > 1}))
    for statement in expected.statements:
        if not statement.attestations:
            yield f"{statement.id}: nobody states it"
        for file, marks in statement.attestations.items():
            if file not in told:
                yield f"{statement.id}: {file} is not a report of the story"
                continue
            bodies = body_spans(reports[file], texts[file])
            yield from (
                f"{statement.id}: not in the body of {file}: {mark.text}"
                for mark in marks
                if not any(
                    body.contains(place) for body in bodies for place in places(texts[file], mark.text)
                )
            )


def _difference_faults(item: ExpectedDifference, expected: Expectation, texts: Texts) -> Iterator[str]:
    if (item.b is None) != (item.kind is DifferenceKind.OMISSION):
        yield f"{item.kind} of {item.statement}: only an omission has one side"
    yield from (
        f"{item.kind} of {item.statement}: not in what {side.file} states: {side.text}"
        for side in (item.a, item.b)
        if side is not None and not _stands(side, item.statement, expected, texts)
    )


def _stands(side: Marked, statement_id: str | None, expected: Expectation, texts: Texts) -> bool:
    if statement_id is None:
        return bool(places(texts.get(side.file, ""), side.text))
    marks = next((s.attestations for s in expected.statements if s.id == statement_id), {})
    return any(places(mark.text, side.text) for mark in marks.get(side.file, ()))


def _lookalike_faults(expected: Expectation, texts: Texts) -> Iterator[str]:
    if set(expected.lookalikes) != set(expected.files("lookalike")):
        yield "the look-alikes and the reports in that role are not the same"
        return
    told = [texts[file] for file in expected.files("story")]
    for file, contrasts in expected.lookalikes.items():
        for contrast in contrasts:
            if not any(places(text, contrast.story) for text in told):
                yield f"{file}: no report of the story says: {contrast.story}"
            if not places(texts[file], contrast.lookalike):
                yield f"{file}: does not say: {contrast.lookalike}"


def _relation_faults(expected: Expectation) -> Iterator[str]:
    told = set(expected.files("story"))
    for relation in expected.relations:
        if relation.kind not in RELATIONS or not {relation.origin, relation.taker} <= told:
            yield f"not a relation within the story: {relation.origin} {relation.kind} {relation.taker}"


def main() -> int:
    """Exit status 1 when an example's expectation is unsound; prints every fault."""
    examples = Path(__file__).resolve().parents[2] / "examples"
    faults = [
        f"{folder.name}: {fault}"
        for folder in find_stories(examples)
        for fault in find_faults(load_expectation(folder))
    ]
    print("\n".join(faults) or "All expectations are sound.")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
