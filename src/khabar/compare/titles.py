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

# Who leads, without saying what: one word for "president", "commander" or "governor" in most languages.
_LEADS = "head"


@dataclass(frozen=True, slots=True)
class Title:
    """A rank or office as it stands beside a name; `meaning` is the same in all languages."""

    article: Article
    span: Span
    meaning: str
    language: str

    @property
    def family(self) -> str:
        """ "rank" or "office": only titles of one family can differ."""
        return self.meaning.partition(":")[0]


def title_differences(
    articles: Sequence[Article], entities: Sequence[Entity], statements: Sequence[Statement]
) -> Iterator[Difference]:
    """For each person, every two ranks or offices that two texts give and that are not the same.

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
                yield Title(article, span, hit.row.meaning, language)


def _language(article: Article, span: Span) -> str:
    return next((s.language for s in article.sentences if s.span.contains(span)), article.languages[0])


def _differences(
    entity: Entity, titles: Sequence[Title], statements: Sequence[Statement]
) -> Iterator[Difference]:
    said = {(title.article.id, title.language, title.meaning) for title in titles}
    seen: set[tuple[str, ...]] = set()
    for a, b in combinations(titles, 2):
        pair = (a.article.id, a.language, a.meaning, b.article.id, b.language, b.meaning)
        if not _clash(a, b) or pair in seen:
            continue
        # One who holds both titles in one text holds both; then the reports only choose.
        if _both(said, a, b):
            continue
        seen.add(pair)
        yield _difference(entity, a, b, statements)


def _clash(a: Title, b: Title) -> bool:
    """Two ranks, or two offices of which neither only says less ("minister", "minister of defence")."""
    if a.family != b.family or a.family == "honorific":
        return False
    names = [_words(title.meaning) for title in (a, b)]
    if _LEADS in names and a.family == "office":
        return False
    return (
        names[0] not in names[1] and names[1] not in names[0]
        if a.family == "office"
        else names[0] != names[1]
    )


def _both(said: Iterable[tuple[str, str, str]], a: Title, b: Title) -> bool:
    texts = [
        {(article, language) for article, language, meaning in said if meaning == title.meaning}
        for title in (a, b)
    ]
    return bool(texts[0] & texts[1])


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
