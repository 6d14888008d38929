"""Differences in who is said to have said it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from khabar.compare.facts import may_be_one, same_land
from khabar.compare.told import Nearness, Told, differ, may_differ
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.model.mentions import NameKind, NameMention, Quote
from khabar.model.span import Span
from khabar.model.story import Difference, DifferenceKind, Weight

_SPEAKERS = (NameKind.PERSON, NameKind.ORGANISATION, NameKind.OUTLET)
# What follows "according to" as its source ends at a comma, or after so many words.
_SOURCE = re.compile(r"[^،,:؛;.]{0,60}")
# A ministry speaks for its government.
_ONE_SIDE = (frozenset({"ministry", "government"}),)


def attribution_differences(
    statement: str, a: Told, b: Told, names: Mapping[str, str], nearness: Nearness
) -> Iterator[Difference]:
    """Both tellings say who says so, and it is another: by name, or by what kind of source it is.

    A telling that has a pronoun names nobody; one that names no source at all while the other credits one
    differs in wording.
    """
    here, there = _speakers(a), _speakers(b)
    if here.keys() & there.keys():
        return
    if here and there:
        one, other = next(iter(here)), next(iter(there))
        first, second = _mention(a, one), _mention(b, other)
        # An agency that tells of a speech is no other speaker than the one who gave it.
        if first is not None and second is not None and first.kind is second.kind:
            one_side = same_land(a, first, b, second) or may_be_one(a, first, b, second, nearness)
            if may_differ(a, first, b, second) and not one_side:
                reason = f"{names[one]} says so here, {names[other]} there."
                sides = ((a, here[one]), (b, there[other]))
                yield differ(DifferenceKind.ATTRIBUTION, statement, sides, reason)
            return
    yield from _source_differences(statement, a, b)


def _source_differences(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """Sources of two kinds ("residents", "the army"); or a source that only one of the two names."""
    here, there = _sources(a), _sources(b)
    kinds = {hit.row.meaning for hit in here}, {hit.row.meaning for hit in there}
    if here and there:
        if not kinds[0] & kinds[1] and not any(kinds[0] | kinds[1] <= side for side in _ONE_SIDE):
            reason = f"{_words(here[0])} here, {_words(there[0])} there."
            sides = ((a, here[0].span), (b, there[0].span))
            yield differ(DifferenceKind.ATTRIBUTION, statement, sides, reason)
        return
    for one, other in ((a, b), (b, a)):
        named = _credits(one)
        if named and not _says_who(other) and one.language == other.language:
            sides = ((one, named[0]), (other, other.content))
            yield differ(
                DifferenceKind.ATTRIBUTION,
                statement,
                sides,
                "Only one of the two says where it is from.",
                Weight.WORDING,
            )


def _words(source: Hit) -> str:
    return source.row.meaning.replace("_", " ")


def _sources(told: Told) -> list[Hit]:
    """Words for a kind of source, where the telling says who says so."""
    zones = [*_credits(told), *_frames(told)]
    text = told.article.text
    found = [
        Hit(hit.span.moved(zone.start), hit.row, hit.prefix)
        for zone in zones
        for hit in lexicon(told.language, "source_kinds").find(zone.of(text))
    ]
    return sorted(found, key=lambda hit: hit.span)


def _frames(told: Told) -> list[Span]:
    """The frame of the clause, who is given its quotations, and a frame that stands behind the words."""
    frame = told.telling.unit.clause.frame
    spoken = [quote.speaker_span for quote in told.article.quotes if _overlaps(quote, told)]
    zones = [zone for zone in (frame, *spoken) if zone is not None]
    return zones or _closing_frame(told)


def _closing_frame(told: Told) -> list[Span]:
    """ "..., the mayor said": what stands behind the last comma with a reporting verb in it."""
    span, text = told.telling.unit.clause.span, told.article.text
    comma = max(text.rfind(mark, span.start, span.end) for mark in ",،")
    if comma < 0 or _closes_apposition(told, comma):
        return []
    tail = Span(comma + 1, span.end)
    return [tail] if lexicon(told.language, "reporting_verbs").find(tail.of(text)) else []


def _closes_apposition(told: Told, comma: int) -> bool:
    """Whether only a name stands before the comma: "the minister, Leila Mansour, promised an inquiry"."""
    text, start = told.article.text, told.telling.unit.clause.span.start
    before = max(text.rfind(mark, start, comma) for mark in ",،")
    held = text[before + 1 : comma].strip()
    return before >= 0 and any(name.span.of(text) == held for name in told.article.names)


def _credits(told: Told) -> list[Span]:
    """ "According to" with the words of its source."""
    found = []
    for hit in told.clause_hits("attribution"):
        match = _SOURCE.match(told.article.text, hit.span.end)
        if match:
            found.append(Span(hit.span.start, match.end()))
    return found


def _says_who(told: Told) -> bool:
    """Whether anything in the sentence says that somebody said so."""
    tables = ("reporting_verbs", "attribution", "source_kinds")
    if any(told.sentence_hits(table) for table in tables):
        return True
    return any(_overlaps(quote, told) for quote in told.article.quotes)


def _mention(told: Told, entity: str) -> NameMention | None:
    """The fullest mention of an entity in a report."""
    mentions = [mention for mention in told.article.names if mention.entity == entity]
    return max(mentions, key=lambda mention: len(mention.text), default=None)


def _speakers(told: Told) -> dict[str, Span]:
    """Who is given the words by name: speakers of quotations there, or else the names in the frame.

    A pronoun is none: whom it means was inferred.
    """
    quoted = [quote for quote in told.article.quotes if quote.speaker is not None and _overlaps(quote, told)]
    if quoted:
        named = [quote for quote in quoted if _is_named(quote, told)]
        return {str(quote.speaker): quote.speaker_span or quote.span for quote in named}
    frame = told.telling.unit.clause.frame
    inside = [name for name in told.article.names if frame is not None and frame.contains(name.span)]
    return {str(name.entity): name.span for name in inside if _may_speak(name)}


def _is_named(quote: Quote, told: Told) -> bool:
    """Whether the words for the speaker hold a name, or a title of one: "he" does not."""
    span = quote.speaker_span
    return span is not None and any(
        name.span.overlap(span) or (name.title is not None and name.title.overlap(span))
        for name in told.article.names
    )


def _overlaps(quote: Quote, told: Told) -> bool:
    return 2 * quote.span.overlap(told.content) > len(told.content)


def _may_speak(name: NameMention) -> bool:
    return name.entity is not None and name.kind in _SPEAKERS
