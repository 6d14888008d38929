"""Statements of marked stories, and translations of sentences, are found as well as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluations.floors import (
    ALIGN_FLOORS,
    Gate,
    clauses_gate,
    digest_of,
    example_gates,
    find_fallen,
    held_gate,
    ntrex_gate,
    perturbed_gate,
    read_floors,
    seeds_gate,
)

from khabar.encode.types import Encoder


@pytest.mark.parametrize("gate", example_gates(), ids=lambda gate: gate.name)
def test_statements_of_an_example_hold_their_floors(gate: Gate, passes: Encoder) -> None:
    assert fallen(gate, passes) == []


def test_statements_of_stories_that_nothing_is_trained_on_hold_their_floors(passes: Encoder) -> None:
    assert fallen(held_gate(), passes) == []


def test_sentences_are_cut_where_assertions_end(passes: Encoder) -> None:
    assert fallen(clauses_gate(), passes) == []


def test_statements_of_the_seeds_hold_their_floors(shared: Path, passes: Encoder) -> None:
    assert fallen(seeds_gate(shared), passes) == []


def test_translated_sentences_find_their_own_translation(shared: Path, passes: Encoder) -> None:
    assert fallen(ntrex_gate(shared), passes) == []


def test_statements_survive_sentences_dropped_merged_split_and_moved(shared: Path, passes: Encoder) -> None:
    assert fallen(perturbed_gate(shared), passes) == []


def test_every_example_has_floors() -> None:
    kept = {gate.name for gate in example_gates()} | {"held", "clauses", "seeds", "ntrex", "perturbed"}
    assert set(read_floors(ALIGN_FLOORS)) == kept


def fallen(gate: Gate, encoder: Encoder) -> list[str]:
    return find_fallen(read_floors(ALIGN_FLOORS)[gate.name], gate.measure(encoder), digest_of(gate.files))
