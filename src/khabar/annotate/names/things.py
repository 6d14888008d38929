"""Places and organisations over a pool of reports."""

from __future__ import annotations

import re
from collections.abc import Sequence

from khabar.annotate.names.gazetteer import kind_of, known_forms, known_id, name_key, without_article
from khabar.annotate.names.people import name_words, words_match
from khabar.annotate.names.places import without_noun
from khabar.annotate.names.pool import Cluster, Seen
from khabar.annotate.names.rough import RoughIndex
from khabar.annotate.names.spelling import read_spelling
from khabar.model.mentions import NameKind

Key = tuple[NameKind, tuple[str, ...]]
_NUMBER = re.compile(r"\d{3,5}")  # shorter numbers are of articles and annexes


def cluster_things(seen: Sequence[Seen], own: Sequence[Cluster] = ()) -> list[Cluster]:
    """Clusters in order of first mention: one id of the tables, the same words, or words spelled alike.

    What fits a cluster of the user's list joins it; no two of those become one.
    """
    clusters = list(own)
    by_id: dict[str, Cluster] = {}
    by_key: dict[Key, Cluster] = {}
    index: RoughIndex[Cluster] = RoughIndex()
    for listed in own:
        _file(listed, by_id, by_key, index)
    for one in seen:
        known = _known(one)
        kind = _kind_of(known, one)
        name = _plain(one)
        key = _key(kind, name)
        cluster = by_id.get(known or "") or by_key.get(key) or _spelled_alike(name, kind, known, index)
        if cluster is None:
            cluster = Cluster(kind, known=known)
            clusters.append(cluster)
        cluster.members.append(one)
        by_key.setdefault(key, cluster)
        if known:
            cluster.known = cluster.known or known
            by_id.setdefault(known, cluster)
        for word in name_words(name)[:1]:
            index.add(word, cluster)
    return clusters


def _file(
    cluster: Cluster,
    by_id: dict[str, Cluster],
    by_key: dict[Key, Cluster],
    index: RoughIndex[Cluster],
) -> None:
    """Makes a cluster of the user's list findable by every form that is met."""
    for one in cluster.members:
        known = _known(one)
        cluster.known = cluster.known or known
        if known:
            by_id.setdefault(known, cluster)
        name = _plain(one)
        by_key.setdefault(_key(cluster.kind, name), cluster)
        for word in name_words(name)[:1]:
            index.add(word, cluster)


def _known(one: Seen) -> str | None:
    """The id in the tables; a club with a city's name is not the city."""
    known = known_id(one.text) or known_id(_plain(one))
    namesake = known is not None and known.startswith("city:") and one.mention.kind is not NameKind.PLACE
    return None if namesake else known


def _kind_of(known: str | None, one: Seen) -> NameKind:
    if known is None:
        return one.mention.kind
    return kind_of(known)


def _family(kind: NameKind) -> NameKind:
    """The kind under which a name is looked for: one report may not say that it is an outlet."""
    return NameKind.ORGANISATION if kind.is_body else kind


def _plain(one: Seen) -> str:
    """The name; of a place without the word for what kind of place it is."""
    return without_noun(one.text, one.language) if one.mention.kind is NameKind.PLACE else one.text


def _key(kind: NameKind, name: str) -> Key:
    """The words by which a name is found again; a numbered law by its number, whatever it is called."""
    numbers = _NUMBER.findall(name) if kind is NameKind.LAW else []
    words = (str(int(numbers[-1])),) if numbers else tuple(without_article(word) for word in name_key(name))
    return _family(kind), words


def _spelled_alike(
    name: str, kind: NameKind, known: str | None, index: RoughIndex[Cluster]
) -> Cluster | None:
    words = name_words(name)
    if not words:
        return None
    for cluster in index.near(words[0]):
        fits = _family(cluster.kind) is _family(kind) and not (known and cluster.known)
        if fits and not _is_listed_otherwise(words[0], cluster) and _alike(words, cluster):
            return cluster
    return None


def _is_listed_otherwise(word: str, cluster: Cluster) -> bool:
    """Whether the tables know how that alphabet writes a country: قطار is not how Arabic writes Qatar."""
    if not (cluster.known or "").startswith("country:"):
        return False
    alphabet = read_spelling(word).alphabet
    return any(read_spelling(form).alphabet == alphabet for form in known_forms(str(cluster.known)))


def _alike(words: tuple[str, ...], cluster: Cluster) -> bool:
    """Whether some form of the cluster, in another alphabet, spells the same words."""
    alphabet = read_spelling(words[0]).alphabet
    for form in cluster.forms:
        others = name_words(form)
        if len(others) != len(words) or read_spelling(others[0]).alphabet == alphabet:
            continue
        if all(words_match(a, b, alone=True) for a, b in zip(words, others, strict=True)):
            return True
    return False
