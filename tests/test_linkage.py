"""Things are joined by all that is known of their pairs, and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.linkage import NEVER_COMPARED, Pair, join, to_chance, to_log_odds

LETTERS = "abcdefgh"


@st.composite
def compared(draw: st.DrawFn) -> tuple[list[str], dict[Pair, float]]:
    """Some items and the log odds of some of their pairs, no two alike, so that nothing hangs on ties."""
    items = list(LETTERS[: draw(st.integers(0, len(LETTERS)))])
    pairs = [pair for pair in combinations(items, 2) if draw(st.booleans())]
    values = draw(st.lists(st.floats(-6, 6), min_size=len(pairs), max_size=len(pairs)))
    return items, {pair: value + n * 1e-4 for n, (pair, value) in enumerate(zip(pairs, values, strict=True))}


def as_sets(groups: Sequence[Sequence[str]]) -> set[frozenset[str]]:
    return {frozenset(group) for group in groups}


def between(a: Sequence[str], b: Sequence[str], log_odds: Mapping[Pair, float]) -> float:
    """The mean over all pairs of two groups, counted out."""
    values = [
        log_odds.get((x, y), log_odds.get((y, x), NEVER_COMPARED)) for x, y in product(sorted(a), sorted(b))
    ]
    return sum(values) / len(values)


def joined_by_counting(
    items: Sequence[str], log_odds: Mapping[Pair, float], join_at: float
) -> set[frozenset[str]]:
    """The nearest two groups are joined until none are near, every mean counted anew."""
    groups = [[item] for item in items]
    while len(groups) > 1:
        a, b = max(combinations(groups, 2), key=lambda two: between(*two, log_odds))
        if between(a, b, log_odds) <= join_at:
            break
        groups = [group for group in groups if group not in (a, b)] + [a + b]
    return as_sets(groups)


@given(compared(), st.floats(-3, 3))
def test_every_item_is_in_one_group_and_groups_stand_in_the_order_given(
    given_: tuple[list[str], dict[Pair, float]], join_at: float
) -> None:
    items, log_odds = given_
    groups = join(items, log_odds, join_at)
    assert sorted(item for group in groups for item in group) == items
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(group == sorted(group) for group in groups)


@given(compared(), st.floats(-3, 3))
def test_groups_are_those_that_counting_out_every_mean_gives(
    given_: tuple[list[str], dict[Pair, float]], join_at: float
) -> None:
    items, log_odds = given_
    assert as_sets(join(items, log_odds, join_at)) == joined_by_counting(items, log_odds, join_at)


@given(compared(), st.randoms(use_true_random=False), st.floats(-3, 3))
def test_the_order_of_items_and_the_direction_of_pairs_change_no_group(
    given_: tuple[list[str], dict[Pair, float]], chance: object, join_at: float
) -> None:
    items, log_odds = given_
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = {(b, a): value for (a, b), value in log_odds.items()}
    assert as_sets(join(shuffled, turned, join_at)) == as_sets(join(items, log_odds, join_at))


def test_one_near_pair_does_not_bridge_two_groups() -> None:
    near = dict.fromkeys([("a", "b"), ("c", "d")], 5.0)
    far = dict.fromkeys([("a", "c"), ("a", "d"), ("b", "d")], -3.0)
    assert join("abcd", {**near, **far, ("b", "c"): 4.0}, 0.0) == [["a", "b"], ["c", "d"]]


def test_one_far_pair_does_not_part_a_group() -> None:
    near = dict.fromkeys(combinations("abcd", 2), 3.0)
    assert join("abcd", {**near, ("a", "d"): -4.0}, 0.0) == [["a", "b", "c", "d"]]


def test_pairs_that_were_never_compared_speak_against() -> None:
    chain = {("a", "b"): 5.0, ("b", "c"): 4.0}
    assert join("abc", chain, 0.0) == [["a", "b"], ["c"]]


@pytest.mark.parametrize(("join_at", "groups"), [(0.99, [["a", "b"]]), (1.0, [["a"], ["b"]])])
def test_a_pair_has_to_be_above_the_bound(join_at: float, groups: list[list[str]]) -> None:
    assert join("ab", {("a", "b"): 1.0}, join_at) == groups


def test_nothing_and_one_alone() -> None:
    assert join([], {}, 0.0) == []
    assert join(["a"], {}, 0.0) == [["a"]]


@given(st.floats(0.001, 0.999))
def test_a_chance_survives_the_way_to_log_odds_and_back(chance: float) -> None:
    assert to_chance(to_log_odds(chance)) == pytest.approx(chance)


def test_certainty_stays_a_number() -> None:
    assert to_chance(0) == 0.5
    assert to_chance(1e9) == pytest.approx(1)
    assert to_chance(-1e9) == pytest.approx(0)
    assert to_log_odds(0) < to_log_odds(0.5) == 0 < to_log_odds(1)
