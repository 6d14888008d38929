"""Scores the cleaner on constructed pages: python -m evaluations.extract.score [--each]."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from khabar.extract import extract
from khabar.extract.visible import see
from khabar.lang.loader import Languages, load_languages
from khabar.model.outcome import Dropped
from khabar.model.page import Page, PageKind

HERE = Path(__file__).parent
_MARK = re.compile(r"⟦(/?)([TB])⟧")
_JOINER = "\u200c"


@dataclass(frozen=True, slots=True)
class Case:
    """A page and where title and body stand in its text (for HTML: in its visible text)."""

    name: str
    page: Page
    text: str
    title: tuple[int, int]
    body: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Score:
    """Characters of the body found, wrong and missed; titles right; joiners kept."""

    found: int = 0
    wrong: int = 0
    missed: int = 0
    cases: int = 0
    titles: int = 0
    joiners: int = 0
    joiners_kept: int = 0

    def add(self, other: Score) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def to_dict(self) -> dict[str, float]:
        f1 = 2 * self.found / max(2 * self.found + self.wrong + self.missed, 1)
        kept = self.joiners_kept / self.joiners if self.joiners else 1.0
        return {
            "body_f1": round(f1, 4),
            "title": round(self.titles / self.cases, 4),
            "joiners": round(kept, 4),
        }


def load_cases(folder: Path = HERE / "cases") -> list[Case]:
    return [read_case(path) for path in sorted(folder.iterdir())]


def read_case(path: Path) -> Case:
    marked = path.read_bytes().decode("utf-8")
    html = path.suffix == ".html"
    page = Page(
        path.name, PageKind.HTML if html else PageKind.TEXT, _MARK.sub("", marked), "utf-8", "detected"
    )
    text, places = unmark(see(marked).text if html else marked)
    if html and text != see(page.text).text:
        raise AssertionError(f"{path.name}: the marks change what is visible")
    return Case(path.name, page, text, places["T"][0], tuple(places["B"]))


def unmark(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The text without its marks, and the places that they enclosed."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    text, start = "", 0
    opened = {"T": 0, "B": 0}
    for match in _MARK.finditer(marked):
        text += marked[start : match.start()]
        start = match.end()
        if match[1]:
            places[match[2]].append((opened[match[2]], len(text)))
        else:
            opened[match[2]] = len(text)
    return text + marked[start:], places


def score_case(case: Case, languages: Languages) -> Score:
    outcome = extract(case.page, languages)
    wanted = _characters(case.text, case.body)
    if isinstance(outcome, Dropped):
        return Score(missed=len(wanted), cases=1)
    found = outcome.item
    got = _characters(found.text, ((span.start, span.end) for span in found.body))
    title = found.title is not None and (found.title.start, found.title.end) == case.title
    joiners = {at for at in wanted if case.text[at] == _JOINER}
    return Score(
        len(got & wanted), len(got - wanted), len(wanted - got), 1, title, len(joiners), len(joiners & got)
    )


def _characters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if not text[at].isspace()}


def score_all(cases: list[Case]) -> dict[str, dict[str, float]]:
    """Scores by language and layout ("fa html"), and of all cases."""
    languages = load_languages()
    scores: defaultdict[str, Score] = defaultdict(Score)
    for case in cases:
        score = score_case(case, languages)
        scores[f"{case.name[:2]} {case.page.kind}"].add(score)
        scores["all"].add(score)
    return {name: scores[name].to_dict() for name in sorted(scores)}


def main() -> None:
    cases = load_cases()
    for name, score in score_all(cases).items():
        print(f"{name:10}", "  ".join(f"{key} {value:.4f}" for key, value in score.items()))
    if "--each" in sys.argv:
        for case in cases:
            print(case.name, json.dumps(score_case(case, load_languages()).to_dict()))


if __name__ == "__main__":
    main()
