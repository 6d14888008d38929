"""Equal ranks of two armies are equal, whatever their armies call them."""

from __future__ import annotations

import pytest

from khabar.compare.ranks import grades_of, may_be_equal

Rank = tuple[str, str, str]  # form, meaning, language


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (("العماد", "rank:general", "ar"), ("سپهبد", "rank:lieutenant_general", "fa"), True),
        (("General", "rank:general", "en"), ("سرلشکر", "rank:major_general", "fa"), True),
        (("العميد البحري", "rank:rear_admiral", "ar"), ("دریادار", "rank:rear_admiral", "fa"), True),
        (("Captain", "rank:captain", "en"), ("ناخدا یکم", "rank:captain", "fa"), True),
        (
            ("الفريق أول", "rank:general", "ar"),
            ("Lieutenant General", "rank:lieutenant_general", "en"),
            False,
        ),
        (("سروان", "rank:captain", "fa"), ("سرهنگ", "rank:colonel", "fa"), False),
        (("General", "rank:general", "en"), ("المقدم", "rank:lieutenant_colonel", "ar"), False),
    ],
)
def test_ranks_are_compared_by_grade(one: Rank, other: Rank, equal: bool) -> None:
    here, there = grades_of(*one), grades_of(*other)
    assert here is not None
    assert there is not None
    assert may_be_equal(here, there) is equal


def test_a_rank_that_no_list_knows_has_no_grade() -> None:
    assert grades_of("Grand Falconer", "rank:falconer", "en") is None
