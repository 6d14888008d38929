"""Quality does not fall unseen: figures on held-out data against evaluations/names/floors.json."""

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from khabar.encode.types import Encoder

EVALUATION = Path(__file__).resolve().parents[3] / "evaluations" / "names"
FLOORS = json.loads((EVALUATION / "floors.json").read_text(encoding="utf-8"))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ModuleType:
    monkeypatch.syspath_prepend(str(EVALUATION))
    return importlib.import_module(request.param)


@pytest.mark.parametrize("script", ["measure_spelling"], indirect=True)
@pytest.mark.parametrize("name", sorted(FLOORS["spelling"]))
def test_spellings_of_one_name_are_recalled(script: ModuleType, shared: Path, name: str) -> None:
    pairs = [pair for pair in script.read_pairs(shared / "data/names")[name] if script.is_held_out(pair)]
    recall = script.recall(script.spelling_weight, pairs[:500], script.random_pairs(pairs, 10_000))
    assert recall >= FLOORS["spelling"][name]


@pytest.mark.parametrize("script", ["measure_romanised"], indirect=True)
def test_names_are_romanised_as_people_spell_them(script: ModuleType, shared: Path) -> None:
    figures = script.main(shared / "data/names")
    floors = FLOORS["romanised"]
    assert figures.keys() == floors.keys()
    low = [
        (name, figure, figures[name][figure])
        for name, wanted in floors.items()
        for figure, floor in wanted.items()
        if figures[name][figure] < floor
    ]
    assert low == []


@pytest.mark.parametrize("script", ["measure_names"], indirect=True)
@pytest.mark.parametrize("name", sorted(FLOORS["tagging"]))
def test_names_are_found_in_held_out_news(
    script: ModuleType, shared: Path, encoder: Encoder, name: str
) -> None:
    corpus = next(corpus for corpus in script.CORPORA if corpus.name == name)
    texts = script.held_out(corpus, shared / "data/ner")[-FLOORS["sentences"] :]
    figures = script.measure(encoder, corpus, texts)
    low = {kind: figures[kind] for kind, floor in FLOORS["tagging"][name].items() if figures[kind] < floor}
    assert low == {}
