"""A story's head: the statements that most independent origins make, in the words of its reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from khabar.model.article import Article
from khabar.model.span import Excerpt
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
_MOST_AROUND = 260


def head_lines(
    statements: Sequence[Statement],
    origins: Sequence[Origin],
    differences: Sequence[Difference],
    articles: Sequence[Article] = (),
) -> tuple[HeadLine, ...]:
    """Up to five statements, those of most origins first, then of most reports, then in the story's order.

    A statement that only one origin makes is taken only where no statement has more. Of the tellings of one
    language, what can be read alone comes first: a clause that begins its sentence and is no title. Where a
    language has none, its sentence is given as a whole, unless it is long.
    """
    origin_of = {article: origin.id for origin in origins for article in origin.articles}
    by_id = {article.id: article for article in articles}
    lines = [line for one in statements if (line := _line(one, origin_of, differences, by_id)) is not None]
    most = max((line.origins for line in lines), default=0)
    shared = [line for line in lines if line.origins > 1 or most == 1]
    ranked = sorted(shared, key=lambda line: (-line.origins, -line.reports))  # stable: the story's order
    chosen = list(_apart(ranked))[:MOST_LINES]
    taken = [excerpt for line in chosen for _, excerpt in line.tellings]
    return tuple(_widened(line, taken, by_id) for line in chosen)


def _apart(lines: Iterable[HeadLine]) -> Iterator[HeadLine]:
    """The lines, without those whose words an earlier one has."""
    told: list[Excerpt] = []
    for line in lines:
        _, own = line.tellings[0]
        if not any(_overlap(own, one) for one in told):
            told += [excerpt for _, excerpt in line.tellings]
            yield line


def _widened(line: HeadLine, taken: Sequence[Excerpt], articles: Mapping[str, Article]) -> HeadLine:
    """The line with whole sentences where its words begin inside one that no other line has words of."""
    tellings = []
    for language, excerpt in line.tellings:
        whole = _read_alone(excerpt, articles)
        free = not any(_overlap(whole, one) for one in taken if one != excerpt)
        tellings.append((language, whole if free else excerpt))
    return replace(line, tellings=tuple(tellings))


def _overlap(one: Excerpt, other: Excerpt) -> bool:
    return one.article == other.article and one.span.overlap(other.span) > 0


def _line(
    statement: Statement,
    origin_of: Mapping[str, str],
    differences: Sequence[Difference],
    articles: Mapping[str, Article],
) -> HeadLine | None:
    whole = [
        one for one in statement.attestations if one.coverage is Coverage.WHOLE and _is_line(one.excerpt)
    ]
    if not whole:
        return None
    makers = {one.excerpt.article for one in statement.attestations}
    disputed = [
        number
        for number, one in enumerate(differences)
        if one.statement == statement.id and one.weight is Weight.MEANING and one.b is not None
    ]
    best = _best_by_language(statement.text, whole, articles)
    return HeadLine(
        statement=statement.id,
        tellings=tuple((one.language, one.excerpt) for one in best),
        origins=len({origin_of.get(article, article) for article in makers}),
        reports=len(makers),
        disputed=tuple(disputed),
    )


def _is_line(excerpt: Excerpt) -> bool:
    return _FEWEST_LETTERS <= len(excerpt.text) <= _MOST_LETTERS


def _best_by_language(
    text: str, attestations: Sequence[Attestation], articles: Mapping[str, Article]
) -> list[Attestation]:
    """One telling of each language, that of the statement's own words first where they are among them."""
    ranked = sorted(attestations, key=lambda one: _shortfall(one, articles))  # stable
    best: dict[str, Attestation] = {}
    for one in ranked:
        best.setdefault(one.language, one)
    own = [one.language for one in attestations if one.excerpt.text == text]
    order = dict.fromkeys((*own, *(one.language for one in attestations)))
    return [best[language] for language in order]


def _shortfall(one: Attestation, articles: Mapping[str, Article]) -> tuple[bool, bool]:
    article = articles.get(one.excerpt.article)
    if article is None:
        return True, False
    titled = article.title is not None and article.title.contains(one.excerpt.span)
    return one.excerpt.span.start not in {sentence.span.start for sentence in article.sentences}, titled


def _read_alone(excerpt: Excerpt, articles: Mapping[str, Article]) -> Excerpt:
    """The words, or all of their sentence where they begin inside it and it is short enough."""
    article = articles.get(excerpt.article)
    for sentence in article.sentences if article else ():
        if sentence.span.contains(excerpt.span) and len(sentence.span) <= _MOST_AROUND and article:
            begins = sentence.span.start < excerpt.span.start
            return Excerpt(article.id, sentence.span, sentence.span.of(article.text)) if begins else excerpt
    return excerpt
