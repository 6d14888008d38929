"""Translations of one text must not be called different more often than they were when last looked at."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from evaluations.compare.controls import count_alarms

from khabar.encode.types import Encoder

CEILING = Path(__file__).resolve().parents[2] / "evaluations/compare/ceilings.json"


def test_translations_are_seldom_called_different(shared: Path, encoder: Encoder) -> None:
    folder = shared / "data/ntrex"
    limits = json.loads(CEILING.read_text("utf-8"))
    digest = hashlib.sha256((folder / "sentences.tsv").read_bytes()).hexdigest()
    assert digest == limits["sha256"], "other data than the ceiling was set on; measure again"
    assert limits["measured"] <= limits["ceiling"] <= limits["measured"] + 0.02
    alarms = count_alarms(folder, encoder, limits["documents"])
    assert alarms.rate <= limits["ceiling"], dict(alarms.false)
