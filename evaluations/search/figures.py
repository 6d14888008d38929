"""How well search finds what answers, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.floors import Gate, digest_of, read_floors
from evaluations.registry import ALL, Figure
from evaluations.search.measure import HERE, PILES, QUERIES, measure_ntrex, measure_queries
from khabar.encode.types import Encoder
from khabar.pipeline import open_encoder
from khabar.settings import Settings

FLOORS = HERE / "floors.json"
METRICS = {"mrr": "MRR", "ndcg10": "nDCG@10", "recall20": "recall@20"}
WAYS = ("both", "words", "meaning", "reciprocal ranks")


def queries_gate() -> Gate:
    """The judged queries over the constructed piles."""
    files = (QUERIES, *(pile / "truth.json" for pile in PILES))
    return Gate(
        "queries", files, ("mrr", "ndcg10", "recall20"), lambda encoder: measure_queries(encoder)["both"]
    )


def ntrex_gate(shared: Path) -> Gate:
    """Sentences that look for their document in another language."""
    folder = shared / "data" / "ntrex"
    pairs = tuple(f"{a}-{b}" for a in ("ar", "fa", "en") for b in ("ar", "fa", "en") if a != b)
    return Gate("ntrex", (folder / "sentences.tsv",), pairs, lambda encoder: measure_ntrex(folder, encoder))


def measure(shared: Path | None) -> list[Figure]:
    """The fusion with its floors, each beside full text alone and vectors alone."""
    encoder = open_encoder(Settings())
    found = _queries(encoder)
    if shared is not None:
        found += _ntrex(shared, encoder)
    return found


def _queries(encoder: Encoder) -> list[Figure]:
    table, gate, row = measure_queries(encoder), queries_gate(), read_floors(FLOORS)["queries"]
    floors = row["floors"] if row["sha256"] == digest_of(gate.files) else {}
    data = "100 queries, constructed"
    return [
        Figure("search", ALL, said, data, table["both"][name], floors.get(name), way, table[way][name])
        for name, said in METRICS.items()
        for way in WAYS[1:]
    ]


def _ntrex(shared: Path, encoder: Encoder) -> list[Figure]:
    gate, row = ntrex_gate(shared), read_floors(FLOORS).get("ntrex")
    floors = row["floors"] if row and row["sha256"] == digest_of(gate.files) else {}
    values = gate.measure(encoder)
    return [
        Figure(
            "search", pair, METRICS["mrr"], "ntrex, document of a sentence", values[pair], floors.get(pair)
        )
        for pair in gate.kept
    ]


def write_floors(shared: Path) -> None:
    """Measures again and writes the floors; none is lowered."""
    from evaluations.floors import raise_floors  # noqa: PLC0415

    encoder = open_encoder(Settings())
    old = read_floors(FLOORS) if FLOORS.exists() else {}
    rows = {}
    for gate in (queries_gate(), ntrex_gate(shared)):
        figures = gate.measure(encoder)
        rows[gate.name] = raise_floors(old.get(gate.name), figures, gate.kept, digest_of(gate.files))
    FLOORS.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
