"""How far credits reach, in constructed reports with one credit each."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from evaluations.quotes.cases import Case, as_article, with_quotes
from khabar.encode.types import Encoder
from khabar.model.article import Article
from khabar.model.mentions import Citation
from khabar.model.span import Span

CASES = Path(__file__).resolve().with_name("reach.txt")
_LEAST = 0.8  # of the letters that are reached or found to be reached, for a reach to be right


@dataclass(frozen=True, slots=True)
class Reached:
    """A constructed report, the words that credit in it, what they reach and how that is called."""

    case: Case
    credit: Span
    reach: Span | None
    kind: str


def read_reaches(path: Path = CASES) -> list[Reached]:
    """The constructed reports, in the order of the file."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [_reached(head, marks) for head, marks in zip(lines[::2], lines[1::2], strict=True)]


def _reached(head: str, marks: str) -> Reached:
    language, kind, text = head.split(" ", 2)
    text = text.replace("¶", "\n\n")
    credit, reach = marks.split(" => ")
    place = None if reach == "-" else _place(text, reach)
    return Reached(Case(language, False, text, ()), _place(text, credit), place, kind)


def _place(text: str, words: str) -> Span:
    pattern = r".*".join(map(re.escape, words.split(" … ")))
    found = re.search(pattern, text, re.DOTALL)
    return Span(*found.span()) if found else Span(0, 0)


def score_reach(encoder: Encoder, say: bool = False) -> tuple[int, int]:
    """How many credits have the right reach, and how many there are; one that is not found is wrong."""
    cases = read_reaches()
    articles, _ = with_quotes([as_article(one.case, n) for n, one in enumerate(cases)], encoder)
    right = 0
    for one, article in zip(cases, articles, strict=True):
        found = next((cited for cited in article.citations if cited.span.overlap(one.credit)), None)
        fits = found is not None and _fits(one, found)
        right += fits
        if say and not fits:
            print(one.kind, one.case.text.replace("\n\n", "¶"), "|", _told(article, found))
    return right, len(cases)


def _fits(one: Reached, found: Citation) -> bool:
    if found.reaches != one.kind or found.reach is None or one.reach is None:
        return found.reaches == one.kind
    shared = found.reach.overlap(one.reach)
    return shared >= _LEAST * max(len(found.reach), len(one.reach))


def _told(article: Article, found: Citation | None) -> str:
    if found is None:
        return "no credit found"
    return f"{found.reaches} {found.reach.of(article.text)[:40] if found.reach else ''}"


def main() -> None:
    """Prints how many reaches are right; with -v those that are not."""
    from khabar.pipeline import open_encoder  # noqa: PLC0415
    from khabar.settings import Settings  # noqa: PLC0415

    right, every = score_reach(open_encoder(Settings()), "-v" in sys.argv)
    print(f"reach: {right} of {every} right")


if __name__ == "__main__":
    main()
