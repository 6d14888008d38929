"""How well clauses are joined to statements, for `khabar eval`."""

from __future__ import annotations

from pathlib import Path

from evaluations.align.acceptance import check_all, tally
from evaluations.align.expectations import FILE_NAME, find_stories, load_expectation
from evaluations.align.measure import EXAMPLES
from evaluations.floors import (
    ALIGN_FLOORS,
    Gate,
    clauses_gate,
    digest_of,
    example_gates,
    held_gate,
    ntrex_gate,
    perturbed_gate,
    read_floors,
    seeds_gate,
)
from evaluations.registry import ALL, Figure
from khabar import compare
from khabar.pipeline import open_encoder
from khabar.settings import Settings

METRICS = {
    "cells_f1": "F1 of places in statements",
    "cells_precision": "precision of places in statements",
    "cells_recall": "recall of places in statements",
    "links_f1": "F1 of pairs of places",
}
CUTS = "_cuts_f1"


def measure(shared: Path | None) -> list[Figure]:
    """Agreement with the marked statements of the examples and, with the shared data, of real reports."""
    of_shared = (seeds_gate, ntrex_gate, perturbed_gate)
    gates = [*example_gates(), held_gate(), clauses_gate(), *(gate(shared) for gate in of_shared if shared)]
    encoder = open_encoder(Settings())
    return [figure for gate in gates for figure in _figures(gate, dict(gate.measure(encoder)))]


def _figures(gate: Gate, values: dict[str, float]) -> list[Figure]:
    row = read_floors(ALIGN_FLOORS).get(gate.name, {"sha256": "", "floors": {}})
    floors = row["floors"] if row["sha256"] == digest_of(gate.files) else {}
    return [
        Figure(
            "align",
            ALL if name in METRICS else name.removesuffix(" over all").removesuffix(CUTS),
            _metric(name),
            gate.name,
            values[name],
            floors.get(name),
        )
        for name in gate.kept
    ]


def _metric(name: str) -> str:
    if name.endswith(CUTS):
        return "F1 of cuts into assertions"
    return METRICS.get(name, "translation nearest" + (" of all" if "over" in name else " in its document"))


def measure_acceptance(_: Path | None) -> list[Figure]:
    """The share of what is expected of the examples that is there, by area."""
    checks = []
    for folder in find_stories(EXAMPLES):
        pages = sorted(path for path in folder.iterdir() if path.name != FILE_NAME)
        checks += check_all(load_expectation(folder), compare(pages))
    return [
        Figure("acceptance", ALL, area, f"{total} in the examples, constructed", right / total)
        for area, (right, total) in tally(checks).items()
    ]
