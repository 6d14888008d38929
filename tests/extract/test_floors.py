"""The measured quality of extraction does not fall unnoticed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from evaluations.extract import score

FOLDER = Path(__file__).parents[2] / "evaluations" / "extract"


def digest_cases() -> str:
    digest = hashlib.sha256()
    for path in sorted((FOLDER / "cases").iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def test_scores_hold_their_floors_on_the_cases_they_were_measured_on() -> None:
    floors = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
    assert floors["cases_sha256"] == digest_cases(), "cases changed: measure again and say so in the commit"
    scores = score.score_all(score.load_cases())
    fallen = {
        f"{name} {key}": (scores[name][key], floor)
        for name, wanted in floors["floors"].items()
        for key, floor in wanted.items()
        if scores[name][key] < floor
    }
    assert not fallen
