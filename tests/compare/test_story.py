"""The differences of whole reports: each once, with both sides where they say they are."""

from __future__ import annotations

import pytest

from constructed import AROUND, Read, compare, join_all, read, write_report
from khabar.annotate.article import annotate
from khabar.compare.published import published_differences
from khabar.encode.types import Encoder
from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.model.story import Difference, DifferenceKind

DEAD = "The fire in the old market killed {} people and injured {}."


def tell(encoder: Encoder, *texts: str) -> tuple[Read, tuple[Difference, ...]]:
    articles = (write_report(f"r{n}", f"{text}\n{AROUND['en']}") for n, text in enumerate(texts))
    told = read(encoder, *articles)
    return told, compare(told, join_all(told))


def test_copies_of_a_report_do_not_differ(passes: Encoder) -> None:
    assert tell(passes, *[DEAD.format(14, 30)] * 4)[1] == ()


def test_what_two_reports_give_alike_is_set_against_a_third_once(passes: Encoder) -> None:
    _, found = tell(passes, DEAD.format(14, 30), DEAD.format(14, 30), DEAD.format(11, 30))
    assert [(one.kind, one.a.text, one.b and one.b.text) for one in found] == [
        (DifferenceKind.NUMBER, "14", "11")
    ]


def test_both_numbers_of_a_sentence_are_set_against_their_own(passes: Encoder) -> None:
    _, found = tell(passes, DEAD.format(14, 30), DEAD.format(11, 26))
    numbers = {(one.a.text, one.b and one.b.text) for one in found if one.kind is DifferenceKind.NUMBER}
    assert numbers == {("14", "11"), ("30", "26")}


def test_every_side_stands_where_it_says(passes: Encoder) -> None:
    told, found = tell(passes, DEAD.format(14, 30), DEAD.format("not 14 but 11", 26), "The market burnt.")
    texts = {article.id: article.text for article in told.articles}
    sides = [side for one in found for side in (one.a, one.b) if side is not None]
    assert sides
    assert all(side.text == side.span.of(texts[side.article]) for side in sides)


def test_a_report_alone_differs_from_nothing(passes: Encoder) -> None:
    assert tell(passes, DEAD.format(14, 30))[1] == ()


def printed(day: str, words: str) -> Article:
    """A page with a printed day, whose text names the day in words."""
    text = f"Talks on fishing end in Marsa\n{day}\n{words}\n{AROUND['en']}\n"
    outcome = extract(Page("page.txt", PageKind.TEXT, text, "utf-8", "detected"), load_languages())
    assert isinstance(outcome, Kept)
    return annotate(outcome.item, "page", load_languages())


@pytest.mark.parametrize(
    ("day", "sides"), [("2020-07-07", ("2020-07-07", "Wednesday")), ("2020-07-08", None)]
)
def test_a_printed_date_is_set_against_the_weekday_of_its_own_page(
    day: str, sides: tuple[str, str] | None
) -> None:
    page = printed(day, "The two ministers signed the accord in Marsa today, Wednesday, after long talks.")
    found = list(published_differences([page]))
    assert len(found) == (sides is not None)
    for one in found:
        assert one.b is not None
        assert (one.kind, one.statement, one.a.article, one.b.article) == (
            DifferenceKind.DATE,
            None,
            *["page"] * 2,
        )
        assert one.a.text == sides[0] if sides else False
        assert sides[1] in one.b.text if sides else False
        assert "Tuesday" in one.reason
