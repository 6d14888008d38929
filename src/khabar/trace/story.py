"""Who took from whom in one story, and to how many origins its reports go back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from khabar.annotate.outlets import Outlets
from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.story import Origin, Relation, Statement
from khabar.trace.certainty import SAME_OUTLET, UNSEEN
from khabar.trace.choice import choose_links, is_new
from khabar.trace.credits import Credit, find_credits
from khabar.trace.links import (
    Case,
    Link,
    credited_reports,
    links_by_credit,
    links_by_words,
    unseen_outlets,
)
from khabar.trace.retelling import outline_reports


@dataclass(frozen=True, slots=True)
class Traced:
    """The relations between a story's reports, and the origins; each report is in exactly one origin."""

    origins: tuple[Origin, ...]
    relations: tuple[Relation, ...]


def trace_story(
    articles: Sequence[Article],
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    outlets: Outlets | None = None,
) -> Traced:
    """The relations and origins of a story's reports. `statements` are the story's own.

    Identical reports are compared with the others once. Time grows with the square of the number of
    different ones.
    """
    found = find_credits(articles, entities, outlets)
    outlines = outline_reports(statements)
    by_id = {one.id: one for one in articles}
    case = Case(by_id, outlines, credited_reports(found, outlines), unseen_outlets(found))
    links = choose_links(list(links_by_words(case)), list(links_by_credit(case)))
    links += _unseen(found, links)
    links += _of_one_outlet(case, links)
    return Traced(_origins(list(case.articles), links), tuple(link.relation for link in links))


def _unseen(found: Iterable[Credit], links: Sequence[Link]) -> Iterator[Link]:
    """Reports that credit one outlet which is not among these: the first with each of the others."""
    related = {link.pair for link in links}
    by_outlet: dict[str, list[Credit]] = {}
    for credit in found:
        if not credit.origins:
            by_outlet.setdefault(credit.key, []).append(credit)
    for first, *others in (sorted(group, key=lambda one: not one.whole) for group in by_outlet.values()):
        for other in others:
            if frozenset((first.taker, other.taker)) not in related:
                reason = f"Stated: both credit “{first.outlet}”, no report of which is among these."
                evidence, joins = (first.excerpt, other.excerpt), first.whole and other.whole
                relation = Relation(first.taker, other.taker, "shares_source", reason, evidence, UNSEEN)
                yield Link(relation, joins)


def _of_one_outlet(case: Case, links: Sequence[Link]) -> Iterator[Link]:
    """Reports by one outlet that nothing else links: an outlet is one source, however often it reports."""
    joined = {article: [article] for article in case.articles}
    for link in links:
        if link.joins:
            is_new(link, joined)
    for one, other in combinations(case.articles, 2):
        if joined[one] is not joined[other] and case.one_outlet(one, other):
            reason = "Both are by one outlet, which counts as one origin however often it reports."
            link = Link(Relation(one, other, "shares_source", reason, certainty=SAME_OUTLET), True)
            if is_new(link, joined):
                yield link


def _origins(articles: Sequence[str], links: Sequence[Link]) -> tuple[Origin, ...]:
    """The reports joined by copies, translations and credits that add little, in the story's order."""
    groups = {article: [article] for article in articles}
    for link in links:
        if link.joins:
            is_new(link, groups)
    order = {article: number for number, article in enumerate(articles)}
    unique = {id(group): sorted(group, key=order.__getitem__) for group in groups.values()}
    # Named after its first report, which is in no other story: so no two origins of a result share an id.
    return tuple(Origin(f"o-{group[0]}", tuple(group), _reason(group)) for group in unique.values())


def _reason(group: Sequence[str]) -> str:
    if len(group) == 1:
        return "nothing found that shows it to be a copy, a translation or a mere repetition of another"
    return "they copy, translate or mostly repeat one another, have one source, or are by one outlet"
