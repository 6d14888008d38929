"""All mentions of a pool of reports, each with where it stands: what linking works on."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.annotate.names.gazetteer import name_key
from khabar.annotate.names.own import OwnName, own_by_key
from khabar.annotate.names.titles import title_meanings
from khabar.model.article import Article
from khabar.model.mentions import NameKind, NameMention


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention: the numbers of its report and its own there, its language, what its title means."""

    article: int
    at: int
    mention: NameMention
    language: str
    offices: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The name as written, white space evened out."""
        return " ".join(self.mention.text.split())


@dataclass(slots=True)
class Cluster:
    """Mentions of one person, place or organisation.

    `known`: its id in the table of known names; `own`: what the user's list says of it.
    """

    kind: NameKind
    members: list[Seen] = field(default_factory=list)
    known: str | None = None
    own: OwnName | None = None

    @property
    def articles(self) -> set[int]:
        """The reports that name it."""
        return {seen.article for seen in self.members}

    @property
    def offices(self) -> set[str]:
        """What the titles beside it mean."""
        return {office for seen in self.members for office in seen.offices}

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way it is written, in order of appearance."""
        return tuple(dict.fromkeys(seen.text for seen in self.members))


def collect(articles: Sequence[Article]) -> list[Seen]:
    """All mentions in order of the reports; each form has the kind that most of its mentions give it."""
    seen = [one for number, article in enumerate(articles) for one in _of_article(number, article)]
    votes: dict[tuple[str, ...], Counter[NameKind]] = {}
    for one in seen:
        votes.setdefault(name_key(one.text), Counter())[one.mention.kind] += 1
    return [_with_kind(one, _chosen(votes[name_key(one.text)])) for one in seen]


def _chosen(votes: Counter[NameKind]) -> NameKind:
    """The kind of most votes; an organisation is an outlet where one report says so."""
    kind = votes.most_common(1)[0][0]
    return NameKind.OUTLET if kind.is_body and votes[NameKind.OUTLET] else kind


def _of_article(number: int, article: Article) -> list[Seen]:
    sentences = sorted(article.sentences, key=lambda sentence: sentence.span)
    starts = [sentence.span.start for sentence in sentences]
    default = article.languages[0] if article.languages else ""
    found = []
    for at, mention in enumerate(article.names):
        index = bisect_right(starts, mention.span.start) - 1
        language = sentences[index].language if index >= 0 else default
        title = mention.title.of(article.text) if mention.title else ""
        found.append(Seen(number, at, mention, language, title_meanings(title, language)))
    return found


def _with_kind(seen: Seen, kind: NameKind) -> Seen:
    if seen.mention.kind is kind:
        return seen
    mention = NameMention(seen.mention.span, seen.text, kind, None, seen.mention.title, seen.mention.reason)
    return Seen(seen.article, seen.at, mention, seen.language, seen.offices)


def cluster_own(seen: Sequence[Seen], own: Sequence[OwnName]) -> list[Cluster]:
    """A cluster for each name of the user's list that is met, with the mentions written as it says."""
    table = own_by_key(own)
    clusters: dict[int, Cluster] = {}
    for one in seen:
        named = table.get(name_key(one.text))
        if named:
            clusters.setdefault(id(named), Cluster(named.kind, own=named)).members.append(one)
    return list(clusters.values())


def cluster_same(seen: Sequence[Seen]) -> list[Cluster]:
    """Clusters of mentions in the same words, nothing else compared."""
    clusters: dict[tuple[NameKind, tuple[str, ...]], Cluster] = {}
    for one in seen:
        key = (one.mention.kind, name_key(one.text) or (one.text,))
        clusters.setdefault(key, Cluster(one.mention.kind)).members.append(one)
    return list(clusters.values())
