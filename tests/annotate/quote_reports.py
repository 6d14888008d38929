"""Reports made of a text and of the names in it, so that quotations are tried without a tagger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from khabar.annotate.article import annotate
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Block, Extract
from khabar.model.mentions import Entity, NameKind, NameMention
from khabar.model.span import Span


def report(
    text: str, language: str, names: Mapping[str, str] | None = None, outlet: str | None = None
) -> Article:
    """An article of that text, each line a paragraph of its body; `names` are forms with their entity.

    An entity that begins with "p" is a person, with "o" an organisation, with another letter a place.
    """
    body = tuple(Span(*match.span()) for match in re.finditer(r"[^\n]+", text))
    made = annotate(Extract("made", text, body, (), outlet=outlet), "a1", load_languages())
    blocks = (Block(Span(0, len(text)), language),)
    sentences = tuple(replace(one, language=language) for one in made.sentences)
    return replace(made, blocks=blocks, sentences=sentences, names=_mentions(text, names or {}))


def _mentions(text: str, names: Mapping[str, str]) -> tuple[NameMention, ...]:
    found: dict[int, NameMention] = {}
    for form, entity in sorted(names.items(), key=lambda one: len(one[0])):
        for match in re.finditer(re.escape(form), text):
            span = Span(*match.span())
            found[span.start] = NameMention(span, form, kind_of(entity), entity)
    return tuple(found[at] for at in sorted(found))


def kind_of(entity: str) -> NameKind:
    """What the first letter of an entity says it is."""
    return {"p": NameKind.PERSON, "o": NameKind.ORGANISATION}.get(entity[0], NameKind.PLACE)


def entities(names: Mapping[str, str]) -> list[Entity]:
    """The entities of those names."""
    forms: dict[str, list[str]] = {}
    for form, entity in names.items():
        forms.setdefault(entity, []).append(form)
    return [Entity(one, kind_of(one), own[0], tuple(own)) for one, own in forms.items()]
