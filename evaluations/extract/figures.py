"""How well the body is told from the rest of a page, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.extract import score
from evaluations.registry import ALL, Figure

FLOORS = score.HERE / "floors.json"
METRICS = {"body_f1": "F1 of the body's characters", "title": "titles exact", "joiners": "joiners kept"}


def measure(_: Path | None) -> list[Figure]:
    """Body, title and joiners by language and kind of page."""
    floors = json.loads(FLOORS.read_text("utf-8"))["floors"]
    cases = score.load_cases()
    found = []
    for name, row in score.score_all(cases).items():
        code, kind = name.split() if name != ALL else (ALL, "")
        count = sum(name in (ALL, f"{case.name[:2]} {case.page.kind}") for case in cases)
        data = " ".join(filter(None, (str(count), kind, "pages, constructed")))
        for key, metric in METRICS.items():
            floor = floors.get(name, {}).get(key)
            found.append(Figure("extract", code, metric, data, row[key], floor))
    return found
