"""What a person says a constructed story must come out as: types, and reading them from `expected.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabar.model.article import BoilerplateKind
from khabar.model.mentions import DateStatus
from khabar.model.story import Coverage, DifferenceKind, Weight

FILE_NAME = "expected.json"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """Words of one report. `places` in `pages` finds them in whatever text was made of the page."""

    file: str
    text: str
    coverage: Coverage = Coverage.WHOLE


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the body in one language: its first and its last words."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Clutter:
    """Words that must not be counted as body, and why."""

    kind: BoilerplateKind
    text: str


@dataclass(frozen=True, slots=True)
class PublishedAs:
    """The day of publication (ISO 8601), how it is known, the words that print it and those against it."""

    value: str | None
    status: DateStatus
    text: str | None
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What the story is about: its day (ISO 8601) and every form of its place and of its actors' names."""

    when: str
    where: tuple[str, ...]
    who: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One page: what a reader knows of it."""

    file: str
    role: str  # "story" or "lookalike"
    title: str
    outlets: tuple[str, ...]  # the outlet's name, then other forms of it that the page prints
    languages: tuple[str, ...]
    published: PublishedAs
    body: tuple[Run, ...]
    clutter: tuple[Clutter, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """In what a look-alike differs from the story, with the words of both."""

    respect: str
    story: str
    lookalike: str


@dataclass(frozen=True, slots=True)
class ExpectedStatement:
    """One assertion; a report without an attestation does not mention it."""

    id: str
    gist: str
    attestations: Mapping[str, tuple[Marked, ...]]


@dataclass(frozen=True, slots=True)
class ExpectedDifference:
    """Two tellings that differ, in the smallest words that do. `b` is None for words left out elsewhere."""

    kind: DifferenceKind
    weight: Weight
    statement: str | None
    a: Marked
    b: Marked | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExpectedRelation:
    """One report took from another."""

    origin: str
    taker: str
    kind: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """All that is expected of one folder of pages."""

    folder: Path
    story: str
    event: Event
    reports: tuple[Report, ...]
    lookalikes: Mapping[str, tuple[Contrast, ...]]
    statements: tuple[ExpectedStatement, ...]
    differences: tuple[ExpectedDifference, ...]
    relations: tuple[ExpectedRelation, ...]

    def files(self, role: str) -> tuple[str, ...]:
        """The names of the reports in that role, in order."""
        return tuple(report.file for report in self.reports if report.role == role)


def find_stories(examples: Path) -> list[Path]:
    """The folders below `examples` that hold a story, in order."""
    return sorted(file.parent for file in examples.glob(f"*/{FILE_NAME}"))


def load_expectation(folder: Path) -> Expectation:
    """What is expected of the pages in a folder. Errors: KeyError or ValueError names what is amiss."""
    row: Row = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    return Expectation(
        folder=folder,
        story=row["story"],
        event=_event(row["event"]),
        reports=tuple(map(_report, row["reports"])),
        lookalikes={item["file"]: tuple(map(_contrast, item["differs"])) for item in row["lookalikes"]},
        statements=tuple(map(_statement, row["statements"])),
        differences=tuple(map(_difference, row["differences"])),
        relations=tuple(
            ExpectedRelation(item["from"], item["to"], item["kind"]) for item in row["relations"]
        ),
    )


def _event(row: Row) -> Event:
    return Event(row["when"], tuple(row["where"]), tuple(map(tuple, row["who"])))


def _report(row: Row) -> Report:
    return Report(
        file=row["file"],
        role=row["role"],
        title=row["title"],
        outlets=(row["outlet"], *row.get("outlet_also", ())),
        languages=tuple(row["languages"]),
        published=_published(row["published"]),
        body=tuple(Run(run["first"], run["last"]) for run in row["body"]),
        clutter=tuple(Clutter(BoilerplateKind(item["kind"]), item["text"]) for item in row["clutter"]),
    )


def _published(row: Row) -> PublishedAs:
    return PublishedAs(row["value"], DateStatus(row["status"]), row["text"], tuple(row["conflicts"]))


def _contrast(row: Row) -> Contrast:
    return Contrast(row["in"], row["story"], row["lookalike"])


def _statement(row: Row) -> ExpectedStatement:
    marked = {
        file: tuple(_marked(file, item) for item in items) for file, items in row["attestations"].items()
    }
    return ExpectedStatement(row["id"], row["gist"], marked)


def _marked(file: str, row: Row) -> Marked:
    return Marked(file, row["text"], Coverage(row.get("coverage", "whole")))


def _difference(row: Row) -> ExpectedDifference:
    a, b = row["a"], row["b"]
    return ExpectedDifference(
        kind=DifferenceKind(row["kind"]),
        weight=Weight(row["weight"]),
        statement=row["statement"],
        a=_marked(a["file"], a),
        b=None if b is None else _marked(b["file"], b),
        reason=row["reason"],
    )
