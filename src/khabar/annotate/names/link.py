"""Mentions to entities over a pool of reports: one id for one person, place or organisation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.names.gazetteer import entries
from khabar.annotate.names.own import OwnName
from khabar.annotate.names.people import name_words
from khabar.annotate.names.persons import People, cluster_people
from khabar.annotate.names.pool import Cluster, Seen, cluster_own, cluster_same, collect
from khabar.annotate.names.romanise import Romanised, romanise
from khabar.annotate.names.spelling import ABJAD, read_spelling
from khabar.annotate.names.spread import spread_names
from khabar.annotate.names.things import cluster_things
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind, NameMention
from khabar.model.span import Span

_LATIN_END = "\u0250"  # the first letter after the Latin blocks of Unicode
Place = tuple[int, int]  # a mention, by the number of its report and its number there


def link_names(
    articles: Sequence[Article], own: Sequence[OwnName] = (), match: bool = True
) -> tuple[list[Article], list[Entity]]:
    """The articles with an entity on each mention, and the entities in order of first mention.

    What is named in one report is found in the others. Ids hold within this result only. A mention's reason
    says how it was found and why it was linked or kept apart. What the user's `own` list says goes before all
    else. Without `match` only names in the same words are one.
    """
    spread = spread_names(articles, own)
    things, people = _cluster(collect(spread), own, match)
    clusters = sorted([*things, *people.clusters], key=lambda cluster: min(map(_place, cluster.members)))
    ids = {_place(one): n for n, cluster in enumerate(clusters) for one in cluster.members}
    language = main_language(spread)
    entities = [make_entity(f"e{n}", cluster, language) for n, cluster in enumerate(clusters, 1)]
    linked = [
        replace(
            article,
            names=tuple(
                linked_mention(mention, (number, at), article.text, entities[ids[number, at]], people)
                for at, mention in enumerate(article.names)
            ),
        )
        for number, article in enumerate(spread)
    ]
    return linked, entities


def _cluster(seen: list[Seen], own: Sequence[OwnName], match: bool) -> tuple[list[Cluster], People]:
    """The clusters of places and organisations, and of persons."""
    listed = cluster_own(seen, own)
    taken = {_place(one) for cluster in listed for one in cluster.members}
    rest = [one for one in seen if _place(one) not in taken]
    persons = [one for one in rest if one.mention.kind is NameKind.PERSON]
    others = [one for one in rest if one.mention.kind is not NameKind.PERSON]
    own_persons = [cluster for cluster in listed if cluster.kind is NameKind.PERSON]
    own_others = [cluster for cluster in listed if cluster.kind is not NameKind.PERSON]
    if not match:
        return [*own_others, *cluster_same(others)], People([*own_persons, *cluster_same(persons)])
    things = cluster_things(others, own_others)
    return things, cluster_people(persons, _by_article(things), own_persons)


def make_entity(entity_id: str, cluster: Cluster, language: str) -> Entity:
    """The entity of a cluster; `language` is the main one of the reports that are told of."""
    name = _name(cluster, language)
    read = _read(cluster, name)
    text, certain = (read.text, read.certain) if read else (None, True)
    return Entity(entity_id, cluster.kind, name, cluster.forms, text, certain)


def _read(cluster: Cluster, name: str) -> Romanised | None:
    """The reading of a name that is nowhere in Latin letters: its name in the tables, else by its letters."""
    if any(map(is_latin, (name, *cluster.forms))):
        return None
    if cluster.known:
        return Romanised(entries()[cluster.known].name, True)
    if read_spelling(name).alphabet != ABJAD:
        return None
    language = next(
        (one.language for one in cluster.members if one.text == name), cluster.members[0].language
    )
    read = romanise(name, language)
    # most names of organisations are common words: their consonants alone help no reader
    return read if read and (read.certain or not cluster.kind.is_body) else None


def is_latin(text: str) -> bool:
    """Whether the text has a letter of the Latin alphabet."""
    return any(letter.isalpha() and letter < _LATIN_END for letter in text)


def _place(seen: Seen) -> Place:
    return seen.article, seen.at


def _by_article(things: list[Cluster]) -> dict[int, set[int]]:
    """The numbers of the places and organisations that each report names."""
    named: dict[int, set[int]] = defaultdict(set)
    for number, cluster in enumerate(things):
        for article in cluster.articles:
            named[article].add(number)
    return named


def main_language(articles: Sequence[Article]) -> str:
    """The language that most of the articles begin in; empty where none is known."""
    counts = Counter(article.languages[0] for article in articles if article.languages)
    return counts.most_common(1)[0][0] if counts else ""


def _name(cluster: Cluster, language: str) -> str:
    """The fullest form in the reports' main language, of equal ones the most frequent."""
    if cluster.own:
        return cluster.own.name
    own = [seen.text for seen in cluster.members if seen.language == language]
    counts = Counter(own or [seen.text for seen in cluster.members])
    if cluster.kind is not NameKind.PERSON:
        return counts.most_common(1)[0][0]
    return max(counts, key=lambda form: (len(name_words(form)), len(form.split()), counts[form]))


def linked_mention(
    mention: NameMention, place: Place, text: str, entity: Entity, people: People
) -> NameMention:
    """The mention with its entity and why; a rank that was read as part of the name goes out of it."""
    reason = "; ".join(filter(None, (mention.reason, people.reasons.get(place, ""))))
    mention = replace(mention, entity=entity.id, kind=entity.kind, reason=reason)
    surname = people.ranks.get(place)
    return _without_rank(mention, text, surname) if surname else mention


def _without_rank(mention: NameMention, text: str, surname: str) -> NameMention:
    """Rank and surname that were read as one name: "عماد ایوب"."""
    start = text.rfind(surname, mention.span.start, mention.span.end)
    if start <= mention.span.start:
        return mention
    rank = Span(mention.span.start, mention.span.start + len(text[mention.span.start : start].rstrip()))
    span = Span(start, mention.span.end)
    reason = f"{mention.reason}; {rank.of(text)} is a rank, not a first name"
    return replace(mention, span=span, text=span.of(text), title=mention.title or rank, reason=reason)
