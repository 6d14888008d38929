"""What opens under a row: the sentences side by side, with the words that differ marked and numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from khabar.model.article import Article
from khabar.model.mentions import Quote
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Difference
from khabar.show.table import Catalogue, Row, quoted

MOST_CONTEXT = 600  # characters of a sentence that are shown around the attested words


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one card: attested or only around it, and the numbers of the differences they belong to."""

    text: str
    attested: bool = True
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()  # the differences whose last words these are


@dataclass(frozen=True, slots=True)
class Card:
    """One telling of a statement; `articles` are all the reports that tell it in just these words."""

    articles: tuple[str, ...]
    attestation: Attestation
    pieces: tuple[Piece, ...]
    quote: Quote | None
    cut: int = 0  # attested characters that are too many to show here; the page view has them


def cards(row: Row, known: Catalogue) -> list[Card]:
    """A card for every telling of the row's statement, copies once."""
    made: dict[tuple[str, tuple[Piece, ...]], Card] = {}
    for attestation in row.statement.attestations:
        article = known.articles[attestation.excerpt.article]
        shown = context(article, attestation.excerpt.span)
        found = pieces(article, shown, attestation.excerpt.span, row.differences)
        key = (attestation.language, found)
        others = made[key].articles if key in made else ()
        quote = quoted(article, attestation)
        cut = max(0, attestation.excerpt.span.end - shown.end)
        made[key] = Card(tuple(dict.fromkeys((*others, article.id))), attestation, found, quote, cut)
    return list(made.values())


def context(article: Article, span: Span) -> Span:
    """The whole sentences that the span lies in, at most some lines of them around it."""
    around = [sentence.span for sentence in article.sentences if sentence.span.overlap(span)]
    start = min([span.start, *(one.start for one in around)])
    end = max([span.end, *(one.end for one in around)])
    limited = min(end, max(span.start, min(span.end, span.start + MOST_CONTEXT)) + MOST_CONTEXT)
    return Span(max(start, span.start - MOST_CONTEXT), limited)


def pieces(
    article: Article, shown: Span, attested: Span, differences: Sequence[Difference]
) -> tuple[Piece, ...]:
    """The shown words cut wherever an attestation or a difference begins or ends."""
    marked = [
        (number, side.span)
        for number, difference in enumerate(differences, 1)
        for side in sides(difference)
        if side.article == article.id and side.span.overlap(shown)
    ]
    inside = [edge for _, span in [(0, attested), *marked] for edge in (span.start, span.end)]
    cuts = sorted({shown.start, shown.end, *(edge for edge in inside if shown.start < edge < shown.end)})
    return tuple(_piece(article.text, Span(start, end), attested, marked) for start, end in pairwise(cuts))


def _piece(text: str, part: Span, attested: Span, marked: list[tuple[int, Span]]) -> Piece:
    numbers = tuple(number for number, span in marked if span.contains(part))
    ends = tuple(number for number, span in marked if span.contains(part) and span.end == part.end)
    return Piece(part.of(text), attested.contains(part), numbers, ends)


def sides(difference: Difference) -> list[Excerpt]:
    """The one or two tellings of a difference."""
    return [side for side in (difference.a, difference.b) if side is not None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a page: of its body (`kind` is empty), its title, or left out of the body and why."""

    text: str
    kind: str = ""
    sentence: int = 0  # 1 for the first sentence of the body, 0 outside any
    language: str | None = None


def lines(article: Article) -> list[list[Stretch]]:
    """The whole page, line by line, every character in one stretch of one line."""
    rows: list[list[Stretch]] = [[]]
    for stretch in _stretches(article):
        first, *others = stretch.text.split("\n")
        rows[-1].append(Stretch(first, stretch.kind, stretch.sentence, stretch.language))
        rows += [[Stretch(line, stretch.kind, stretch.sentence, stretch.language)] for line in others]
    return rows


def _stretches(article: Article) -> list[Stretch]:
    named = [(piece.span, piece.kind.value) for piece in article.boilerplate]
    if article.title is not None:
        named.append((article.title, "title"))
    counted = list(enumerate(article.sentences, 1))
    edges = {0, len(article.text)}
    for span in [*(span for span, _ in named), *(sentence.span for _, sentence in counted)]:
        edges |= {span.start, span.end}
    cuts = sorted(edges)
    starts: dict[int, tuple[str, int, str | None]] = {}
    for span, kind in named:
        starts |= {cut: (kind, 0, None) for cut in cuts if span.start <= cut < span.end}
    for number, sentence in counted:
        span = sentence.span
        for cut in cuts:
            if span.start <= cut < span.end and cut not in starts:
                starts[cut] = ("", number, sentence.language)
    nothing = ("", 0, None)
    return [Stretch(article.text[start:end], *starts.get(start, nothing)) for start, end in pairwise(cuts)]
