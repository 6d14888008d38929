"""What two reports of one story have from each other, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.model.article import Article
from khabar.model.span import Excerpt
from khabar.model.story import Relation
from khabar.trace.credits import Credit
from khabar.trace.retelling import Outline, Retelling, compare_outlines, is_mostly, is_translation
from khabar.trace.reuse import Degree, Reading, Reuse, measure_reuse, read_for_reuse
from khabar.trace.times import earlier_of

Pair = tuple[str, str]  # taker, origin
_NOTHING_STATED = Outline({}, {})
_CREDITED = 1e9  # a credit comes before any number of words


@dataclass(frozen=True, slots=True)
class Link:
    """A relation, whether it makes one origin of the two, and how much it rests on (more is stronger)."""

    relation: Relation
    joins: bool
    strength: float = 0.0

    @property
    def pair(self) -> frozenset[str]:
        """Both reports, without direction."""
        return frozenset((self.relation.origin, self.relation.taker))


@dataclass(frozen=True, slots=True)
class Case:
    """What a story's reports are looked at by."""

    articles: Mapping[str, Article]
    outlines: Mapping[str, Outline]
    credits: Mapping[Pair, Excerpt]
    unseen: Mapping[str, frozenset[str]]  # the outlets that each credits and that have no report here

    def retelling(self, one: str, other: str) -> Retelling:
        """What both state; the first share is that of `one`."""
        outlines = (self.outlines.get(name, _NOTHING_STATED) for name in (one, other))
        return compare_outlines(*outlines)


def credited_reports(found: Iterable[Credit], outlines: Mapping[str, Outline]) -> dict[Pair, Excerpt]:
    """The report that each credit means: of several by that outlet, the one that shares most."""
    meant = {}
    for credit in found:
        own = outlines.get(credit.taker, _NOTHING_STATED)
        near = {
            one: compare_outlines(own, outlines.get(one, _NOTHING_STATED)).of_one for one in credit.origins
        }
        if near:
            meant[credit.taker, max(near, key=near.__getitem__)] = credit.excerpt
    return meant


def unseen_outlets(found: Iterable[Credit]) -> dict[str, frozenset[str]]:
    """The outlets that each report credits and of which no report is here."""
    outlets: dict[str, frozenset[str]] = {}
    for credit in found:
        if not credit.origins:
            outlets[credit.taker] = outlets.get(credit.taker, frozenset()) | {credit.source}
    return outlets


def links_by_words(case: Case) -> Iterator[Link]:
    """What the wording and the order of statements say. Of identical reports one stands for all."""
    readings = [read_for_reuse(article) for article in case.articles.values()]
    same: dict[tuple[tuple[str, ...], ...], list[Reading]] = {}
    for reading in readings:
        same.setdefault(reading.key if any(reading.key) else ((reading.article.id,),), []).append(reading)
    for first, *others in (_eldest_first(group, case) for group in same.values()):
        yield from (_reused(case, first, other) for other in others)
    for one, other in combinations([_eldest_first(group, case)[0] for group in same.values()], 2):
        yield from _compared(case, one, other)


def _eldest_first(group: Sequence[Reading], case: Case) -> list[Reading]:
    """The one that others credit or that came first leads; the rest keep their order."""
    first = group[0]
    for other in group[1:]:
        if _direction(case, first.article.id, other.article.id)[0] == other.article.id:
            first = other
    return [first, *(one for one in group if one is not first)]


def _direction(case: Case, one: str, other: str) -> tuple[str | None, str]:
    """The origin of the two, None when unknown, and what says so."""
    for taker, origin in ((one, other), (other, one)):
        if (taker, origin) in case.credits and (origin, taker) not in case.credits:
            return origin, "The direction is stated: one credits the other"
    if case.unseen.get(one, frozenset()) & case.unseen.get(other, frozenset()):
        return None, "Both credit one outlet, no report of which is among these: both may have it from there"
    first = earlier_of(case.articles[one], case.articles[other])
    if first is not None:
        why = "The direction is inferred from the time; both may also have one source that is not seen here"
        return first, why
    return None, "Which took from which is not known"


def _reused(case: Case, first: Reading, same: Reading) -> Link:
    return _copied(
        case, first.article.id, same.article.id, measure_reuse(first, same), "Word for word the same"
    )


def _compared(case: Case, one: Reading, other: Reading) -> Iterator[Link]:
    """What the wording of two reports says; where it says nothing, what their statements say."""
    reuse = measure_reuse(one, other)
    a, b = one.article.id, other.article.id
    if reuse.degree is Degree.MOST:
        share = f"{reuse.same} of the {reuse.words} words of the shorter report"
        yield _copied(case, a, b, reuse, f"{share} stand in the other in whole passages")
    elif reuse.degree is Degree.PASSAGES:
        yield Link(
            Relation(a, b, "shares_source", _said_of_passages(reuse), reuse.evidence), False, reuse.same
        )
    else:
        yield from _translated(case, a, b)


def _copied(case: Case, a: str, b: str, reuse: Reuse, words: str) -> Link:
    origin, why = _direction(case, a, b)
    kind = "copies" if origin else "shares_source"
    taker = b if origin in (a, None) else a
    relation = Relation(origin or a, taker, kind, f"{words}. {why}.", reuse.evidence)
    return Link(relation, True, reuse.same + _CREDITED * ((taker, origin) in case.credits))


def _said_of_passages(reuse: Reuse) -> str:
    words = f"{reuse.same} words in whole passages, the longest of {reuse.longest}, are the same"
    if reuse.own * 2 < reuse.same:
        return (
            f"Inferred: {words}, most of them speech: one source that is not seen here, or the same speech."
        )
    return f"Inferred: {words}: one source that is not seen here, or one took from the other."


def _translated(case: Case, a: str, b: str) -> Iterator[Link]:
    origin, why = _direction(case, a, b)
    taker = a if origin == b else b
    found = case.retelling(taker, origin or a)
    credited = (taker, origin) in case.credits
    if not is_translation(case.articles[taker], case.articles[origin or a], found, credited):
        return
    words = f"{found.shared} statements in nearly the same order, {found.of_one:.0%} of one report"
    kind = "translates" if origin else "shares_source"
    reason = f"Inferred: {words} and {found.of_other:.0%} of the other, in two languages. {why}."
    yield Link(Relation(origin or a, taker, kind, reason), True)


def links_by_credit(case: Case) -> Iterator[Link]:
    """What the reports' own credits say."""
    for (taker, origin), excerpt in case.credits.items():
        found = case.retelling(taker, origin)
        share = f"{found.of_one:.0%} of what it states stands there too"
        added = "so it counts as the same origin" if is_mostly(found) else "so a part is its own"
        reason = f"Stated: it credits that outlet. {share}, {added}."
        yield Link(Relation(origin, taker, "cites", reason, (excerpt,)), is_mostly(found))
