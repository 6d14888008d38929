"""Floors of grouping and alignment: what was measured on which data, and below what no change may fall.

    python -m evaluations.floors SHARED_FOLDER    measures again and writes floors.json of both

A floor that holds no more is not lowered: the command says which one it is, and a person who accepts the
loss edits the file and says why in the commit.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluations.align import clauses, held, perturbed
from evaluations.align import measure as align_measure
from evaluations.align.expectations import find_stories
from evaluations.align.marks import MARKS_FILE
from evaluations.group import dense
from evaluations.group import measure as group_measure
from khabar.align.weights import load_weights as load_align_weights
from khabar.encode.types import Encoder
from khabar.group import load_weights as load_group_weights
from khabar.pipeline import open_encoder
from khabar.settings import Settings

HERE = Path(__file__).resolve().parent
GROUP_FLOORS = HERE / "group" / "floors.json"
ALIGN_FLOORS = HERE / "align" / "floors.json"
# So far a floor lies below its measured figure: a case or two, so that only a real loss breaks it.
SLACK = 0.02
# A floor that lies further below has been lowered alone.
WIDEST_SLACK = 0.04
NTREX_DOCUMENTS = 16
PERTURBED_DOCUMENTS = 12

Figures = Mapping[str, float]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gate:
    """One measurement on one set of data; `kept` are the figures that have floors."""

    name: str
    files: tuple[Path, ...]
    kept: tuple[str, ...]
    measure: Callable[[Encoder], Figures]


def group_gates() -> list[Gate]:
    """A gate for each pile."""
    return [
        Gate(
            name,
            tuple((group_measure.HERE / name).iterdir()),
            ("bcubed_f1", "lookalike_auc"),
            lambda encoder, folder=group_measure.HERE / name: group_measure.measure(  # type: ignore[misc]
                group_measure.read_pile(folder, encoder), load_group_weights()
            ),
        )
        for name in group_measure.PILES
    ]


def dense_gate(shared: Path) -> Gate:
    """Unrelated reports of one day, in languages that were trained on and in others."""
    ntrex = shared / "data" / "ntrex"
    return Gate(
        "one day",
        (ntrex / "sentences.tsv", *(ntrex / "more" / f"{language}.txt" for language in dense.UNSEEN)),
        dense.KEPT,
        lambda encoder: dense.measure(shared, encoder),
    )


def example_gates() -> list[Gate]:
    """A gate for each example that ships."""
    return [
        Gate(
            folder.name,
            tuple(folder.iterdir()),
            ("cells_f1", "links_f1"),
            lambda encoder, folder=folder: align_measure.measure(  # type: ignore[misc]
                align_measure.read_example(folder, encoder), load_align_weights()
            ),
        )
        for folder in find_stories(align_measure.EXAMPLES)
    ]


def seeds_gate(shared: Path) -> Gate:
    """The hand-marked reports; their own digests stand in the marks, which refuse another version."""
    return Gate(
        "seeds",
        (MARKS_FILE,),
        ("cells_f1", "links_f1"),
        lambda encoder: align_measure.measure(
            align_measure.read_seeds(shared / "seeds", encoder), load_align_weights()
        ),
    )


def held_gate() -> Gate:
    """The constructed stories that nothing is trained on; figures are means over them."""
    return Gate("held", tuple(held.stories()), ("cells_f1", "links_f1"), held.measure)


def clauses_gate() -> Gate:
    """The constructed sentences with their cuts; no vectors are looked at."""
    kept = tuple(f"{language}_cuts_f1" for language in clauses.LANGUAGES)
    return Gate("clauses", (clauses.CASES_FILE,), kept, lambda _: clauses.figures())


def ntrex_gate(shared: Path) -> Gate:
    """Translated news, some documents of it for time."""
    folder = shared / "data" / "ntrex"
    return Gate(
        "ntrex",
        (folder / "sentences.tsv",),
        tuple(f"{a}-{b}{where}" for where in ("", " over all") for a, b in align_measure.PAIRS),
        lambda encoder: align_measure.find_translations(folder, encoder, NTREX_DOCUMENTS),
    )


def perturbed_gate(shared: Path) -> Gate:
    """Translated news with sentences dropped, merged, split and moved, some documents of it for time."""
    return Gate(
        "perturbed",
        (shared / "data/ntrex/sentences.tsv",),
        ("cells_precision", "cells_recall", "links_f1"),
        lambda encoder: perturbed.figures_of(perturbed.measure(shared, encoder, PERTURBED_DOCUMENTS)),
    )


def digest_of(paths: Iterable[Path]) -> str:
    """The digest of these files' names and bytes, whatever order they come in."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        raw = path.read_bytes()
        digest.update(f"{path.name}\0{len(raw)}\0".encode() + raw)
    return digest.hexdigest()


def read_floors(file: Path) -> dict[str, Row]:
    """By gate: `sha256` of its data, the figures `measured` on it and their `floors`."""
    found: dict[str, Row] = json.loads(file.read_text("utf-8"))
    return found


def find_fallen(row: Row, figures: Figures, sha256: str) -> list[str]:
    """What is wrong with these figures, in words; empty when every floor holds."""
    if row["sha256"] != sha256:
        return ["the data is not that of the floors: measure again, and say so in the commit"]
    floors, measured = row["floors"], row["measured"]
    fallen = [
        f"{name} is {figures[name]}, below {floor}" for name, floor in floors.items() if figures[name] < floor
    ]
    loose = [
        f"the floor {floor} of {name} was lowered: {measured[name]} was measured"
        for name, floor in floors.items()
        if floor < measured[name] - WIDEST_SLACK
    ]
    return fallen + loose


def raise_floors(old: Row | None, figures: Figures, kept: Sequence[str], sha256: str) -> Row:
    """The row for new figures. Errors: SystemExit where a floor on the same data would have to fall."""
    floors = {name: round(figures[name] - SLACK, 3) for name in kept}
    if old is not None and old["sha256"] == sha256:
        fallen = find_fallen(old, figures, sha256)
        if fallen:
            sys.exit("Not written: " + "; ".join(fallen))
        floors = {name: max(floor, old["floors"].get(name, 0.0)) for name, floor in floors.items()}
    return {"sha256": sha256, "measured": dict(figures), "floors": floors}


def main() -> None:
    shared = Path(sys.argv[1])
    encoder = open_encoder(Settings())
    align_gates = [
        *example_gates(),
        held_gate(),
        clauses_gate(),
        seeds_gate(shared),
        ntrex_gate(shared),
        perturbed_gate(shared),
    ]
    gates_of_groups = [*group_gates(), dense_gate(shared)]
    for file, gates in ((GROUP_FLOORS, gates_of_groups), (ALIGN_FLOORS, align_gates)):
        old = read_floors(file) if file.exists() else {}
        rows = dict(_rows(gates, old, encoder))
        file.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


def _rows(gates: Iterable[Gate], old: Mapping[str, Row], encoder: Encoder) -> Iterator[tuple[str, Row]]:
    for gate in gates:
        figures = gate.measure(encoder)
        print(gate.name, *(f"{name} {value}" for name, value in figures.items()))
        yield gate.name, raise_floors(old.get(gate.name), figures, gate.kept, digest_of(gate.files))


if __name__ == "__main__":
    main()
