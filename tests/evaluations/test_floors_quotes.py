"""Quotations and citations are found at least as well as when the floors were set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluations.quotes.cases import SETS, as_article, read_cases, with_quotes
from evaluations.quotes.marked import score_examples, score_seeds
from evaluations.quotes.reach import score_reach
from evaluations.quotes.score import Score, score_cases

from khabar.encode.types import Encoder

FLOORS = json.loads(
    (Path(__file__).resolve().parents[2] / "evaluations/quotes/floors.json").read_text(encoding="utf-8")
)


def below(scores: dict[str, Score], floors: dict[str, dict[str, float]]) -> list[str]:
    return [
        f"{language} {scores[language].line()}"
        for language, floor in floors.items()
        if scores[language].overlap < floor["content"] or scores[language].speaker < floor["speaker"]
    ]


@pytest.mark.parametrize("name", SETS)
def test_constructed_cases_keep_their_floors(name: str, encoder: Encoder) -> None:
    cases = read_cases(SETS[name])
    assert len(cases) >= 80
    articles, _ = with_quotes([as_article(case, n) for n, case in enumerate(cases)], encoder)
    scores = score_cases(cases, articles)
    held = {language: score for (language, out), score in scores.items() if out}
    assert below(held, FLOORS[f"held_out_{name}"]) == []


def test_credits_reach_as_far_as_their_floor_asks(encoder: Encoder) -> None:
    right, wanted = score_reach(encoder)
    assert wanted >= 20
    assert right / wanted >= FLOORS["reach"]


def test_the_examples_keep_their_floors(encoder: Encoder) -> None:
    scores, (right, wanted, found) = score_examples(encoder)
    assert below(scores, FLOORS["examples"]) == []
    assert right / max(wanted, found) >= FLOORS["citations"]["examples"]


def test_the_seeds_keep_their_floors(encoder: Encoder, shared: Path) -> None:
    scores, (right, wanted, found) = score_seeds(shared / "seeds", encoder)
    assert below(scores, FLOORS["seeds"]) == []
    assert right / max(wanted, found) >= FLOORS["citations"]["seeds"]


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("name", SETS)
def test_each_half_of_the_cases_has_all_three_languages(name: str, held: bool) -> None:
    assert {case.language for case in read_cases(SETS[name]) if case.held is held} == {"ar", "fa", "en"}
