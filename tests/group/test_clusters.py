"""Firm groups stay apart though they resemble each other; a large story takes in a brief report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from khabar.group.clusters import LARGE_FROM, form_groups
from khabar.linkage import Pair


def links(groups: Sequence[str], inside: float, between: float) -> dict[Pair, float]:
    """All pairs of the letters: `inside` within a group, `between` across."""
    home = {letter: at for at, group in enumerate(groups) for letter in group}
    return {(a, b): inside if home[a] == home[b] else between for a, b in combinations("".join(groups), 2)}


def found(
    letters: str, log_odds: Mapping[Pair, float], apart: Sequence[Pair] = (), together: Sequence[Pair] = ()
) -> set[str]:
    return {"".join(group) for group in form_groups(list(letters), log_odds, 0.0, together, apart)}


def test_two_firm_groups_that_only_resemble_each_other_stay_two() -> None:
    assert found("abcd", links(["ab", "cd"], 6.0, 1.0)) == {"ab", "cd"}


def test_two_loose_groups_as_near_to_each_other_are_one() -> None:
    assert found("abcd", links(["ab", "cd"], 1.5, 1.0)) == {"abcd"}


def test_two_single_reports_need_no_more_than_their_own_link() -> None:
    assert found("ab", {("a", "b"): 0.1}) == {"ab"}


def test_a_single_report_joins_a_firm_group_only_if_near_in_comparison() -> None:
    assert found("abcd", links(["abc", "d"], 6.0, 1.0)) == {"abc", "d"}
    assert found("abcd", links(["abc", "d"], 6.0, 3.0)) == {"abcd"}


def large_story(brief_near: int) -> dict[Pair, float]:
    """Six reports of one story, and z, which as many of them are sure of; the rest speak against it."""
    story = "abcdef"
    pairs = links([story], 3.0, 0.0)
    return pairs | {(letter, "z"): 2.0 if at < brief_near else -3.0 for at, letter in enumerate(story)}


def test_a_large_story_takes_in_what_some_of_its_members_are_sure_of() -> None:
    assert LARGE_FROM <= 6
    assert found("abcdefz", large_story(2)) == {"abcdefz"}
    assert found("abcdefz", large_story(0)) == {"abcdef", "z"}


def test_what_most_members_speak_against_is_not_taken_in() -> None:
    refused = large_story(2) | {(letter, "z"): -7.0 for letter in "cdef"}
    assert found("abcdefz", refused) == {"abcdef", "z"}


def test_nobody_is_taken_in_who_is_kept_apart_from_one_member() -> None:
    assert found("abcdefz", large_story(2), apart=[("z", "f")]) == {"abcdef", "z"}


def test_two_that_are_kept_apart_are_not_both_taken_in() -> None:
    pairs = large_story(2) | {
        (letter, "y"): value for (letter, _), value in large_story(2).items() if _ == "z"
    }
    groups = found("abcdefyz", pairs, apart=[("y", "z")])
    assert not any({"y", "z"} <= set(group) for group in groups)
    assert {"abcdefy", "z"} == groups


def test_what_was_ruled_together_is_one_group_however_far() -> None:
    assert found("ab", {("a", "b"): -5.0}, together=[("a", "b")]) == {"ab"}


@given(st.data())
def test_every_report_is_in_one_group_in_the_order_given(data: st.DataObject) -> None:
    letters = list("abcdefgh")[: data.draw(st.integers(0, 8))]
    pairs = [*combinations(letters, 2)]
    values = data.draw(st.lists(st.floats(-6, 6), min_size=len(pairs), max_size=len(pairs)))
    groups = form_groups(letters, dict(zip(pairs, values, strict=True)), 0.0)
    assert sorted(letter for group in groups for letter in group) == letters
    assert all(group == sorted(group) for group in groups)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
