"""The fuzz target for as long as a test may take; `make fuzz` runs it longer."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzz.fuzz_read import fuzz, load_corpus, try_one
from khabar.model.outcome import Kept
from khabar.read import read_sources

ROUNDS = 400


@pytest.mark.parametrize("name", [name for name, _ in load_corpus()])
def test_every_file_of_the_corpus_ends_in_outcomes(name: str) -> None:
    path = Path(__file__).with_name("corpus") / name
    assert try_one(path)
    if "fault" not in name:
        assert any(isinstance(one, Kept) for one in read_sources([path]))


def test_damaged_files_end_in_outcomes(tmp_path: Path) -> None:
    files, outcomes = fuzz(tmp_path, random.Random(20261122), ROUNDS, 60)
    assert files == ROUNDS
    assert outcomes >= ROUNDS
