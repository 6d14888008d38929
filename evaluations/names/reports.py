"""Constructed news paragraphs with their names marked, and how many of them are found as they stand.

python -m evaluations.names.reports [-v]    precision and recall by language and kind; -v prints each fault
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluations.names.measure_names import _corpus_kind, _whole
from khabar.annotate.article import annotate
from khabar.annotate.names.find import name_article
from khabar.annotate.names.tokens import find_tokens
from khabar.encode.types import Encoder
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Extract
from khabar.model.mentions import NameMention
from khabar.model.span import Span
from khabar.pipeline import encode_article, open_encoder
from khabar.settings import Settings

HERE = Path(__file__).resolve().parent
SETS = {"first": HERE / "reports.txt", "second": HERE / "reports_second.txt"}
KINDS = {"p": "person", "l": "place", "o": "organisation"}
_NAME = re.compile(r"\[([plo]) ([^\]]+)\]")
_Place = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A paragraph without its marks, and the names that stand in it: start, end, kind.

    `optional`: start, where the name may begin as well, and end of those with a word in parentheses.
    """

    language: str
    text: str
    names: tuple[_Place, ...]
    optional: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """How many names of a kind are marked, found, and found just so."""

    wanted: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The share of what is found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is marked that is found."""
        return self.right / self.wanted if self.wanted else 1.0


def read_reports(path: Path) -> list[Report]:
    """The paragraphs of a file."""
    lines = path.read_text("utf-8").splitlines()
    return [_report(line) for line in lines if line and not line.startswith("#")]


def _report(line: str) -> Report:
    language, _, marked = line.partition(" ")
    text, end, names, optional = "", 0, list[_Place](), list[tuple[int, int, int]]()
    for match in _NAME.finditer(marked):
        text += marked[end : match.start()]
        start, words = len(text), match[2].replace("(", "").replace(")", "")
        free = match[2].index(")") if ")" in match[2] else 0
        text += words
        names.append((start + free, len(text), KINDS[match[1]]))
        optional += [(start, start + free, len(text))] if free else []
        end = match.end()
    return Report(language, text + marked[end:], tuple(names), tuple(optional))


def named(report: Report, encoder: Encoder) -> Article:
    """The report with its names, as the product finds them."""
    extract = Extract("report", report.text, (Span(0, len(report.text)),), ())
    article = annotate(extract, "r", load_languages())
    words = [one.words for one in encode_article(article, encoder)]
    return name_article(article, words, load_languages())


def measure(
    reports: Sequence[Report], encoder: Encoder, say: bool = False
) -> Mapping[tuple[str, str], Found]:
    """By language and kind, "all" among them: what is marked, found and right, by whole words."""
    counts: dict[str, Counter[tuple[str, str]]] = {
        "wanted": Counter(),
        "found": Counter(),
        "right": Counter(),
    }
    for report in reports:
        tokens = find_tokens(report.text)
        wanted = {_whole(tokens, *name) for name in report.names}
        article = named(report, encoder)
        found = {_whole(tokens, *_place(name, report)) for name in article.names}
        for name, some in (("wanted", wanted), ("found", found), ("right", wanted & found)):
            for *_, kind in some:
                counts[name].update([(report.language, kind), (report.language, "all")])
        if say:
            _tell(report, article, wanted, found)
    keys = sorted({*counts["wanted"], *counts["found"]})
    return {key: Found(*(counts[name][key] for name in ("wanted", "found", "right"))) for key in keys}


def _place(name: NameMention, report: Report) -> _Place:
    """Where a name was found; one with the words that it may have is that without them."""
    start, end = name.span.start, name.span.end
    shorter = (free for first, free, last in report.optional if (first, last) == (start, end))
    return next(shorter, start), end, _corpus_kind(name.kind)


def _tell(report: Report, article: Article, wanted: set[_Place], found: set[_Place]) -> None:
    tokens = find_tokens(report.text)
    for sign, places in (("missed", wanted - found), ("wrong", found - wanted)):
        for first, last, kind in sorted(places):
            words = report.text[tokens[first].span.start : tokens[last - 1].span.end]
            reasons = [
                n.reason for n in article.names if n.span.start <= tokens[first].span.end <= n.span.end
            ]
            print(f"  {report.language} {sign:7}{kind:13}{words}  <{'; '.join(reasons)}>")


def lines(figures: Mapping[tuple[str, str], Found]) -> Iterator[str]:
    """The figures for a table."""
    for (language, kind), one in figures.items():
        yield f"{language} {kind:13} P {one.precision:.3f} R {one.recall:.3f}  ({one.wanted} marked)"


def main() -> None:
    encoder = open_encoder(Settings())
    for name, path in SETS.items():
        if path.exists():
            print(name)
            print("\n".join(lines(measure(read_reports(path), encoder, "-v" in sys.argv))))


if __name__ == "__main__":
    main()
