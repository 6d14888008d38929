"""Every feature of any two reports lies between 0 and 1 and does not ask which report comes first."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.encode.centre import to_unit
from khabar.group.decide import decide, load_weights
from khabar.group.features import FEATURES, best_pairs, days_apart, measure
from khabar.group.profile import Profile

DAY = date(2020, 7, 8)
COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), max_size=5)
NUMBERS = st.dictionaries(
    st.tuples(st.sampled_from([4.0, 7.5, 14.0, 2000.0]), st.sampled_from([None, "person", "hectare"])),
    st.integers(1, 3),
    max_size=4,
)
DAYS = st.one_of(st.none(), st.integers(0, 40).map(lambda days: DAY + timedelta(days)))


def profile(**facts: object) -> Profile:
    """A report with nothing but these facts."""
    nothing: dict[str, object] = {
        "article": "a",
        "label": "a.txt",
        "languages": ("en",),
        "vectors": np.zeros((0, 8), np.float32),
        "persons": {},
        "organisations": {},
        "places": {},
        "numbers": {},
        "days": frozenset(),
        "day": None,
    }
    return Profile(**{**nothing, **facts})  # type: ignore[arg-type]


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    vectors = to_unit(chance.normal(size=(draw(st.integers(0, 5)), 8)).astype(np.float32))
    return profile(
        languages=tuple(draw(st.sets(st.sampled_from(["ar", "fa", "en"]), min_size=1))),
        vectors=vectors,
        persons=draw(COUNTS),
        organisations=draw(COUNTS),
        places=draw(COUNTS),
        numbers=draw(NUMBERS),
        days=frozenset(draw(st.lists(DAYS.filter(lambda day: day is not None), max_size=3))),
        day=draw(DAYS),
    )


@given(profiles(), profiles())
def test_features_lie_between_0_and_1_and_are_the_same_both_ways(a: Profile, b: Profile) -> None:
    there, back = measure(a, b), measure(b, a)
    assert there.keys() == FEATURES.keys()
    assert all(0 <= value <= 1 for value in there.values()), there
    assert there == pytest.approx(back, abs=1e-5)
    assert decide(a, b, load_weights()).log_odds == pytest.approx(
        decide(b, a, load_weights()).log_odds, abs=1e-3
    )


@given(st.lists(profiles(), max_size=6))
def test_nearness_of_many_is_that_of_each_two(reports: list[Profile]) -> None:
    near = best_pairs([report.vectors for report in reports])
    assert near.shape == (len(reports), len(reports))
    assert np.array_equal(near, near.T)
    for n, a in enumerate(reports):
        for m, b in enumerate(reports):
            if not len(a.vectors) or not len(b.vectors):
                assert near[n, m] == 0
            elif n != m:
                assert near[n, m] <= (a.vectors @ b.vectors.T).max() + 1e-5


def test_reports_without_sentences_share_nothing() -> None:
    assert not any(
        value
        for name, value in measure(profile(), profile()).items()
        if name not in ("one_language", "no_day", "brief")
    )


@pytest.mark.parametrize(
    ("gap", "features"),
    [
        (0, (1, 0, 0)),
        (1, (1, 0, 0)),
        (2, (0, 1, 0)),
        (4, (0, 1, 0)),
        (5, (0, 0, 0.5)),
        (14, (0, 0, 0.5)),
        (15, (0, 0, 1)),
    ],
)
def test_days_between_reports_count_in_steps(gap: int, features: tuple[float, ...]) -> None:
    a, b = profile(day=DAY), profile(day=DAY + timedelta(gap))
    found = measure(a, b)
    assert days_apart(a, b) == gap
    assert (found["same_day"], found["near_days"], found["far_days"]) == features


def test_a_day_that_one_report_lacks_says_nothing() -> None:
    found = measure(profile(day=DAY), profile())
    assert days_apart(profile(day=DAY), profile()) is None
    assert not found["same_day"] + found["near_days"] + found["far_days"] + found["shared_days"]


def test_who_stands_in_one_report_only_counts_when_the_other_has_its_own() -> None:
    both, more = profile(persons={"a": 1}), profile(persons={"a": 1, "b": 1})
    other = profile(persons={"a": 1, "c": 2})
    assert measure(both, more)["other_persons"] == 0
    assert measure(more, other)["other_persons"] == pytest.approx(1 / 3)
    assert measure(more, other)["shared_persons"] == pytest.approx(1 / 3)


def test_numbers_of_one_unit_clash_only_when_none_agrees() -> None:
    early, late = profile(numbers={(11.0, "person"): 1}), profile(numbers={(14.0, "person"): 1})
    both = profile(numbers={(11.0, "person"): 1, (14.0, "person"): 1})
    assert measure(early, late)["other_numbers"] > 0
    assert measure(early, both)["other_numbers"] == 0
    assert measure(early, profile(numbers={(14.0, "hectare"): 1}))["other_numbers"] == 0
