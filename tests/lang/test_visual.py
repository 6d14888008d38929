"""Text stored backwards is known, and its second string leads back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.lang.loader import load_languages
from khabar.lang.visual import has_presentation_forms, is_visual, logical, place_of
from khabar.model.span import Span

ARABIC = "قال الوزير إن العمل في الميناء لن يتوقف، وأكد أن السفن التي تصل إلى المدينة سوف تدخل من بعد غد."
PERSIAN = "وزیر گفت که کار در بندر متوقف نمی‌شود و این کشتی‌ها از فردا به شهر می‌آیند تا با بار خود بروند."
HEBREW = "ראש הממשלה אמר היום כי הוא לא יתפטר. על פי הדיווח, גם השר אמר כי זה לא היה צפוי, כך אמרו של אנשים."


@pytest.mark.parametrize("text", [ARABIC, PERSIAN, HEBREW])
def test_only_text_whose_words_are_spelled_backwards_is_visual(text: str) -> None:
    assert is_visual(text[::-1], load_languages())
    assert not is_visual(text, load_languages())


def test_numbers_keep_their_direction_and_brackets_turn() -> None:
    assert logical("(1.5) 2026 ةنس").text == "سنة 2026 (1.5)"


def test_a_word_of_the_turned_text_is_found_in_the_original() -> None:
    stored = ARABIC[::-1]
    turned = logical(stored)
    start = turned.text.index("الوزير")
    assert place_of(turned, Span(start, start + 6)).of(stored) == "ريزولا"


@given(st.text(max_size=60))
def test_every_place_of_the_turned_text_is_in_the_original(text: str) -> None:
    turned = logical(text)
    assert len(turned.offsets) == len(turned.text) + 1
    assert place_of(turned, Span(0, len(turned.text))).end <= len(text)


def test_one_ligature_is_no_text_in_shapes() -> None:
    assert not has_presentation_forms("قال ﷺ كذا")
    assert has_presentation_forms("ﻗﺎﻝ ﺍﻟﻮﺯﻳﺮ ﺇﻥ ﺍﻟﻌﻤﻞ ﻓﻲ ﺍﻟﻤﻴﻨﺎﺀ")
