"""A story's head: the statements that most independent origins make, in the words of its reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from khabar.model.article import Article
from khabar.model.story import (
    Attestation,
    Coverage,
    Difference,
    HeadLine,
    Origin,
    Statement,
    Weight,
)

MOST_LINES = 5
# What is shorter than this says too little to stand alone; what is longer is no line.
_FEWEST_LETTERS, _MOST_LETTERS = 25, 400


def head_lines(
    statements: Sequence[Statement],
    origins: Sequence[Origin],
    differences: Sequence[Difference],
    articles: Sequence[Article] = (),
) -> tuple[HeadLine, ...]:
    """Up to five statements, those of most origins first, then of most reports, then in the story's order.

    A statement that only one origin makes is taken only where no statement has more. Of the tellings of one
    language, one that begins a sentence of its article comes first: "and confirmed that" stands alone badly.
    """
    origin_of = {article: origin.id for origin in origins for article in origin.articles}
    starts = {(one.id, sentence.span.start) for one in articles for sentence in one.sentences}
    lines = [line for one in statements if (line := _line(one, origin_of, differences, starts)) is not None]
    most = max((line.origins for line in lines), default=0)
    shared = [line for line in lines if line.origins > 1 or most == 1]
    ranked = sorted(shared, key=lambda line: (-line.origins, -line.reports))  # stable: the story's order
    return tuple(ranked[:MOST_LINES])


def _line(
    statement: Statement,
    origin_of: Mapping[str, str],
    differences: Sequence[Difference],
    starts: AbstractSet[tuple[str, int]],
) -> HeadLine | None:
    whole = [one for one in statement.attestations if one.coverage is Coverage.WHOLE and _is_line(one)]
    if not whole:
        return None
    articles = {one.excerpt.article for one in statement.attestations}
    disputed = [
        number
        for number, one in enumerate(differences)
        if one.statement == statement.id and one.weight is Weight.MEANING and one.b is not None
    ]
    return HeadLine(
        statement=statement.id,
        tellings=tuple((one.language, one.excerpt) for one in _first_by_language(whole, starts)),
        origins=len({origin_of.get(article, article) for article in articles}),
        reports=len(articles),
        disputed=tuple(disputed),
    )


def _is_line(attestation: Attestation) -> bool:
    return _FEWEST_LETTERS <= len(attestation.excerpt.text) <= _MOST_LETTERS


def _first_by_language(
    attestations: Sequence[Attestation], starts: AbstractSet[tuple[str, int]]
) -> list[Attestation]:
    """One telling of each language, the languages in the order in which the reports tell it."""
    first: dict[str, Attestation] = {}
    for one in attestations:
        first.setdefault(one.language, one)
    for one in reversed(attestations):
        if (one.excerpt.article, one.excerpt.span.start) in starts:
            first[one.language] = one
    return list(first.values())
