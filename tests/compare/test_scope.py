"""What is said of all is told apart from what is said of some, or of some alone."""

from __future__ import annotations

import pytest

from constructed import differences
from khabar.encode.types import Encoder
from khabar.model.story import DifferenceKind


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            "Most bridges in the river valley were destroyed by the flood.",
            "Some bridges in the river valley were destroyed by the flood.",
            [("Most", "Some")],
        ),
        (
            "Only members of the club were admitted to the hall.",
            "Members of the club were admitted to the hall.",
            [("Only", "Members of the club were admitted to the hall")],
        ),
        (
            "Some bridges in the river valley were destroyed by the flood.",
            "دمر الفيضان بعض الجسور في وادي النهر.",
            [],
        ),
    ],
)
def test_scope(passes: Encoder, a: str, b: str, expected: list[tuple[str, str]]) -> None:
    assert differences(passes, DifferenceKind.STRENGTH, a, b) == expected


def test_a_phrase_left_out_is_found_in_one_language(passes: Encoder) -> None:
    a = "The ship sank within minutes after hitting a sandbank in thick fog."
    found = differences(passes, DifferenceKind.OMISSION, a, "The ship sank within minutes.")
    assert [words for words, other in found if other is None and "sandbank" in words]
