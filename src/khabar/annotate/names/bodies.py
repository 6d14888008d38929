"""Ministries and assemblies, found by the words that they are named with: every country has its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khabar.annotate.names.gazetteer import ARTICLE
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.lang.schema import Pack
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_DEFINITE = re.compile(rf"\s({ARTICLE}\w{{2,}})")


def with_bodies(mentions: Sequence[NameMention], text: str, pack: Pack) -> list[NameMention]:
    """The names of a sentence with the bodies that no other name lies in."""
    found = list(mentions)
    for hit in lexicon(pack.code, "body_words").find(text):
        span = _body_at(hit, text)
        if span and not any(name.span.overlap(span) for name in found):
            reason = f"{hit.span.of(text)} and what it is named by"
            found.append(NameMention(span, span.of(text), NameKind.ORGANISATION, reason=reason))
    return sorted(found, key=lambda name: name.span)


def _body_at(hit: Hit, text: str) -> Span | None:
    """A body whose words are all known, or whose first word asks for one with the article."""
    if hit.row.meaning == "whole":
        return hit.span
    behind = _DEFINITE.match(text, hit.span.end)
    return Span(hit.span.start, behind.end(1)) if behind and not hit.prefix.endswith(ARTICLE) else None
