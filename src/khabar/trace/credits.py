"""Who credits whom: the citations of a story's reports, matched with the outlets of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from khabar.annotate.names.people import words_match
from khabar.annotate.outlets import Outlets, bare_key, shipped_outlets
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import Citation, Entity, Reaches
from khabar.model.span import Excerpt

_ALL_FROM = 0.8  # of the body's letters; what stands before a credit in the first line is not reached


@dataclass(frozen=True, slots=True)
class Credit:
    """One report credits an outlet: its entity, its name, the words, and the reports of that outlet here.

    `key` is one for all names of an outlet, in whatever script; `whole`: it reaches all of the report.
    """

    taker: str
    source: str
    outlet: str
    excerpt: Excerpt
    origins: tuple[str, ...]
    key: str = ""
    whole: bool = False


def find_credits(
    articles: Sequence[Article], entities: Sequence[Entity], outlets: Outlets | None = None
) -> tuple[Credit, ...]:
    """Every credit for an outlet that has a name; the first of each report for each outlet.

    `origins` is empty where no report of that outlet is among these. Credits for pictures are left out.
    """
    forms = {entity.id: (entity.name, *entity.forms) for entity in entities}
    known = outlets or shipped_outlets()
    found = [credit for article in articles for credit in _credits_of(article, articles, forms, known)]
    return tuple(_keyed(found, forms, known))


def _keyed(found: Sequence[Credit], forms: Mapping[str, Sequence[str]], outlets: Outlets) -> Iterator[Credit]:
    """The credits, each outlet under the entity by which it is first credited."""
    keys: dict[str, str] = {}
    for credit in found:
        if credit.source not in keys:
            same = (key for key in keys if _are_one(forms[key], forms[credit.source], outlets))
            keys[credit.source] = keys.get(next(same, ""), credit.source)
        yield replace(credit, key=keys[credit.source])


def _are_one(names: Sequence[str], others: Sequence[str], outlets: Outlets) -> bool:
    return any(are_one_outlet(name, other, outlets) for name in names for other in others)


def _credits_of(
    article: Article, articles: Sequence[Article], forms: Mapping[str, Sequence[str]], outlets: Outlets
) -> Iterator[Credit]:
    seen = set()
    for citation in article.citations:
        source = citation.source or ""
        names = forms.get(source, ())
        if not names or source in seen or _is_for_picture(citation, article):
            continue
        seen.add(source)
        others = tuple(one.id for one in articles if one.id != article.id and _is_of(one, names, outlets))
        excerpt = Excerpt(article.id, citation.span, citation.text)
        whole = _reaches_all(citation, article)
        yield Credit(article.id, source, names[0], excerpt, others, source, whole)


def _reaches_all(citation: Citation, article: Article) -> bool:
    """Whether the credit is for the report as a whole: its reach covers nearly all of the body."""
    reach = citation.reach
    if reach is None or citation.reaches is not Reaches.REPORT:
        return False
    return sum(map(reach.overlap, article.body)) >= _ALL_FROM * sum(map(len, article.body))


def _is_of(article: Article, names: Sequence[str], outlets: Outlets) -> bool:
    return article.outlet is not None and any(are_one_outlet(name, article.outlet, outlets) for name in names)


def _is_for_picture(citation: Citation, article: Article) -> bool:
    return any(
        hit.row.meaning == "photo"
        for language in article.languages
        for hit in lexicon(language, "source_words").find(citation.text)
    )


@lru_cache(maxsize=20_000)
def are_one_outlet(one: str, other: str, outlets: Outlets | None = None) -> bool:
    """Whether two names are those of one outlet, in whatever scripts and with or without "news agency"."""
    listed = outlets or shipped_outlets()
    known, known_other = listed.id_of(one), listed.id_of(other)
    if known and known_other:
        return known == known_other
    key, other_key = _spelled(one), _spelled(other)
    return bool(key and other_key) and (key == other_key or words_match(key, other_key, alone=True))


def _spelled(name: str) -> str:
    """The name as one word: languages part compounds differently, and leave articles out."""
    return "".join(word.removeprefix("ال") if len(word) > 4 else word for word in bare_key(name))
