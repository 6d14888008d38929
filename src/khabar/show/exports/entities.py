"""FollowTheMoney entities: Article, Person, Organization, Mention, Event and what documents it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind
from khabar.model.story import Comparison, Story

Proxy = dict[str, Any]
_SCHEMATA = {
    NameKind.PERSON: "Person",
    NameKind.ORGANISATION: "Organization",
    NameKind.OUTLET: "Organization",
}


def to_ftm(comparison: Comparison) -> Iterator[Proxy]:
    """Reports, the named persons and organisations, where they are mentioned, and stories as events.

    Ids are digests, so that two exports of one report meet. A Mention keeps the form as written; places are
    named on their Event.
    """
    named = {entity.id: entity for entity in comparison.entities}
    for article in comparison.articles:
        yield _article(article)
        yield from _mentions(article, named)
    for entity in comparison.entities:
        if entity.kind in _SCHEMATA:
            yield _proxy(_SCHEMATA[entity.kind], entity.id, name=[entity.name], alias=_aliases(entity))
    for story in comparison.stories:
        yield _event(story, named)
        yield from _links(story)


def _article(article: Article) -> Proxy:
    return _proxy(
        "Article",
        article.id,
        title=[article.title.of(article.text)] if article.title else [],
        fileName=[article.path],
        bodyText=["\n".join(span.of(article.text) for span in article.body)],
        language=_known_languages(article.languages),
        publisher=[article.outlet] if article.outlet else [],
        publishedAt=[article.published.value] if article.published.value else [],
        sourceUrl=[article.facts.address.text] if article.facts.address else [],
    )


def _known_languages(languages: tuple[str, ...]) -> list[str]:
    """Three letters, as the model wants them, of the languages that have a pack; others are left out."""
    packs = [load_languages().pack(code) for code in languages]
    return [pack.iso3 for pack in packs if pack.known]


def _mentions(article: Article, named: dict[str, Entity]) -> Iterator[Proxy]:
    forms: dict[str, list[str]] = {}
    for one in article.names:
        if one.entity in named and named[one.entity].kind in _SCHEMATA:
            forms.setdefault(str(one.entity), []).append(one.text)
    for entity, texts in forms.items():
        yield _proxy(
            "Mention",
            f"{article.id} {entity}",
            document=[_id(article.id)],
            resolved=[_id(entity)],
            name=list(dict.fromkeys(texts)),
            detectedSchema=[_SCHEMATA[named[entity].kind]],
        )


def _event(story: Story, named: dict[str, Entity]) -> Proxy:
    people = [who for who in story.who if who in named and named[who].kind in _SCHEMATA]
    where = named.get(story.where or "")
    return _proxy(
        "Event",
        story.id,
        name=[story.title or story.id],
        startDate=[story.when] if story.when else [],
        location=[where.name] if where else [],
        involved=[_id(who) for who in people],
        summary=[line.tellings[0][1].text for line in story.head],
    )


def _links(story: Story) -> Iterator[Proxy]:
    for article in story.articles:
        yield _proxy(
            "Documentation",
            f"{story.id} {article}",
            document=[_id(article)],
            entity=[_id(story.id)],
            role=["report of the story"],
        )


def _aliases(entity: Entity) -> list[str]:
    others = [form for form in (*entity.forms, entity.romanised) if form and form != entity.name]
    return list(dict.fromkeys(others))


def _proxy(schema: str, key: str, **properties: list[str]) -> Proxy:
    filled = {name: values for name, values in properties.items() if any(values)}
    return {"id": _id(key), "schema": schema, "properties": filled}


def _id(key: str) -> str:
    digest = hashlib.sha1(key.encode("utf-8", "backslashreplace"), usedforsecurity=False)
    return "khabar-" + digest.hexdigest()
