"""A story's header: its title, when and where it happened, and who takes part, as most reports have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.model.article import Article
from khabar.model.mentions import DateStatus, Entity, NameKind

_MOST_WHO = 6
_LEAD_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Header:
    """Entities stand by their ids; None where the reports do not say."""

    title: str
    when: str | None
    where: str | None
    who: tuple[str, ...]


def describe_story(articles: Sequence[Article], entities: Sequence[Entity]) -> Header:
    """The header of the story that these reports tell."""
    kinds = {entity.id: entity.kind for entity in entities}
    return Header(
        title=_title(articles),
        when=_when(articles),
        where=_where(articles, kinds),
        who=_who(articles, kinds),
    )


def _title(articles: Sequence[Article]) -> str:
    """The first report's title; its first sentence where it has none."""
    for article in articles:
        if article.title is not None:
            return article.title.of(article.text)
    first = articles[0]
    return first.sentences[0].span.of(first.text) if first.sentences else first.path


def _when(articles: Sequence[Article]) -> str | None:
    """The day that most reports came out on, conflicts last; the earliest of several."""
    sure = [article.published for article in articles if article.published.status is not DateStatus.CONFLICT]
    doubted = [article.published for article in articles if article.published.status is DateStatus.CONFLICT]
    for published in (sure, doubted):
        days = Counter(one.value[:10] for one in published if one.value is not None)
        if days:
            return min(days, key=lambda day: (-days[day], day))
    return None


def _where(articles: Sequence[Article], kinds: Mapping[str, NameKind]) -> str | None:
    """The place that most reports name in their first sentences."""
    reports = Counter[str]()
    for article in articles:
        leads = [sentence.span for sentence in article.sentences[:_LEAD_SENTENCES]]
        named = [name for name in article.names if any(lead.contains(name.span) for lead in leads)]
        reports.update({n.entity for n in named if n.entity and kinds.get(n.entity) is NameKind.PLACE})
    return _most(reports)


def _who(articles: Sequence[Article], kinds: Mapping[str, NameKind]) -> tuple[str, ...]:
    """The persons named, those of most reports first."""
    reports, mentions = Counter[str](), Counter[str]()
    for article in articles:
        named = [n.entity for n in article.names if n.entity and kinds.get(n.entity) is NameKind.PERSON]
        reports.update(set(named))
        mentions.update(named)
    needed = 2 if len(articles) > 2 else 1
    people = [person for person, count in reports.items() if count >= needed]
    return tuple(sorted(people, key=lambda person: (-reports[person], -mentions[person], person))[:_MOST_WHO])


def _most(counted: Mapping[str, int]) -> str | None:
    return min(counted, key=lambda key: (-counted[key], key), default=None)
