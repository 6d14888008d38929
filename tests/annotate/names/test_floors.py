"""Quality does not fall unseen: figures on held-out data against evaluations/names/floors.json."""

import json
from pathlib import Path

import pytest
from evaluations.names import measure_names, measure_romanised, measure_spelling

from khabar.encode.types import Encoder

EVALUATION = Path(__file__).resolve().parents[3] / "evaluations" / "names"
FLOORS = json.loads((EVALUATION / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(FLOORS["spelling"]))
def test_spellings_of_one_name_are_recalled(shared: Path, name: str) -> None:
    pairs = [
        pair
        for pair in measure_spelling.read_pairs(shared / "data/names")[name]
        if measure_spelling.is_held_out(pair)
    ]
    recall = measure_spelling.recall(
        measure_spelling.spelling_weight, pairs[:500], measure_spelling.random_pairs(pairs, 10_000)
    )
    assert recall >= FLOORS["spelling"][name]


def test_names_are_romanised_as_people_spell_them(shared: Path) -> None:
    figures = measure_romanised.main(shared / "data/names")
    floors = FLOORS["romanised"]
    assert figures.keys() == floors.keys()
    low = [
        (name, figure, figures[name][figure])
        for name, wanted in floors.items()
        for figure, floor in wanted.items()
        if figures[name][figure] < floor
    ]
    assert low == []


@pytest.mark.parametrize("name", sorted(FLOORS["tagging"]))
def test_names_are_found_in_held_out_news(shared: Path, encoder: Encoder, name: str) -> None:
    corpus = next(corpus for corpus in measure_names.CORPORA if corpus.name == name)
    texts = measure_names.held_out(corpus, shared / "data/ner")[-FLOORS["sentences"] :]
    figures = measure_names.measure(encoder, corpus, texts)
    low = {kind: figures[kind] for kind, floor in FLOORS["tagging"][name].items() if figures[kind] < floor}
    assert low == {}
