"""How well who took from whom is told, for `khabar eval`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from evaluations.registry import ALL, Figure
from evaluations.trace.cases import HERE
from evaluations.trace.score import Score, halves, score
from khabar.pipeline import open_encoder
from khabar.settings import Settings

FLOORS = HERE / "floors.json"


def measure(shared: Path | None) -> list[Figure]:
    """Relations by kind, their direction and the origins on both halves of the constructed stories."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))
    told = halves(open_encoder(Settings()))
    return [figure for name, half in told.items() for figure in _figures(name, score(half), floors[name])]


def _figures(name: str, found: Score, floors: Mapping[str, float]) -> Iterator[Figure]:
    directed, stories = found.counts
    data = f"{stories} constructed stories, {'set aside' if name == 'held' else 'tuned on'}"
    for kind, value in found.f1.items():
        yield Figure("origins", ALL, f"relations F1, {kind}", data, value, floors[kind])
    told = f"{directed} relations with a direction, {data}"
    yield Figure("origins", ALL, "direction right", told, found.direction, floors["direction"])
    yield Figure("origins", ALL, "origins exact", data, found.origins, floors["origins"])
