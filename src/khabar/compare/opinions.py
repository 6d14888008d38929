"""What the learned check says of clauses between which a difference was found; it finds and removes none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from khabar.compare.contradiction import Opinion, Side
from khabar.model.span import Excerpt
from khabar.model.story import Attestation, Difference, Statement, Weight

# Two clauses to an opinion; None where the check cannot tell.
Judge = Callable[[Side, Side], Opinion | None]
# A text and its language to a side.
Reader = Callable[[str, str], Side]
# From here on it is told; how often it is then right: docs/decisions/contradiction.md.
_TOLD_FROM = 0.8


def with_opinions(
    differences: Sequence[Difference], statements: Sequence[Statement], read: Reader, judge: Judge
) -> tuple[Difference, ...]:
    """The same differences; those that shift the meaning with what the check says of their two clauses."""
    by_id = {statement.id: statement for statement in statements}
    return tuple(_with_opinion(one, by_id, read, judge) for one in differences)


def _with_opinion(
    found: Difference, by_id: Mapping[str, Statement], read: Reader, judge: Judge
) -> Difference:
    statement = by_id.get(found.statement or "")
    if statement is None or found.b is None or found.weight is not Weight.MEANING:
        return found
    a, b = _told(statement, found.a), _told(statement, found.b)
    if a is None or b is None or a is b:
        return found
    opinion = judge(*(read(one.excerpt.text, one.language) for one in (a, b)))
    return replace(found, opinion=in_words(opinion)) if opinion is not None else found


def _told(statement: Statement, side: Excerpt) -> Attestation | None:
    """The telling that holds these words."""
    own = [one for one in statement.attestations if one.excerpt.article == side.article]
    return max(own, key=lambda one: one.excerpt.span.overlap(side.span), default=None)


def in_words(opinion: Opinion) -> str:
    """The opinion as a sentence; empty where no answer is likely."""
    said = {
        "contradict each other": opinion.contradicting,
        "say the same": opinion.same,
        "do not answer each other": opinion.other,
    }
    answer, share = max(said.items(), key=lambda one: one[1])
    return f"A learned check takes the clauses to {answer} ({share:.2f})." if share >= _TOLD_FROM else ""
