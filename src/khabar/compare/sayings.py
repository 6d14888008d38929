"""Who said what: the quotations of a story, those that tell one saying together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.compare.speakers import Names, disagree
from khabar.compare.told import Nearness
from khabar.model.article import Article
from khabar.model.mentions import Entity, Quote
from khabar.model.span import Excerpt, Span
from khabar.model.story import Saying, Statement, Telling

# From how near on two quotations tell one saying. Found on the constructed examples: those of one speaker in
# one statement are alike from .30 on; what two persons say about one thing comes up to .40.
_NEAR = {("same", True): 0.30, ("same", False): 0.45, ("other", True): 0.45, ("other", False): 0.60}
_MOST_PARTS = 600  # of one story; of more only those that make one statement are compared
_MOST_TOLD = 200  # tellings of one statement
_EDGE = " \t\n\r\u00a0\u200b\u200c\u200e\u200f،,؛;:.–—-"


@dataclass(frozen=True, slots=True)
class _Part:
    """A quotation, or the part of it that makes one statement, with where it stands."""

    article: Article
    quote: Quote
    span: Span
    language: str
    statements: frozenset[str]

    @property
    def place(self) -> tuple[str, str]:
        """The report, and the language of the block: a report that carries its original tells twice."""
        return self.article.id, self.language

    @property
    def text(self) -> str:
        """The words."""
        return self.span.of(self.article.text)


def gather_sayings(
    story_id: str,
    articles: Sequence[Article],
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    nearness: Nearness,
) -> tuple[Saying, ...]:
    """Every quotation of the story once, in sayings, in the order in which the reports bring them.

    Two are one saying where they share a statement or lie near, more surely so where one speaker is named.
    """
    parts = [part for article in articles for part in _parts(article, statements)]
    groups = _groups(parts, nearness)
    names = Names(entities)
    return tuple(
        _saying(f"{story_id}.w{number}", group, names, articles) for number, group in enumerate(groups, 1)
    )


def _parts(article: Article, statements: Sequence[Statement]) -> Iterator[_Part]:
    places = [
        (attestation.excerpt.span, statement.id)
        for statement in statements
        for attestation in statement.attestations
        if attestation.excerpt.article == article.id
    ]
    for quote in article.quotes:
        language = _language(article, quote.span)
        inside = [(span, name) for span, name in places if 2 * span.overlap(quote.span) >= len(span) > 0]
        around = [(span, name) for span, name in places if 2 * span.overlap(quote.span) >= len(quote.span)]
        for span in _cut(article.text, quote.span, [span for span, _ in inside]):
            own = frozenset(
                name for one, name in (*inside, *around) if 2 * one.overlap(span) >= min(len(one), len(span))
            )
            yield _Part(article, quote, span, language, own)


def _cut(text: str, quote: Span, clauses: Sequence[Span]) -> list[Span]:
    """The quotation in parts, one for each clause in it that makes a statement; no word is lost."""
    starts = [quote.start]
    end = quote.start
    for clause in sorted(set(clauses)):
        if clause.start >= end > quote.start:
            starts.append(clause.start)
        end = max(end, clause.end)
    ends = [*starts[1:], quote.end]
    parts = [Span(start, stop).trimmed(text, _EDGE) for start, stop in zip(starts, ends, strict=True)]
    return [part for part in parts if len(part)]


def _language(article: Article, span: Span) -> str:
    return next(
        (one.language for one in article.sentences if one.span.start <= span.start < one.span.end),
        article.languages[0] if article.languages else "",
    )


def _groups(parts: Sequence[_Part], nearness: Nearness) -> list[list[_Part]]:
    """The parts in groups that tell one saying; links that are surest come first."""
    group_of = {n: [n] for n in range(len(parts))}
    for _, one, other in sorted(_links(parts, nearness), key=lambda link: -link[0]):
        first, second = group_of[one], group_of[other]
        if first is second or _clash(parts, first, second):
            continue
        first += second
        for n in second:
            group_of[n] = first
    seen = {id(group): group for group in group_of.values()}
    return [[parts[n] for n in sorted(group)] for group in sorted(seen.values(), key=min)]


def _links(parts: Sequence[_Part], nearness: Nearness) -> Iterator[tuple[float, int, int]]:
    for n, m in _pairs(parts):
        one, other = parts[n], parts[m]
        shared = bool(one.statements & other.statements)
        if one.place == other.place and not shared:
            continue
        same = one.quote.speaker is not None and one.quote.speaker == other.quote.speaker
        near = nearness((one.text, one.language), (other.text, other.language))
        if near >= _NEAR["same" if same else "other", shared]:
            yield near + same + shared, n, m


def _pairs(parts: Sequence[_Part]) -> Iterator[tuple[int, int]]:
    """Which parts are held against each other: all, or where they are many those of one statement."""
    if len(parts) <= _MOST_PARTS:
        yield from combinations(range(len(parts)), 2)
        return
    by_statement: dict[str, list[int]] = {}
    for n, part in enumerate(parts):
        for name in part.statements:
            by_statement.setdefault(name, []).append(n)
    yield from {pair for some in by_statement.values() for pair in combinations(some[:_MOST_TOLD], 2)}


def _clash(parts: Sequence[_Part], first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether one report would tell the saying twice, in two quotations that make two statements."""
    return any(
        parts[n].place == parts[m].place and not parts[n].statements & parts[m].statements
        for n in first
        for m in second
    )


def _saying(saying_id: str, group: Sequence[_Part], names: Names, articles: Sequence[Article]) -> Saying:
    tellings = tuple(_telling(part) for part in group)
    counted = Counter(telling.speaker for telling in tellings if telling.speaker)
    speaker = counted.most_common(1)[0][0] if counted else None
    statements = tuple(dict.fromkeys(name for part in group for name in sorted(part.statements)))
    places = len({part.article.id for part in group})
    reason = ""
    if places > 1:
        shared = any(one.statements & other.statements for one, other in combinations(group, 2))
        reason = "They make one statement." if shared else "Their words lie near each other."
    outlets = {article.id: article.outlet or article.id for article in articles}
    return Saying(
        saying_id,
        speaker,
        tellings,
        statements,
        disagree(tellings, speaker, names, outlets),
        _forms(tellings, outlets),
        reason,
    )


def _telling(part: _Part) -> Telling:
    article, quote = part.article, part.quote
    named = quote.speaker_span
    words = None if named is None else Excerpt(article.id, named, named.of(article.text))
    excerpt = Excerpt(article.id, part.span, part.text)
    return Telling(excerpt, quote.kind, part.language, quote.speaker, words, quote.reason)


def _forms(tellings: Sequence[Telling], outlets: Mapping[str, str]) -> str:
    """A sentence where one report has it in the speaker's words and another in its own."""
    direct = {telling.excerpt.article for telling in tellings if telling.kind == "direct"}
    indirect = {telling.excerpt.article for telling in tellings if telling.kind == "indirect"} - direct
    if not direct or not indirect:
        return ""
    first, other = (", ".join(outlets[one] for one in outlets if one in some) for some in (direct, indirect))
    return f"In quotation marks in {first}; in the report's own words in {other}."
