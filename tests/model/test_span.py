"""Spans: moved between texts and freed of what stands at their ends."""

from hypothesis import given
from hypothesis import strategies as st

from khabar.model.span import Span

TEXT = "  «وصل الوفد»، he said.\n"


def test_a_span_of_a_sentence_is_moved_to_its_article_and_back() -> None:
    article = "First. Second one."
    found = Span(0, 6)
    assert found.moved(7).of(article) == "Second"
    assert found.moved(7).moved(-7) == found


def test_white_space_is_trimmed_and_marks_only_where_they_are_named() -> None:
    whole = Span(0, len(TEXT))
    assert whole.trimmed(TEXT).of(TEXT) == "«وصل الوفد»، he said."
    assert whole.trimmed(TEXT, " \n.").of(TEXT) == "«وصل الوفد»، he said"


@given(st.text(" ab,\u200c", max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_what_is_trimmed_away_is_edge_and_nothing_else(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    kept = Span(start, end).trimmed(text, " ,")
    assert Span(start, end).contains(kept)
    assert kept.of(text) == text[start:end].strip(" ,")
    assert not text[start : kept.start].strip(" ,")
    assert not text[kept.end : end].strip(" ,")
