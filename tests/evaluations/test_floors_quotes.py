"""Quotations and citations are found at least as well as when the floors were set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluations.quotes.cases import as_article, read_cases, with_quotes
from evaluations.quotes.marked import score_examples, score_seeds
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


def test_constructed_cases_keep_their_floors(encoder: Encoder) -> None:
    cases = read_cases()
    assert len(cases) >= 80
    articles, _ = with_quotes([as_article(case, n) for n, case in enumerate(cases)], encoder)
    scores = score_cases(articles)
    held = {language: score for (language, out), score in scores.items() if out}
    assert below(held, FLOORS["held_out"]) == []


def test_the_examples_keep_their_floors(encoder: Encoder) -> None:
    scores, (right, wanted, found) = score_examples(encoder)
    assert below(scores, FLOORS["examples"]) == []
    assert right / max(wanted, found) >= FLOORS["citations"]["examples"]


def test_the_seeds_keep_their_floors(encoder: Encoder, shared: Path) -> None:
    scores, (right, wanted, found) = score_seeds(shared / "seeds", encoder)
    assert below(scores, FLOORS["seeds"]) == []
    assert right / max(wanted, found) >= FLOORS["citations"]["seeds"]


@pytest.mark.parametrize("held", [True, False])
def test_each_half_of_the_cases_has_all_three_languages(held: bool) -> None:
    assert {case.language for case in read_cases() if case.held is held} == {"ar", "fa", "en"}
