"""Which links are told: of many that say the same the strongest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from khabar.trace.links import Link

_MOST_EACH = 3  # passages shared with other reports that are told of one report

Groups = dict[str, list[str]]  # the members of the group of each report; one list for all of a group


def choose_links(by_words: Sequence[Link], by_credit: Sequence[Link]) -> list[Link]:
    """The links to tell. Of copies those that hold a group together, so fifty copies are 49 relations.

    A credit between two reports of which one copies or translates the other is its evidence; passages that
    they share are evidence of the credit.
    """
    told = {link.pair: link for link in [*_holding([link for link in by_words if link.joins])]}
    told |= {link.pair: link for link in _foremost([link for link in by_words if not link.joins])}
    return [*_merged(told, by_credit)]


def _holding(links: Sequence[Link]) -> list[Link]:
    """The strongest links that hold together what all of them do. Source: Kruskal 1956."""
    groups: Groups = {article: [article] for link in links for article in link.pair}
    return [link for link in sorted(links, key=lambda link: -link.strength) if is_new(link, groups)]


def is_new(link: Link, groups: Groups) -> bool:
    """Whether the link joins two groups; they are one from then on."""
    one, other = groups[link.relation.origin], groups[link.relation.taker]
    if one is other:
        return False
    large, small = (one, other) if len(one) >= len(other) else (other, one)
    large += small
    groups.update(dict.fromkeys(small, large))
    return True


def _foremost(links: Sequence[Link]) -> list[Link]:
    """Those that are among the strongest of one of their reports at least."""
    count: Counter[str] = Counter()
    kept = []
    for link in sorted(links, key=lambda link: -link.strength):
        if min(count[article] for article in link.pair) < _MOST_EACH:
            kept.append(link)
            count.update(link.pair)
    return kept


def _merged(told: dict[frozenset[str], Link], by_credit: Sequence[Link]) -> list[Link]:
    alone = []
    for credit in by_credit:
        words = told.get(credit.pair)
        if words is None:
            alone.append(credit)
        elif words.relation.taker == credit.relation.taker and words.joins:
            evidence = credit.relation.evidence + words.relation.evidence
            told[credit.pair] = replace(words, relation=replace(words.relation, evidence=evidence))
        elif words.joins:
            alone.append(credit)
        else:
            alone.append(_with_passages(told.pop(credit.pair), credit))
    return [*told.values(), *alone]


def _with_passages(passages: Link, credit: Link) -> Link:
    reason = f"{credit.relation.reason} {passages.relation.reason}"
    evidence = credit.relation.evidence + passages.relation.evidence
    return replace(credit, relation=replace(credit.relation, reason=reason, evidence=evidence))
