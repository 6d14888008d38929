"""The learned check speaks beside a difference and changes nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from evaluations.compare.contradiction import FLOORS, measure_model

from khabar.compare.contradiction import Opinion, Side, judge, load_model
from khabar.compare.opinions import with_opinions
from khabar.encode.types import Encoder
from khabar.model.span import Excerpt, Span
from khabar.model.story import Attestation, Difference, DifferenceKind, Statement, Weight


def side(encoder: Encoder, text: str, language: str) -> Side:
    (one,) = encoder.encode([text])
    return Side(text, language, one.words, one.sentence)


def test_a_plain_contradiction_and_a_plain_repetition_are_told_apart(passes: Encoder) -> None:
    told = side(passes, "ارتفاع أسعار القمح في ميناء النورس", "ar")
    against = side(passes, "انخفاض أسعار القمح في ميناء النورس", "ar")
    again = side(passes, "أسعار القمح ترتفع في ميناء النورس", "ar")
    contrary, alike = judge(told, against, passes.family), judge(told, again, passes.family)
    assert contrary is not None
    assert alike is not None
    assert contrary.contradicting > 0.5
    assert alike.same > contrary.same
    assert contrary.same + contrary.contradicting + contrary.other == pytest.approx(1, abs=1e-4)


def test_it_keeps_silent_where_it_was_not_measured(passes: Encoder) -> None:
    arabic, english = side(passes, "افتتح الجسر", "ar"), side(passes, "The bridge was opened", "en")
    assert judge(arabic, english, passes.family) is None
    assert judge(english, english, passes.family) is None
    assert judge(arabic, arabic, "another encoder") is None
    assert judge(arabic, side(passes, "", "ar"), passes.family) is None


def test_it_adds_a_sentence_and_nothing_else() -> None:
    a, b = (Excerpt(name, Span(0, 9), "ten boats") for name in ("a", "b"))
    told = Statement("s", "ten boats", (Attestation(a, "ar"), Attestation(b, "ar")))
    found = [
        Difference(DifferenceKind.POLARITY, Weight.MEANING, "s", a, b, "one denies"),
        Difference(DifferenceKind.WORDING, Weight.WORDING, "s", a, b, "other words"),
        Difference(DifferenceKind.OMISSION, Weight.MEANING, "s", a, None, "left out"),
    ]
    spoken = with_opinions(found, [told], _blank, lambda one, other: Opinion(0.05, 0.9, 0.05))
    assert [replace(one, opinion="") for one in spoken] == found
    assert [bool(one.opinion) for one in spoken] == [True, False, False]
    assert "contradict each other (0.90)" in spoken[0].opinion
    unsure = with_opinions(found, [told], _blank, lambda one, other: Opinion(0.3, 0.5, 0.2))
    assert list(unsure) == found


def _blank(text: str, language: str) -> Side:
    import numpy as np

    from khabar.encode.types import Words

    none = np.zeros((0, 2), np.float32)
    return Side(text, language, Words((), none, none), np.zeros(2, np.float32))


def test_held_out_pairs_hold_their_floors(shared: Path, passes: Encoder) -> None:
    found = {one.source: one for one in measure_model(shared / "data", passes, load_model())}
    for (source, metric), floor in FLOORS.items():
        one = found[source]
        assert {"accuracy": one.accuracy, "macro-F1": one.macro_f1}[metric] >= floor, one
