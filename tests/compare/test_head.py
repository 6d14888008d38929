"""The head of a story: what most independent origins state, in words of the reports."""

from __future__ import annotations

from khabar.compare.head import MOST_LINES, head_lines
from khabar.model.span import Excerpt, Span
from khabar.model.story import (
    Attestation,
    Coverage,
    Difference,
    DifferenceKind,
    Origin,
    Statement,
    Weight,
)

LONG = "The bridge over the Sarvan was closed for three days"


def attested(
    article: str, language: str = "en", coverage: Coverage = Coverage.WHOLE, at: int = 0
) -> Attestation:
    words = f"{LONG}, {article} reports"
    return Attestation(Excerpt(article, Span(at, at + len(words)), words), language, coverage)


def statement(name: str, *attestations: Attestation) -> Statement:
    return Statement(name, LONG, attestations)


def origins(*groups: tuple[str, ...]) -> list[Origin]:
    return [Origin(f"o-{group[0]}", group, "") for group in groups]


def test_copies_count_once_and_more_origins_come_first() -> None:
    copied = statement("copied", attested("a"), attested("b"), attested("c"))
    independent = statement("independent", attested("a"), attested("d"))
    lines = head_lines([copied, independent], origins(("a", "b", "c"), ("d",)), [])
    assert [(line.statement, line.origins, line.reports) for line in lines] == [("independent", 2, 2)]


def test_statements_of_one_origin_stand_only_where_no_other_does() -> None:
    lines = head_lines([statement("one", attested("a"), attested("b"))], origins(("a", "b")), [])
    assert [(line.statement, line.origins) for line in lines] == [("one", 1)]


def test_every_language_has_its_own_words_and_parts_are_no_line() -> None:
    told = statement("s", attested("a", "ar"), attested("b", "fa"), attested("c", "fa", Coverage.PART))
    (line,) = head_lines([told], origins(("a",), ("b",), ("c",)), [])
    assert [(language, excerpt.article) for language, excerpt in line.tellings] == [("ar", "a"), ("fa", "b")]
    assert line.reports == 3


def test_what_is_disputed_is_named_beside_it() -> None:
    told = statement("s", attested("a"), attested("b"))
    a, b = (one.excerpt for one in told.attestations)
    found = [
        Difference(DifferenceKind.WORDING, Weight.WORDING, "s", a, b, ""),
        Difference(DifferenceKind.NUMBER, Weight.MEANING, "s", a, b, ""),
        Difference(DifferenceKind.NUMBER, Weight.MEANING, "other", a, b, ""),
    ]
    (line,) = head_lines([told], origins(("a",), ("b",)), found)
    assert line.disputed == (1,)


def test_there_are_five_lines_at_most() -> None:
    many = [statement(str(n), attested("a", at=100 * n), attested("b", at=100 * n)) for n in range(9)]
    lines = head_lines(many, origins(("a",), ("b",)), [])
    assert [line.statement for line in lines] == ["0", "1", "2", "3", "4"]
    assert len(lines) == MOST_LINES
