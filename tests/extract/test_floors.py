"""The measured quality of extraction does not fall unnoticed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from evaluations.extract import pages, score

FOLDER = Path(__file__).parents[2] / "evaluations" / "extract"


def digest_of(folder: str) -> str:
    digest = hashlib.sha256()
    for path in sorted((FOLDER / folder).iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def test_scores_hold_their_floors_on_the_cases_they_were_measured_on() -> None:
    floors = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
    assert floors["cases_sha256"] == digest_of("cases"), (
        "cases changed: measure again and say so in the commit"
    )
    scores = score.score_all(score.load_cases())
    fallen = {
        f"{name} {key}": (scores[name][key], floor)
        for name, wanted in floors["floors"].items()
        for key, floor in wanted.items()
        if scores[name][key] < floor
    }
    assert not fallen


def test_pages_in_the_layouts_of_sites_hold_their_floors() -> None:
    floors = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))
    assert floors["pages_sha256"] == digest_of("pages"), (
        "pages changed: measure again and say so in the commit"
    )
    figures = pages.measure_khabar(pages.load_pages())
    fallen = {
        f"{name} {key}": (figures[name][key], floor)
        for name, wanted in floors["pages"].items()
        for key, floor in wanted.items()
        if figures[name][key] < floor
    }
    assert not fallen
