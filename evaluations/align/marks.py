"""Statements marked by hand in reports that may not be passed on: places without their words."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabar.errors import ReadError
from khabar.model.span import Span
from khabar.model.story import DifferenceKind, Weight

MARKS_FILE = Path(__file__).with_name("seeds.json")


@dataclass(frozen=True, slots=True)
class Source:
    """One report: the file it was marked in and that file's digest."""

    file: str
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a report makes a statement; `alternatives` are the same words in a repeat of the body."""

    span: Span
    language: str
    alternatives: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """One assertion and its marks by report; a report without marks does not mention it."""

    id: str
    gist: str
    marks: Mapping[str, tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Side:
    """The smallest words of one report that differ from the other side."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class MarkedDifference:
    """Two tellings that differ. `b` is None for words that another report leaves out."""

    kind: DifferenceKind
    weight: Weight
    statement: str | None
    a: Side
    b: Side | None
    reason: str


@dataclass(frozen=True, slots=True)
class Marks:
    """A whole table."""

    reports: Mapping[str, Source]
    statements: tuple[MarkedStatement, ...]
    differences: tuple[MarkedDifference, ...]


def load_marks(path: Path = MARKS_FILE) -> Marks:
    """The table in that file."""
    row = json.loads(path.read_text(encoding="utf-8"))
    return Marks(
        reports={id_: Source(**source) for id_, source in row["reports"].items()},
        statements=tuple(map(_statement, row["statements"])),
        differences=tuple(map(_difference, row["differences"])),
    )


def read_reports(marks: Marks, folder: Path) -> dict[str, str]:
    """The marked reports' texts by id. Errors: ReadError when one is another version."""
    found = {id_: (folder / source.file).read_bytes() for id_, source in marks.reports.items()}
    for id_, source in marks.reports.items():
        if hashlib.sha256(found[id_]).hexdigest() != source.sha256:
            raise ReadError(
                f"{source.file} is not the version that was marked; ask for the one with that digest"
            )
    return {id_: raw.decode("utf-8") for id_, raw in found.items()}


def cells(marks: Marks) -> list[dict[str, tuple[Span, ...]]]:
    """Each statement as the places where each report makes it, repeats included: what `score` compares."""
    return [
        {
            id_: tuple(span for mark in found for span in (mark.span, *mark.alternatives))
            for id_, found in one.marks.items()
        }
        for one in marks.statements
    ]


def table(marks: Marks, texts: Mapping[str, str]) -> Iterator[str]:
    """The table as lines to be read against the reports."""
    for statement in marks.statements:
        yield f"{statement.id} {statement.gist}"
        for report, found in statement.marks.items():
            yield from (f"    {report} {mark.language} {mark.span.of(texts[report])}" for mark in found)
    for item in marks.differences:
        sides = [side.span.of(texts[side.report]) if side else "-" for side in (item.a, item.b)]
        yield f"{item.kind} {item.statement or ''} | {' | '.join(sides)} | {item.reason}"


def _statement(row: Mapping[str, Any]) -> MarkedStatement:
    marks = {id_: tuple(map(_mark, items)) for id_, items in row["attestations"].items()}
    return MarkedStatement(row["id"], row["gist"], marks)


def _mark(row: Mapping[str, Any]) -> Mark:
    repeats = tuple(Span(start, end) for start, end in row.get("alternatives", ()))
    return Mark(Span(row["start"], row["end"]), row["language"], repeats)


def _difference(row: Mapping[str, Any]) -> MarkedDifference:
    return MarkedDifference(
        kind=DifferenceKind(row["kind"]),
        weight=Weight(row["weight"]),
        statement=row["statement"],
        a=_side(row["a"]),
        b=None if row["b"] is None else _side(row["b"]),
        reason=row["reason"],
    )


def _side(row: Mapping[str, Any]) -> Side:
    return Side(row["report"], Span(row["start"], row["end"]))


if __name__ == "__main__":
    loaded = load_marks()
    print("\n".join(table(loaded, read_reports(loaded, Path(sys.argv[1])))))
