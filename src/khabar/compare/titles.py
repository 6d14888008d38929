"""Differences in the rank or office that reports give one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from khabar.compare.ranks import grades_of, may_be_equal
from khabar.compare.told import Told, differ
from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind, NameMention
from khabar.model.span import Excerpt, Span
from khabar.model.story import Difference, DifferenceKind, Statement, Weight

# Who leads, without saying what: one word for "president", "commander" or "governor" in most languages.
_LEADS = "head"
# Who stands in for another holds another office, though its name holds the other's.
_DEPUTIES = ("deputy_", "vice_", "former_", "acting_")


@dataclass(frozen=True, slots=True)
class Title:
    """A rank or office as it stands beside a name; `meaning` is the same in all languages."""

    article: Article
    span: Span
    meaning: str
    language: str

    @property
    def text(self) -> str:
        """The words."""
        return self.span.of(self.article.text)

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


def telling_titles(statement: str, a: Told, b: Told) -> Iterator[Difference]:
    """The same for persons of two tellings in one language that were not linked: one name is in the other."""
    if a.language != b.language:
        return
    for one in _titled(a):
        for other in _titled(b):
            if one.entity == other.entity or not _part_of(one, other):
                continue
            pairs = product(_titles_of(a.article, one), _titles_of(b.article, other))
            for here, there in pairs:
                if _clash(here, there):
                    reason = f"{one.text}: {_words(here.meaning)} here, {_words(there.meaning)} there."
                    sides = ((a, here.span), (b, there.span))
                    yield differ(DifferenceKind.TITLE, statement, sides, reason)


def _titled(told: Told) -> list[NameMention]:
    return [name for name in told.names if name.kind is NameKind.PERSON and name.title is not None]


def _part_of(one: NameMention, other: NameMention) -> bool:
    first, second = (set(folded_text(name.text, Fold.SEARCH).split()) for name in (one, other))
    return first <= second or second <= first


def _titles(article: Article, entity: str) -> Iterator[Title]:
    for mention in article.names:
        if mention.entity == entity:
            yield from _titles_of(article, mention)


def _titles_of(article: Article, mention: NameMention) -> Iterator[Title]:
    if mention.title is None:
        return
    language, start = _language(article, mention.title), mention.title.start
    for hit in lexicon(language, "titles").find(mention.title.of(article.text)):
        yield Title(article, hit.span.moved(start), hit.row.meaning, language)


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
    """Two ranks of unlike grades, or two offices of which neither only says less ("minister of defence")."""
    if a.family != b.family or a.family == "honorific":
        return False
    if a.family == "rank":
        return _ranks_clash(a, b)
    names = [title.meaning.partition(":")[2] for title in (a, b)]
    # Ministers are called secretaries in some countries.
    if _LEADS in names or ("secretary" in names and any(name.endswith("minister") for name in names)):
        return False
    if names[0].startswith(_DEPUTIES) != names[1].startswith(_DEPUTIES):
        return True
    return names[0] not in names[1] and names[1] not in names[0]


def _ranks_clash(a: Title, b: Title) -> bool:
    here, there = (grades_of(title.text, title.meaning, title.language) for title in (a, b))
    if here is None or there is None:
        return a.meaning != b.meaning
    return not may_be_equal(here, there)


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
