"""Scores extraction on pages in the layouts of news sites: python -m evaluations.extract.pages [--each].

`pages/` holds each page with a JSON file beside it that says what must come out. Bodies are compared as
characters in order (longest common subsequence), white space left out, so that other extractors, which give
text without places, can be given the same pages.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from khabar.annotate.article import annotate
from khabar.extract import extract_reports
from khabar.lang.loader import load_languages
from khabar.model.article import Extract
from khabar.model.outcome import dropped, kept
from khabar.model.page import Page, PageKind

PAGES = Path(__file__).parent / "pages"
PEERS = ("trafilatura", "readability", "resiliparse")
DATED = ("trafilatura",)  # the others look for no date
_JOINER = "\u200c"


@dataclass(frozen=True, slots=True)
class Expected:
    """A page and what must come out of it: one report, several entries, or none and why."""

    name: str
    html: str
    wanted: dict[str, Any]

    @property
    def reports(self) -> list[dict[str, Any]]:
        """What is expected of each report in order; nothing for a page that holds none."""
        if "dropped" in self.wanted:
            return []
        return list(self.wanted.get("entries", [self.wanted]))


@dataclass(frozen=True, slots=True)
class Found:
    """What came out for one report."""

    body: str
    title: str | None = None
    date: str | None = None
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(slots=True)
class Tally:
    """Sums over reports: characters in common, given and wanted; the rest as right and asked."""

    common: int = 0
    given: int = 0
    wanted: int = 0
    joiners: int = 0
    joiners_kept: int = 0
    right: defaultdict[str, int] | None = None
    asked: defaultdict[str, int] | None = None

    def __post_init__(self) -> None:
        self.right, self.asked = defaultdict(int), defaultdict(int)

    def check(self, what: str, holds: bool) -> None:
        """Counts one answer."""
        if self.right is not None and self.asked is not None:
            self.asked[what] += 1
            self.right[what] += holds

    def to_dict(self) -> dict[str, float]:
        """The figures, shares of one."""
        figures = {"body_f1": 2 * self.common / max(self.given + self.wanted, 1)}
        if self.joiners:
            figures["joiners"] = self.joiners_kept / self.joiners
        for what, asked in (self.asked or {}).items():
            figures[what] = (self.right or {})[what] / asked
        return {what: round(value, 4) for what, value in figures.items()}


def load_pages() -> list[Expected]:
    """The pages in order of their names."""
    return [
        Expected(
            path.stem, path.read_bytes().decode(), json.loads(path.with_suffix(".json").read_text("utf-8"))
        )
        for path in sorted(PAGES.glob("*.html"))
    ]


def read_with_khabar(page: Expected) -> tuple[list[Found], str]:
    """What this project makes of a page, and why it dropped what it dropped."""
    whole = Page(page.name, PageKind.HTML, page.html, "utf-8", "declared")
    outcomes = extract_reports(whole, load_languages())
    return [_found(one) for one in kept(outcomes)], " ".join(one.reason for one in dropped(outcomes))


def _found(one: Extract) -> Found:
    article = annotate(one, "a", load_languages())
    facts = one.facts
    told = {
        "outlet": one.outlet,
        "byline": facts.byline.text if facts.byline else None,
        "section": facts.section.text if facts.section else None,
        "captions": [span.of(one.text) for span in facts.captions],
        "form": str(facts.form),
    }
    title = one.title.of(one.text) if one.title else None
    body = "\n".join(span.of(one.text) for span in one.body)
    return Found(body, title, article.published.value, tuple(told.items()))


def score(page: Expected, found: list[Found], reason: str, tally: Tally) -> None:
    """Adds one page to a tally."""
    if "dropped" in page.wanted:
        tally.check("dropped", not found and page.wanted["dropped"] in reason)
    elif len(page.reports) > 1:
        tally.check("entries", len(found) == len(page.reports))
    for number, wanted in enumerate(page.reports):
        given = found[number] if number < len(found) else Found("")
        count_body("".join(wanted["body"]), given.body, tally)
        tally.check("title", given.title == wanted["title"])
        tally.check("date", (given.date or "").startswith(wanted["date"]))
        _score_facts(wanted, dict(given.facts), tally)
    for more in found[len(page.reports) :]:
        count_body("", more.body, tally)


def _score_facts(wanted: dict[str, Any], given: dict[str, Any], tally: Tally) -> None:
    for what in ("outlet", "byline", "section", "captions", "form"):
        if what in wanted:
            tally.check(what, given.get(what) == wanted[what])


def count_body(wanted: str, given: str, tally: Tally) -> None:
    """Adds the characters of one body, and the joiners that it kept."""
    wanted, given = "".join(wanted.split()), "".join(given.split())
    tally.common += LCSseq.similarity(wanted, given)
    tally.given += len(given)
    tally.wanted += len(wanted)
    tally.joiners += wanted.count(_JOINER)
    tally.joiners_kept += min(wanted.count(_JOINER), given.count(_JOINER))


def measure_khabar(pages: Iterable[Expected]) -> dict[str, dict[str, float]]:
    """Figures by language, and of all pages."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for page in pages:
        found, reason = read_with_khabar(page)
        for name in (page.name[:2], "all"):
            score(page, found, reason, tallies[name])
    return {name: tallies[name].to_dict() for name in sorted(tallies)}


def measure_peer(name: str, pages: Iterable[Expected]) -> dict[str, float] | None:
    """What another extractor makes of the pages that hold one report; None where it is not installed."""
    try:
        read: Callable[[str], Found] = getattr(
            import_module("evaluations.extract.peers"), f"read_with_{name}"
        )
        read("<p>.")
    except ImportError:
        return None
    tally = Tally()
    for page in pages:
        for wanted in page.reports if len(page.reports) == 1 else ():
            given = read(page.html)
            count_body("".join(wanted["body"]), given.body, tally)
            tally.check("title", given.title == wanted["title"])
            if name in DATED:
                tally.check("date", (given.date or "").startswith(wanted["date"]))
    return tally.to_dict()


def main() -> None:
    """Prints the figures; with --each a line for every page that falls short."""
    pages = load_pages()
    for name, figures in measure_khabar(pages).items():
        _show(name, figures)
    single = [page for page in pages if len(page.reports) == 1]
    _show("khabar, single reports", measure_khabar(single)["all"])
    for peer in PEERS:
        figures = measure_peer(peer, pages)
        _show(peer, figures) if figures else print(f"{peer}: not installed")
    for page in pages if "--each" in sys.argv else ():
        tally = Tally()
        score(page, *read_with_khabar(page), tally)
        if min(tally.to_dict().values()) < 1:
            print(page.name, {key: value for key, value in tally.to_dict().items() if value < 1})


def _show(name: str, figures: dict[str, float]) -> None:
    print(f"{name:24}", "  ".join(f"{key} {value:.4f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
