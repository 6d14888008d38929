"""Persons over a pool of reports: who is one, who stays apart and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from khabar.annotate.names.people import Verdict, compare_people, name_words
from khabar.annotate.names.pool import Cluster, Seen
from khabar.annotate.names.rough import RoughIndex
from khabar.annotate.names.spelling import read_spelling
from khabar.annotate.names.titles import title_words
from khabar.model.mentions import NameKind

_SHARED_THINGS = 2  # places or organisations that two reports name, for a surname to link them
_FORMS = 12  # forms of a person that a new one is compared with


@dataclass(slots=True)
class People:
    """Clusters of persons, with the reasons and the first words found to be titles, by (report, mention)."""

    clusters: list[Cluster] = field(default_factory=list)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    ranks: dict[tuple[int, int], str] = field(default_factory=dict)
    index: RoughIndex[Cluster] = field(default_factory=RoughIndex)

    def add(self, seen: Sequence[Seen], cluster: Cluster | None, reason: str) -> None:
        """Puts mentions into a cluster, a new one where none is given."""
        if cluster is None:
            cluster = Cluster(NameKind.PERSON)
            self.clusters.append(cluster)
        cluster.members.extend(seen)
        for one in seen:
            self.reasons[one.article, one.at] = reason
            for word in _ends(one.text):
                self.index.add(word, cluster)

    def near(self, name: str) -> list[Cluster]:
        """Persons whose names end about so."""
        found = [cluster for word in _ends(name) for cluster in self.index.near(word)]
        return list({id(cluster): cluster for cluster in found if cluster.members}.values())


def _ends(name: str) -> list[str]:
    """How a name may be said to end: its last word, and the last two where they may be written as one."""
    words = name_words(name)
    return [*words[-1:], "".join(words[-2:])] if len(words) > 2 else [*words[-1:]]


def cluster_people(
    seen: Sequence[Seen], things: Mapping[int, set[int]], own: Sequence[Cluster] = ()
) -> People:
    """Persons in order of their fullest names; `things` are the places and organisations of each report.

    What fits a person of the user's list joins it; no two of those become one.
    """
    people = People()
    for cluster in own:
        people.clusters.append(cluster)
        members, cluster.members = cluster.members, []
        people.add(members, cluster, "")
    by_form: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_form[one.text].append(one)
    full = [form for form in by_form if len(name_words(form)) > 1]
    rest: list[str] = []
    for form in sorted(full, key=lambda form: -len(name_words(form))):
        if _starts_with_title(form):
            rest.append(form)
        else:
            _add_full(people, form, by_form[form], rest)
    for form in [*rest, *(form for form in by_form if len(name_words(form)) < 2)]:
        _add_by_article(people, form, by_form[form], things)
    return people


def _starts_with_title(form: str) -> bool:
    return read_spelling(name_words(form)[0]).letters in title_words()


def _add_full(people: People, form: str, seen: list[Seen], rest: list[str]) -> None:
    """A name of several words joins the person whose forms allow it; the end of a longer name waits."""
    apart, joins, ends = "", [], False
    for cluster in people.near(form):
        found = [compare_people(form, other) for other in cluster.forms[:_FORMS]]
        clashes = [each for each in found if each.verdict is Verdict.CLASH]
        same = [each for each in found if each.verdict is Verdict.SAME]
        if same and len(same) >= len(clashes):
            joins.append((cluster, same[0].reason))
        elif clashes:
            apart = f"kept apart from {cluster.forms[0]}: {clashes[0].reason}"
        ends = ends or any(each.verdict is Verdict.PART for each in found)
    if joins:
        first, reason = min(joins, key=lambda join: join[0].own is None)
        people.add(seen, first, f"{first.forms[0]}: {reason}")
        _merge(people, first, [cluster for cluster, _ in joins if cluster is not first])
    elif ends:
        rest.append(form)
    else:
        people.add(seen, None, apart)


def _merge(people: People, first: Cluster, others: list[Cluster]) -> None:
    """Persons whom one form fits are one, unless their own forms clash: Leys and Laith are both ليث."""
    for other in others:
        if other.own:
            continue
        pairs = product(first.forms[:_FORMS], other.forms[:_FORMS])
        if not any(compare_people(a, b).verdict is Verdict.CLASH for a, b in pairs):
            people.add(other.members, first, f"{first.forms[0]}: another form fits both")
            other.members = []
            people.clusters = [cluster for cluster in people.clusters if cluster is not other]


def _add_by_article(people: People, form: str, seen: list[Seen], things: Mapping[int, set[int]]) -> None:
    """A surname, or what may be rank and surname, is resolved in each report on its own."""
    by_article: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        by_article[one.article].append(one)
    for article, ones in by_article.items():
        found, reason, surname = _resolve(people, form, article, ones, things)
        people.add(ones, found, reason)
        if surname != form:
            people.ranks.update({(one.article, one.at): surname for one in ones})


def _resolve(
    people: People, form: str, article: int, ones: list[Seen], things: Mapping[int, set[int]]
) -> tuple[Cluster | None, str, str]:
    """The person, why, and the name without a rank that was read as a first name."""
    for name in _readings(form):
        fits = _fitting(people, name)
        here = [cluster for cluster in fits if article in cluster.articles]
        if len(here) > 1:
            here = _of_office(here, ones) or [_latest(here, ones)]
        if here:
            return here[0], f"the {here[0].forms[0]} of this report", name
        there = _best(fits, name) if len(name_words(name)) > 1 else _supported(fits, ones, things)
        if len(there) == 1:
            return there[0], f"{there[0].forms[0]}, whom a report of the same matters names", name
        if there:
            return None, f"may be {there[0].forms[0]} or {there[1].forms[0]}: left open", name
    return None, "", form


def _readings(form: str) -> list[str]:
    words = name_words(form)
    if len(words) > 1 and _starts_with_title(form):
        return [form, " ".join(words[1:])]
    return [form]


def _fitting(people: People, name: str) -> list[Cluster]:
    fits = []
    for cluster in people.near(name):
        verdicts = [compare_people(name, other).verdict for other in cluster.forms[:_FORMS]]
        for_it = verdicts.count(Verdict.SAME) + verdicts.count(Verdict.PART)
        if for_it and for_it >= verdicts.count(Verdict.CLASH):
            fits.append(cluster)
    return fits


def _of_office(clusters: list[Cluster], ones: list[Seen]) -> list[Cluster]:
    offices = {office for one in ones for office in one.offices}
    return [cluster for cluster in clusters if cluster.offices & offices]


def _latest(clusters: list[Cluster], ones: list[Seen]) -> Cluster:
    """The one named last before the first of these mentions."""
    first = ones[0]

    def nearness(cluster: Cluster) -> tuple[bool, int]:
        places = [one.at for one in cluster.members if one.article == first.article]
        before = [at for at in places if at < first.at]
        return (bool(before), max(before, default=-min(places)))

    return max(clusters, key=nearness)


def _best(clusters: list[Cluster], name: str) -> list[Cluster]:
    """For a name of several words: who is written just so, else who has all its words, else who ends so."""
    exact = [cluster for cluster in clusters if name in cluster.forms]
    same = [
        cluster
        for cluster in clusters
        if any(compare_people(name, other).verdict is Verdict.SAME for other in cluster.forms[:_FORMS])
    ]
    return exact[:1] or same or clusters


def _supported(clusters: list[Cluster], ones: list[Seen], things: Mapping[int, set[int]]) -> list[Cluster]:
    return [cluster for cluster in clusters if _is_supported(cluster, ones, things)]


def _is_supported(cluster: Cluster, ones: list[Seen], things: Mapping[int, set[int]]) -> bool:
    """Whether a surname alone may link over reports: one office, or two places and organisations shared."""
    if _of_office([cluster], ones):
        return True
    own = things.get(ones[0].article, set())
    return any(len(own & things.get(other, set())) >= _SHARED_THINGS for other in cluster.articles)
