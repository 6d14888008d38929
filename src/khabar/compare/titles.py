"""Differences in the rank or office that reports give one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind
from khabar.model.span import Excerpt, Span
from khabar.model.story import Difference, DifferenceKind, Statement, Weight


@dataclass(frozen=True, slots=True)
class Title:
    """A rank or office as it stands beside a name; `meaning` is the same in all languages."""

    article: Article
    span: Span
    meaning: str

    @property
    def family(self) -> str:
        """ "rank" or "office": only titles of one family can differ."""
        return self.meaning.partition(":")[0]


def title_differences(
    articles: Sequence[Article], entities: Sequence[Entity], statements: Sequence[Statement]
) -> Iterator[Difference]:
    """For each person, every two meanings that two reports give the same kind of title, once each.

    Equal ranks of two languages or armies have one meaning and are no difference.
    """
    for entity in entities:
        if entity.kind is NameKind.PERSON:
            titles = [title for article in articles for title in _titles(article, entity.id)]
            yield from _differences(entity, titles, statements)


def _titles(article: Article, entity: str) -> Iterator[Title]:
    for mention in article.names:
        if mention.entity == entity and mention.title is not None:
            language = _language(article, mention.title)
            for hit in lexicon(language, "titles").find(mention.title.of(article.text)):
                start = mention.title.start
                span = Span(start + hit.span.start, start + hit.span.end)
                yield Title(article, span, hit.row.meaning)


def _language(article: Article, span: Span) -> str:
    return next((s.language for s in article.sentences if s.span.contains(span)), article.languages[0])


def _differences(
    entity: Entity, titles: Sequence[Title], statements: Sequence[Statement]
) -> Iterator[Difference]:
    said = {(title.article.id, title.meaning) for title in titles}
    seen: set[tuple[str, str]] = set()
    for a, b in combinations(titles, 2):
        pair = (min(a.meaning, b.meaning), max(a.meaning, b.meaning))
        if a.meaning == b.meaning or a.family != b.family or a.family == "honorific" or pair in seen:
            continue
        # One who holds both titles in one report holds both; then the reports only choose.
        if a.article.id == b.article.id or _both(said, a, b):
            continue
        seen.add(pair)
        yield _difference(entity, a, b, statements)


def _both(said: Iterable[tuple[str, str]], a: Title, b: Title) -> bool:
    holds_a = {article for article, meaning in said if meaning == a.meaning}
    holds_b = {article for article, meaning in said if meaning == b.meaning}
    return bool(holds_a & holds_b)


def _difference(entity: Entity, a: Title, b: Title, statements: Sequence[Statement]) -> Difference:
    return Difference(
        DifferenceKind.TITLE,
        Weight.MEANING,
        _statement_of(a, statements),
        Excerpt(a.article.id, a.span, a.span.of(a.article.text)),
        Excerpt(b.article.id, b.span, b.span.of(b.article.text)),
        f"{entity.name}: {_words(a.meaning)} here, {_words(b.meaning)} there.",
    )


def _statement_of(title: Title, statements: Sequence[Statement]) -> str | None:
    for statement in statements:
        for attestation in statement.attestations:
            excerpt = attestation.excerpt
            if excerpt.article == title.article.id and excerpt.span.contains(title.span):
                return statement.id
    return None


def _words(meaning: str) -> str:
    return meaning.partition(":")[2].replace("_", " ")
