"""What spoke for a clause making a statement, each thing with the words on both sides that bear it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from khabar.align.evidence import SHARE_AT, WHOLE_AT, WORD_AT, rarity
from khabar.align.units import Fact, Unit
from khabar.encode.types import Vectors
from khabar.model.span import Excerpt, Span
from khabar.model.story import Vote, VoteKind

_NEIGHBOUR_AT = 0.3
_MOST_PAIRS = 5
_FACTS = {
    VoteKind.NAMES: "Both name the same, as {count} of the story's {of} clauses do (inferred).",
    VoteKind.NUMBERS: "Both have the same number, as {count} of the story's {of} clauses do.",
    VoteKind.DATES: "Both mean the same date, as {count} of the story's {of} clauses do.",
    VoteKind.SPEAKERS: "Both are given to one speaker, as {count} of the story's {of} clauses (inferred).",
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """The clauses of a story with what the votes on them are cast with."""

    units: Sequence[Unit]
    texts: Mapping[str, str]
    holders: Counter[tuple[VoteKind, str]]  # in how many clauses each fact is

    @classmethod
    def over(cls, units: Sequence[Unit], texts: Mapping[str, str]) -> Ballot:
        """The ballot of a story of these clauses and texts."""
        facts = (fact for unit in units for fact in {(one.kind, one.key) for one in unit.facts})
        return cls(units, texts, Counter(facts))

    def cast(self, unit: Unit, span: Span, partners: Sequence[Unit]) -> tuple[Vote, ...]:
        """The votes for `unit` making with `span` what its partners in other reports make, nearest first."""
        if not partners:
            return ()
        found = [
            self._vectors(unit, partners[0]),
            self._words(unit, span, partners[0]),
            *(self._facts(kind, unit, span, partners) for kind in _FACTS),
            self._neighbours(unit, partners[0]),
        ]
        return tuple(vote for vote in found if vote is not None)

    def _vectors(self, a: Unit, b: Unit) -> Vote | None:
        near = _nearness(a, b)
        if near < WHOLE_AT:
            return None
        reason = f"Taken whole, the two clauses mean nearly the same (inferred: nearness {near:.2f})."
        return Vote(
            VoteKind.VECTORS, _score(near), (self._both(a, a.clause.content, b, b.clause.content),), reason
        )

    def _words(self, a: Unit, span: Span, b: Unit) -> Vote | None:
        mine = [n for n, word in enumerate(a.words) if span.contains(word)]
        if not mine:
            return None
        near = a.vectors[mine] @ b.vectors.T
        found = near.max(axis=1) >= WORD_AT
        weights = a.weights[mine]
        share = float(weights[found].sum() / weights.sum())
        if share < SHARE_AT:
            return None
        pairs = tuple(self._both(a, a.words[mine[i]], b, b.words[j]) for i, j in _best(near))
        count = int(found.sum())
        reason = f"{count} of {len(mine)} words have found a near word on the other side (inferred)."
        return Vote(VoteKind.WORDS, _score(share), pairs, reason)

    def _facts(self, kind: VoteKind, a: Unit, span: Span, partners: Sequence[Unit]) -> Vote | None:
        """The facts of one kind that lie in the words, each with the first partner that has it too."""
        own = _in_order(fact for fact in a.facts if fact.kind is kind and fact.holds_for(span))
        pairs = [
            (key, self._both(a, fact.shown, b, other.shown))
            for key, fact in own.items()
            for b, other in _first_with(key, kind, partners)
        ]
        if not pairs:
            return None
        count = min(self.holders[kind, key] for key, _ in pairs)
        reason = _FACTS[kind].format(count=count, of=len(self.units))
        score = _score(rarity(count, len(self.units)))
        return Vote(kind, score, tuple(pair for _, pair in pairs[:_MOST_PAIRS]), reason)

    def _neighbours(self, a: Unit, b: Unit) -> Vote | None:
        beside = [
            (self.units[a.place + step], self.units[b.place + step])
            for step in (-1, 1)
            if self._stands_beside(a, step) and self._stands_beside(b, step)
        ]
        near, one, other = max(
            ((_nearness(one, other), one, other) for one, other in beside),
            key=lambda found: found[0],
            default=(0.0, a, b),
        )
        if near < _NEIGHBOUR_AT:
            return None
        reason = f"What stands right beside them corresponds as well (inferred: nearness {near:.2f})."
        pair = self._both(one, one.clause.content, other, other.clause.content)
        return Vote(VoteKind.NEIGHBOURS, _score(near), (pair,), reason)

    def _stands_beside(self, unit: Unit, step: int) -> bool:
        at = unit.place + step
        return 0 <= at < len(self.units) and self.units[at].text == unit.text

    def _both(self, a: Unit, here: Span, b: Unit, there: Span) -> tuple[Excerpt, Excerpt]:
        return self._excerpt(a, here), self._excerpt(b, there)

    def _excerpt(self, unit: Unit, span: Span) -> Excerpt:
        return Excerpt(unit.article, span, span.of(self.texts[unit.article]))


def _nearness(a: Unit, b: Unit) -> float:
    """The cosine of the clauses' own vectors."""
    one, other = a.weights @ a.vectors, b.weights @ b.vectors
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0


def _best(near: Vectors) -> Iterator[tuple[int, int]]:
    """The pairs of words that are each other's nearest, the nearest pair first."""
    partners, back = near.argmax(axis=1), near.argmax(axis=0)
    mutual = [(i, int(j)) for i, j in enumerate(partners) if back[j] == i and near[i, j] >= WORD_AT]
    yield from sorted(mutual, key=lambda pair: -near[pair])[:_MOST_PAIRS]


def _in_order(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The first place of each."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.key, fact)
    return found


def _first_with(key: str, kind: VoteKind, partners: Sequence[Unit]) -> Iterator[tuple[Unit, Fact]]:
    found = ((unit, fact) for unit in partners for fact in unit.facts if (fact.kind, fact.key) == (kind, key))
    yield from list(found)[:1]


def _score(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
