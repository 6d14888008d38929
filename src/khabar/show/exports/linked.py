"""Reports and stories as linked data: schema.org in JSON-LD."""

from __future__ import annotations

from typing import Any

from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind
from khabar.model.story import Comparison, Story

Node = dict[str, Any]
_TYPES = {
    NameKind.PERSON: "Person",
    NameKind.ORGANISATION: "Organization",
    NameKind.OUTLET: "NewsMediaOrganization",
    NameKind.PLACE: "Place",
    NameKind.LAW: "Legislation",
}


def to_jsonld(comparison: Comparison) -> Node:
    """A graph of NewsArticle, Event, Claim, Quotation and the named; ids are fragments: "#a1b2c3d4".

    A statement is a Claim with the reports that make it under `appearance`; no node says which is right.
    """
    named = {entity.id: entity for entity in comparison.entities}
    graph = [_article(article, named) for article in comparison.articles]
    graph += [_entity(entity) for entity in comparison.entities]
    for story in comparison.stories:
        graph.append(_story(story, named))
        graph += [_claim(story, number) for number in range(len(story.statements))]
    return {"@context": "https://schema.org", "@graph": graph}


def _article(article: Article, named: dict[str, Entity]) -> Node:
    about = dict.fromkeys(one.entity for one in article.names if one.entity in named)
    return _full(
        {
            "@type": "NewsArticle",
            "@id": f"#{article.id}",
            "headline": article.title.of(article.text) if article.title else None,
            "articleBody": "\n".join(span.of(article.text) for span in article.body),
            "inLanguage": list(article.languages),
            "datePublished": article.published.value,
            "url": article.facts.address.text if article.facts.address else None,
            "publisher": _publisher(article.outlet),
            "mentions": [{"@id": f"#{entity}"} for entity in about],
            "hasPart": [_quotation(article, number) for number in range(len(article.quotes))],
        }
    )


def _publisher(outlet: str | None) -> Node | None:
    return {"@type": "NewsMediaOrganization", "name": outlet} if outlet else None


def _quotation(article: Article, number: int) -> Node:
    quote = article.quotes[number]
    return _full(
        {
            "@type": "Quotation",
            "@id": f"#{article.id}-q{number + 1}",
            "text": quote.text,
            "creator": {"@id": f"#{quote.speaker}"} if quote.speaker else None,
        }
    )


def _entity(entity: Entity) -> Node:
    others = [form for form in (*entity.forms, entity.romanised) if form and form != entity.name]
    return _full(
        {
            "@type": _TYPES.get(entity.kind, "Thing"),
            "@id": f"#{entity.id}",
            "name": entity.name,
            "alternateName": list(dict.fromkeys(others)),
        }
    )


def _story(story: Story, named: dict[str, Entity]) -> Node:
    return _full(
        {
            "@type": "Event",
            "@id": f"#{story.id}",
            "name": story.title,
            "startDate": story.when,
            "location": {"@id": f"#{story.where}"} if story.where in named else None,
            "attendee": [{"@id": f"#{who}"} for who in story.who if who in named],
            "subjectOf": [{"@id": f"#{article}"} for article in story.articles],
        }
    )


def _claim(story: Story, number: int) -> Node:
    statement = story.statements[number]
    reports = dict.fromkeys(one.excerpt.article for one in statement.attestations)
    return {
        "@type": "Claim",
        "@id": f"#{statement.id}",
        "text": statement.text,
        "about": {"@id": f"#{story.id}"},
        "appearance": [{"@id": f"#{article}"} for article in reports],
    }


def _full(node: Node) -> Node:
    """The node without what is unknown or empty."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}
