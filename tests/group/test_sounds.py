"""Names are found in common across scripts by their consonants, common words are not."""

from __future__ import annotations

import pytest

from khabar.group.sounds import shared_sounds, sounds_of

ENGLISH = {"halwani": 2, "selwan": 1, "marlin": 1, "the": 3}


def _shared(one: dict[str, int], other: dict[str, int]) -> float:
    return shared_sounds(sounds_of(one), sounds_of(other))


@pytest.mark.parametrize(
    "other",
    [{"الحلواني": 2, "سلوان": 1, "مارلين": 1}, {"حلوانی": 1, "سلوان": 2, "مارلین": 1}],
    ids=["ar", "fa"],
)
def test_the_same_names_in_another_script_are_shared(other: dict[str, int]) -> None:
    assert _shared(ENGLISH, other) > 0.5
    assert _shared(other, ENGLISH) == pytest.approx(_shared(ENGLISH, other))


def test_a_name_behind_a_clitic_is_the_name() -> None:
    assert _shared({"kandari": 1}, {"والكندري": 1}) > 0.4


def test_other_names_and_common_words_are_not_shared() -> None:
    assert _shared(ENGLISH, {"الغزال": 1, "تدمر": 1}) < 0.1
    assert _shared({"the": 9, "and": 4}, {"the": 9, "and": 4}) == 0


def test_a_report_shares_all_sounds_with_itself_and_none_with_nothing() -> None:
    assert _shared(ENGLISH, ENGLISH) == pytest.approx(1)
    assert _shared(ENGLISH, {}) == 0
    assert _shared({}, {}) == 0
