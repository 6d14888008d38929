"""What two reports of one story have from each other, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.model.article import Article
from khabar.model.span import Excerpt
from khabar.model.story import Relation
from khabar.trace.certainty import (
    COPY,
    CREDITED,
    CREDITED_COPY,
    CUT,
    NO_DIRECTION,
    PASSAGES,
    RETOLD,
    RETOLD_ALONE,
    RETOLD_CREDITED,
    REWORDED,
    SPEECH,
)
from khabar.trace.credits import Credit, are_one_outlet
from khabar.trace.retelling import Outline, Retelling, compare_outlines, is_mostly, is_retold
from khabar.trace.reuse import Degree, Reading, Reuse, measure_reuse, read_for_reuse
from khabar.trace.times import earlier_of

Pair = tuple[str, str]  # taker, origin
_CUT_WHY = "The direction is inferred from cuts: the shorter leaves words out in between, and adds none"
_NOTHING_STATED = Outline({}, {})
_FIRST = 1e9  # a credit comes before any number of words
_ALONE_FROM = 0.5  # of what both state


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

    def alone(self, one: str, other: str) -> float:
        """The share of what both state that no third report states, 0 to 1."""
        both = self.outlines[one].places.keys() & self.outlines[other].places.keys()
        thirds = [own.places.keys() for name, own in self.outlines.items() if name not in (one, other)]
        return sum(not any(name in third for third in thirds) for name in both) / max(1, len(both))

    def one_outlet(self, one: str, other: str) -> bool:
        """Whether both reports are by one outlet."""
        a, b = self.articles[one].outlet, self.articles[other].outlet
        return a is not None and b is not None and are_one_outlet(a, b)


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
            outlets[credit.taker] = outlets.get(credit.taker, frozenset()) | {credit.key}
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
    if _unseen_by_both(case, one, other):
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
        sure = SPEECH if _is_mostly_speech(reuse) else PASSAGES
        relation = Relation(a, b, "shares_source", _said_of_passages(reuse), reuse.evidence, sure)
        yield Link(relation, False, reuse.same)
    else:
        yield from _retold(case, a, b)


def _copied(case: Case, a: str, b: str, reuse: Reuse, words: str) -> Link:
    origin, why = _direction(case, a, b)
    sure = COPY
    if origin is None and reuse.cut and not _unseen_by_both(case, a, b):
        origin, why, sure = (a if reuse.cut == b else b), _CUT_WHY, CUT
    kind = "copies" if origin else "shares_source"
    taker = b if origin in (a, None) else a
    credited = (taker, origin) in case.credits
    sure = CREDITED_COPY if credited else sure if origin else NO_DIRECTION
    own = "Both are by one outlet. " if case.one_outlet(a, b) else ""
    relation = Relation(origin or a, taker, kind, f"{words}. {own}{why}.", reuse.evidence, sure)
    return Link(relation, True, reuse.same + _FIRST * credited)


def _unseen_by_both(case: Case, one: str, other: str) -> bool:
    return bool(case.unseen.get(one, frozenset()) & case.unseen.get(other, frozenset()))


def _is_mostly_speech(reuse: Reuse) -> bool:
    return reuse.own * 2 < reuse.same


def _said_of_passages(reuse: Reuse) -> str:
    words = f"{reuse.same} words in whole passages, the longest of {reuse.longest}, are the same"
    if _is_mostly_speech(reuse):
        return (
            f"Inferred: {words}, most of them speech: one source that is not seen here, or the same speech."
        )
    return f"Inferred: {words}: one source that is not seen here, or one took from the other."


def _retold(case: Case, a: str, b: str) -> Iterator[Link]:
    """The one in other words, in another language or in the same; the shorter may be cut."""
    origin, why = _direction(case, a, b)
    taker = a if origin == b else b
    found = case.retelling(taker, origin or a)
    if origin is None and found.of_one < found.of_other:
        taker, found = a, case.retelling(a, b)
    other = b if taker == a else a
    credited = (taker, origin) in case.credits
    if not is_retold(found, credited):
        return
    one_language = bool(set(case.articles[taker].languages) & set(case.articles[other].languages))
    words = f"{found.shared} statements in nearly the same order, {found.of_one:.0%} of one report"
    where = "in other words" if one_language else "in two languages"
    kind = "shares_source" if origin is None else "copies" if one_language else "translates"
    reason = f"Inferred: {words} and {found.of_other:.0%} of the other, {where}. {why}."
    sure = RETOLD_CREDITED if credited else _sure_of_retelling(case, taker, other, one_language)
    strength = found.shared + _FIRST * credited
    yield Link(Relation(other, taker, kind, reason, certainty=sure), True, strength)


def _sure_of_retelling(case: Case, one: str, other: str, one_language: bool) -> float:
    """How sure without a credit: what both state and no third report does speaks for one telling."""
    if one_language:
        return REWORDED
    return RETOLD_ALONE if len(case.outlines) > 2 and case.alone(one, other) >= _ALONE_FROM else RETOLD


def links_by_credit(case: Case) -> Iterator[Link]:
    """What the reports' own credits say."""
    for (taker, origin), excerpt in case.credits.items():
        found = case.retelling(taker, origin)
        share = f"{found.of_one:.0%} of what it states stands there too"
        added = "so it counts as the same origin" if is_mostly(found) else "so a part is its own"
        reason = f"Stated: it credits that outlet. {share}, {added}."
        yield Link(Relation(origin, taker, "cites", reason, (excerpt,), CREDITED), is_mostly(found))
