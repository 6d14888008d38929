"""How well quotations, their speakers and citations are found, per language.

Run: python -m evaluations.quotes.score [FOLDER OF THE SEED REPORTS]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evaluations.quotes.cases import SETS, Case, Wanted, as_article, read_cases, with_quotes
from khabar.model.article import Article
from khabar.model.mentions import Quote
from khabar.model.span import Span

_WORD = re.compile(r"\w+")
_MARKS = "\"'“‘«"
_LEAST_OVERLAP = 0.3  # of the words of either, for two contents to be the same quotation


@dataclass(slots=True)
class Score:
    """Words of content wanted, found and shared; quotations wanted, with the right speaker, and found."""

    wanted_words: int = 0
    found_words: int = 0
    shared_words: int = 0
    wanted: int = 0
    found: int = 0
    speakers: int = 0
    kinds: int = 0
    kinds_wanted: int = 0

    @property
    def overlap(self) -> float:
        """F1 of the words of all contents; what was found without need, or not found, counts in full."""
        total = self.wanted_words + self.found_words
        return 2 * self.shared_words / total if total else 1.0

    @property
    def speaker(self) -> float:
        """The share of the quotations wanted that were found with the right speaker, nobody included."""
        return self.speakers / self.wanted if self.wanted else 1.0

    def add(self, other: Score) -> None:
        """Counts another score into this one."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self) -> str:
        """The figures for a table."""
        kinds = f"  kind {self.kinds}/{self.kinds_wanted}" if self.kinds_wanted else ""
        return (
            f"content F1 {self.overlap:.3f}  speaker right {self.speaker:.3f} "
            f"({self.speakers} of {self.wanted}; {self.found} found){kinds}"
        )


def score_article(article: Article, wanted: Sequence[Wanted], say: bool = False) -> Score:
    """The score of one article's quotations against those wanted; each is matched at most once."""
    score = Score(wanted=len(wanted), found=len(article.quotes))
    pairs = _matched(article, wanted)
    for number, one in enumerate(wanted):
        quote = pairs.get(number)
        score.wanted_words += _words(article.text, one.span)
        score.kinds_wanted += one.kind is not None
        if quote is None:
            _tell(say, f"  missed   {one.span.of(article.text)}")
            continue
        score.shared_words += _shared(article.text, one.span, quote.span)
        score.kinds += one.kind is not None and quote.kind == one.kind
        right = quote.speaker == _entity(article, one.speaker)
        score.speakers += right
        if not right or quote.span != one.span:
            _tell(say, f"  {'content ' if right else 'speaker '} {quote.text} <{quote.reason}>")
    score.found_words = sum(_words(article.text, quote.span) for quote in article.quotes)
    for quote in article.quotes:
        if quote not in pairs.values():
            _tell(say, f"  needless {quote.text} <{quote.reason}>")
    return score


def _tell(say: bool, line: str) -> None:
    if say:
        print(line)


def _matched(article: Article, wanted: Sequence[Wanted]) -> dict[int, Quote]:
    """Wanted quotations with those found, the closest first."""
    options = sorted(
        (
            (_closeness(article.text, one.span, quote.span), number, at)
            for number, one in enumerate(wanted)
            for at, quote in enumerate(article.quotes)
        ),
        reverse=True,
    )
    pairs: dict[int, Quote] = {}
    taken: set[int] = set()
    for close, number, at in options:
        if close >= _LEAST_OVERLAP and number not in pairs and at not in taken:
            pairs[number] = article.quotes[at]
            taken.add(at)
    return pairs


def _closeness(text: str, one: Span, other: Span) -> float:
    total = _words(text, one) + _words(text, other)
    return 2 * _shared(text, one, other) / total if total else 0.0


def _shared(text: str, one: Span, other: Span) -> int:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return _words(text, Span(start, end)) if start < end else 0


def _words(text: str, span: Span) -> int:
    return len(_WORD.findall(span.of(text)))


def _entity(article: Article, place: Span | None) -> str | None:
    """The entity of the name at a place; words that no name was found in give one that nobody has."""
    if place is None:
        return None
    entities = [name.entity for name in article.names if name.span.overlap(place)]
    return entities[0] if entities and entities[0] else "no name was found there"


def score_cases(
    cases: Sequence[Case], articles: Iterable[Article], say: bool = False
) -> dict[tuple[str, bool], Score]:
    """The scores of the constructed cases by language and by whether they were held out."""
    scores: dict[tuple[str, bool], Score] = {}
    for case, article in zip(cases, articles, strict=True):
        _tell(say and not case.held, f"{case.language} {case.text}")
        score = score_article(article, case.wanted, say and not case.held)
        scores.setdefault((case.language, case.held), Score()).add(score)
    return scores


def score_direct(cases: Sequence[Case], articles: Sequence[Article]) -> Score:
    """The score of what stands in marks alone, in the held-out English cases: what a peer looks for."""
    score = Score()
    for case, article in zip(cases, articles, strict=True):
        if case.language == "en" and case.held:
            marked = [one for one in case.wanted if _in_marks(case.text, one.span)]
            direct = tuple(quote for quote in article.quotes if quote.kind == "direct")
            score.add(score_article(replace(article, quotes=direct), marked))
    return score


def _in_marks(text: str, span: Span) -> bool:
    before = text[: span.start].rstrip()[-1:]
    return before in _MARKS and before != ""


def main() -> None:
    """Prints the figures per language."""
    from evaluations.quotes.marked import print_examples, print_seeds  # noqa: PLC0415
    from khabar.pipeline import open_encoder  # noqa: PLC0415
    from khabar.settings import Settings  # noqa: PLC0415

    encoder = open_encoder(Settings())
    for name, path in SETS.items():
        cases = read_cases(path)
        articles, _ = with_quotes([as_article(case, n) for n, case in enumerate(cases)], encoder)
        for (language, held), score in sorted(score_cases(cases, articles, "-v" in sys.argv).items()):
            print(f"{name} cases {language} {'held-out   ' if held else 'development'} {score.line()}")
        _print_peer(name, cases, articles)
    print_examples(encoder, "-v" in sys.argv)
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if folders:
        print_seeds(folders[0], encoder, "-v" in sys.argv)


def _print_peer(name: str, cases: Sequence[Case], articles: Sequence[Article]) -> None:
    """Prints a peer's figures for English beside ours, or that it is not installed."""
    from evaluations.quotes.peer import NAME, open_peer, with_peer_quotes  # noqa: PLC0415

    print(f"{name} cases en held-out, in marks: khabar  {score_direct(cases, articles).line()}")
    reader = open_peer()
    if reader is None:
        print(f"{name} cases en held-out, in marks: {NAME} is not installed, left out")
        return
    theirs = with_peer_quotes(articles, reader)
    print(f"{name} cases en held-out, in marks: {NAME} {score_direct(cases, theirs).line()}")


if __name__ == "__main__":
    main()
