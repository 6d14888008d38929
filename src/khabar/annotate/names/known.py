"""One more report beside names that are known already: who is meant, without looking at all reports again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from khabar.annotate.names.gazetteer import name_key
from khabar.annotate.names.link import linked_mention, main_language, make_entity
from khabar.annotate.names.own import OwnName
from khabar.annotate.names.persons import People, cluster_people
from khabar.annotate.names.pool import Cluster, Seen, cluster_own, cluster_same, collect
from khabar.annotate.names.things import cluster_things
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameKind, NameMention
from khabar.model.span import Span

_HERE = 0  # the number of the report that is linked; those that named the known ones have numbers below it


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of earlier reports, as far as linking looks at it.

    `forms` are its spellings with their languages, `offices` what titles beside it meant; `beside` are, for
    some reports that name it, the ids of the places and organisations they name.
    """

    id: str
    kind: NameKind
    name: str
    forms: tuple[tuple[str, str], ...]
    known: str | None = None
    own: bool = False
    offices: frozenset[str] = frozenset()
    beside: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """Whom a report names. `id` is that of a known entity, None for a new one; `entity` goes by this report.

    `forms` are the spellings here, each with its language and how often; `known` an id of the tables.
    """

    id: str | None
    entity: Entity
    forms: Mapping[tuple[str, str], int]
    offices: frozenset[str]
    known: str | None
    own: bool


def link_to_known(
    article: Article, around: Sequence[KnownEntity], own: Sequence[OwnName] = (), match: bool = True
) -> tuple[Article, list[Met]]:
    """The article with an entity on each mention, and whom it names, in the order of `Met`.

    The entities of the article are "n1", "n2" and so on, as they stand in the list; whoever keeps them gives
    the lasting ids. `around` are the known entities whose spellings come near. No two of them become one.
    """
    seeds = {one.id: _seed(one, number) for number, one in enumerate(around)}
    clusters, people = _cluster(collect([article]), around, seeds, own, match)
    ids = {id(cluster): known for known, cluster in seeds.items()}
    language = main_language([article])
    met: list[Met] = []
    place: dict[int, int] = {}
    for cluster in clusters:
        members = [one for one in cluster.members if one.article == _HERE]
        if members:
            place.update({one.at: len(met) for one in members})
            met.append(_met(f"n{len(met) + 1}", ids.get(id(cluster)), cluster, members, language))
    names = tuple(
        linked_mention(mention, (_HERE, at), article.text, met[place[at]].entity, people)
        for at, mention in enumerate(article.names)
    )
    return replace(article, names=names), met


def _seed(one: KnownEntity, number: int) -> Cluster:
    """The known entity as a cluster that mentions may join; its `own` keeps it from joining others."""
    reports = range(len(one.beside)) or range(1)
    members = [
        Seen(_report(number, at), -1, NameMention(Span(0, 0), form, one.kind), language, one.offices)
        for at in reports
        for form, language in (one.forms if at == 0 else one.forms[:1])
    ]
    return Cluster(one.kind, members, one.known, OwnName(one.name, one.kind))


def _report(number: int, at: int) -> int:
    return -1 - number * 100 - at


def _cluster(
    seen: list[Seen],
    around: Sequence[KnownEntity],
    seeds: Mapping[str, Cluster],
    own: Sequence[OwnName],
    match: bool,
) -> tuple[list[Cluster], People]:
    listed = cluster_own(seen, own)
    taken = {one.at for cluster in listed for one in cluster.members}
    rest = [one for one in seen if one.at not in taken]
    persons = [one for one in rest if one.mention.kind is NameKind.PERSON]
    others = [one for one in rest if one.mention.kind is not NameKind.PERSON]
    known_persons = [seeds[one.id] for one in around if one.kind is NameKind.PERSON]
    known_others = [seeds[one.id] for one in around if one.kind is not NameKind.PERSON]
    own_persons = [cluster for cluster in listed if cluster.kind is NameKind.PERSON]
    own_others = [cluster for cluster in listed if cluster.kind is not NameKind.PERSON]
    if not match:
        return _same([*listed, *known_persons, *known_others], rest)
    things = cluster_things(others, [*own_others, *known_others])
    beside = dict(_beside(around, seeds, things))
    people = cluster_people(persons, beside, [*own_persons, *known_persons])
    return [*things, *people.clusters], people


def _same(given: list[Cluster], rest: list[Seen]) -> tuple[list[Cluster], People]:
    """Only names in the same words are one."""
    by_key = {(cluster.kind, name_key(form)): cluster for cluster in given for form in cluster.forms}
    fresh = []
    for cluster in cluster_same(rest):
        standing = by_key.get((cluster.kind, name_key(cluster.forms[0])))
        if standing is None:
            fresh.append(cluster)
        else:
            standing.members.extend(cluster.members)
    return [*given, *fresh], People()


def _beside(
    around: Sequence[KnownEntity], seeds: Mapping[str, Cluster], things: list[Cluster]
) -> Iterator[tuple[int, set[int]]]:
    """The numbers of the places and organisations that each report names, this one and the earlier."""
    yield _HERE, {n for n, thing in enumerate(things) if _HERE in thing.articles}
    numbers = {id(thing): n for n, thing in enumerate(things)}
    of_id = {one.id: numbers.get(id(seeds[one.id])) for one in around}
    for number, one in enumerate(around):
        for at, named in enumerate(one.beside):
            yield _report(number, at), {n for each in named if (n := of_id.get(each)) is not None}


def _met(local: str, known_as: str | None, cluster: Cluster, members: list[Seen], language: str) -> Met:
    forms: dict[tuple[str, str], int] = {}
    for one in members:
        forms[one.text, one.language] = forms.get((one.text, one.language), 0) + 1
    is_own = cluster.own is not None and known_as is None
    here = Cluster(cluster.kind, members, cluster.known, cluster.own if is_own else None)
    entity = make_entity(local, here, language)
    return Met(known_as, entity, forms, frozenset(here.offices), cluster.known, is_own)
