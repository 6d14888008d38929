"""What a cell says, by rule."""

from __future__ import annotations

from dataclasses import replace

from khabar.model.story import Comparison, Difference, DifferenceKind, Story, Weight
from khabar.show.evidence import context
from khabar.show.table import State, catalogue, folded, rows
from khabar.show.wording import count, day
from show import sample

S, P, D, A, N = State.STATES, State.PART, State.DIFFERS, State.ATTRIBUTES, State.ABSENT


def states(story: Story, comparison: Comparison) -> list[list[State]]:
    return [[cell.state for cell in row.cells] for row in rows(story, catalogue(comparison))]


def test_states_of_every_row(comparison: Comparison) -> None:
    assert states(comparison.stories[0], comparison) == [
        [S, S, D, S],
        [A, D, N, A],
        [A, D, S, A],
        [S, S, D, S],
        [S, N, P, S],
        [A, S, N, N],
        [S, N, N, N],
        [N, S, N, N],
        [N, N, N, A],
        [N, N, S, D],
    ]


def only(comparison: Comparison, *differences: Difference) -> list[State]:
    story = replace(comparison.stories[0], differences=differences)
    return states(story, comparison)[0]


def test_a_difference_of_words_only_leaves_the_cell_stated(comparison: Comparison) -> None:
    found = next(one for one in comparison.stories[0].differences if one.kind is DifferenceKind.TITLE)
    assert only(comparison, replace(found, weight=Weight.WORDING)) == [S, S, S, S]


def test_the_side_order_of_a_difference_does_not_matter(comparison: Comparison) -> None:
    found = next(one for one in comparison.stories[0].differences if one.kind is DifferenceKind.TITLE)
    assert found.b is not None
    assert only(comparison, found) == only(comparison, replace(found, a=found.b, b=found.a)) == [S, S, D, S]


def test_copies_with_equal_cells_fold_and_others_do_not(comparison: Comparison) -> None:
    known = catalogue(comparison)
    assert len(folded(rows(comparison.stories[0], known), comparison.stories[0])) == 4
    made = sample.many(50)
    columns = folded(rows(made.stories[0], catalogue(made)), made.stories[0])
    assert [len(members) for members in columns] == [50, 1]


def test_few_reports_have_a_column_each_even_when_they_are_copies() -> None:
    made = sample.many(5)
    columns = folded(rows(made.stories[0], catalogue(made)), made.stories[0])
    assert [len(members) for members in columns] == [1] * 6


def test_context_is_the_whole_sentence_but_never_endless(comparison: Comparison) -> None:
    article = comparison.articles[0]
    words = sample.find("a1", "شريكنا قوي")
    assert context(article, words).of(article.text).startswith("ورأى الدرويش")
    endless = sample.hostile(100_000).articles[0]
    assert len(context(endless, endless.sentences[0].span)) <= 1200


def test_days_are_written_at_their_precision() -> None:
    assert day("2023-03-07") == "7 March 2023"
    assert day("2023-03") == "March 2023"
    assert day("2023") == "2023"
    assert day("2023-03-07T11:37") == "7 March 2023 11:37"
    assert day("2023-03-07T11:37+00:00") == "7 March 2023 11:37 UTC"
    assert day("2023-03-07T11:37+03:30") == "7 March 2023 11:37 UTC+03:30"
    assert day(None) == "unknown"


def test_one_is_not_many() -> None:
    assert (count("reports", 1), count("reports", 2)) == ("1 report", "2 reports")
