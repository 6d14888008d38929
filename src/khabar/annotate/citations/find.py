"""The citations of articles: every credit with the outlet that it means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from khabar.annotate.citations.credit import Credit
from khabar.annotate.citations.edges import credits_at_edges, credits_in_piece
from khabar.annotate.citations.entities import Entities
from khabar.annotate.citations.photos import photo_credits
from khabar.annotate.citations.reach import Reach
from khabar.annotate.citations.sentences import credits_in, elided_credits
from khabar.annotate.outlets import Outlets, bare_key, shipped_outlets
from khabar.annotate.quotes.scene import Scene
from khabar.model.article import Article
from khabar.model.mentions import Citation, Entity
from khabar.model.span import Span

_LONGEST_SENTENCE = 20_000  # code points; what is longer is a list or a dump


def find_citations(
    articles: Sequence[Article], entities: Sequence[Entity], outlets: Outlets | None = None
) -> tuple[list[Article], list[Entity]]:
    """The articles with their citations, and the entities with the outlets that were none yet.

    An article's own outlet is no source of itself. A source that has no name ("agencies") is None. Beside
    `outlets` (those that ship with khabar if not given) those count that the reports name as their own.
    """
    mastheads = [article.outlet for article in articles if article.outlet]
    every = (outlets or shipped_outlets()).with_mastheads(mastheads)
    known = Entities(list(entities), every)
    return [replace(article, citations=_cited(article, known)) for article in articles], known.all


def _cited(article: Article, known: Entities) -> tuple[Citation, ...]:
    found: dict[Span, tuple[Credit, str | None]] = {}
    for credit in _credits(article, known.outlets):
        if credit.name and _is_own(credit.name, article, known.outlets):
            continue
        source = (credit.entity or known.of(credit.name)) if credit.name else None
        if not any(span.overlap(credit.span) and one[1] == source for span, one in found.items()):
            found.setdefault(credit.span, (credit, source))
    ordered = [found[span] for span in sorted(found)]
    reach = Reach(article, [credit for credit, _ in ordered])
    return tuple(reach.citation(credit, source) for credit, source in ordered)


def _credits(article: Article, outlets: Outlets) -> Iterator[Credit]:
    starts = [name.span.start for name in article.names]
    last: Credit | None = None
    for sentence in article.sentences:
        if len(sentence.span) > _LONGEST_SENTENCE or sentence.span == article.title:
            continue
        first, end = bisect_left(starts, sentence.span.start), bisect_left(starts, sentence.span.end)
        scene = Scene(article.text, sentence, (), article.names[first:end], outlets)
        own = [*credits_in(scene), *elided_credits(scene, last)]
        yield from own
        last = own[-1] if own else last
    yield from photo_credits(article, outlets)
    yield from credits_at_edges(article, outlets)
    for piece in article.boilerplate:
        yield from credits_in_piece(article, piece.span, outlets)


def _is_own(name: str, article: Article, outlets: Outlets) -> bool:
    """Whether the name is that of the article's own outlet, in whichever form."""
    if not article.outlet:
        return False
    known, own = outlets.id_of(name), outlets.id_of(article.outlet)
    if known and own:
        return known == own
    one, other = set(bare_key(name)), set(bare_key(article.outlet))
    return bool(one and other) and (one <= other or other <= one)
