"""Stories on the constructed piles do not come out worse than they did."""

from __future__ import annotations

from pathlib import Path

import pytest
from evaluations.floors import (
    GROUP_FLOORS,
    Gate,
    dense_gate,
    digest_of,
    find_fallen,
    group_gates,
    raise_floors,
    read_floors,
)
from evaluations.group.measure import area_under_curve

from khabar.encode.types import Encoder


@pytest.mark.parametrize("gate", group_gates(), ids=lambda gate: gate.name)
def test_stories_of_a_pile_hold_their_floors(gate: Gate, passes: Encoder) -> None:
    row = read_floors(GROUP_FLOORS)[gate.name]
    assert find_fallen(row, gate.measure(passes), digest_of(gate.files)) == []


def test_unrelated_reports_of_one_day_stay_apart_as_well_as_they_did(shared: Path, passes: Encoder) -> None:
    gate = dense_gate(shared)
    row = read_floors(GROUP_FLOORS)[gate.name]
    assert find_fallen(row, gate.measure(passes), digest_of(gate.files)) == []


def test_every_pile_has_floors_for_what_is_kept() -> None:
    rows = read_floors(GROUP_FLOORS)
    assert {name: set(row["floors"]) for name, row in rows.items()} == {
        gate.name: set(gate.kept) for gate in [*group_gates(), dense_gate(Path())]
    }


ROW = {"sha256": "d", "measured": {"f1": 0.9}, "floors": {"f1": 0.88}}


@pytest.mark.parametrize(
    ("row", "figure", "sha256", "words"),
    [
        (ROW, 0.88, "d", ""),
        (ROW, 0.87, "d", "f1 is 0.87, below 0.88"),
        (ROW, 0.95, "e", "the data is not that of the floors"),
        ({**ROW, "floors": {"f1": 0.7}}, 0.9, "d", "the floor 0.7 of f1 was lowered: 0.9 was measured"),
    ],
)
def test_a_floor_tells_what_is_wrong(row: dict[str, object], figure: float, sha256: str, words: str) -> None:
    found = find_fallen(row, {"f1": figure}, sha256)
    assert words in "".join(found)
    assert bool(found) == bool(words)


def test_floors_rise_and_do_not_fall_by_themselves() -> None:
    assert raise_floors(ROW, {"f1": 0.96}, ["f1"], "d")["floors"] == {"f1": 0.94}
    assert raise_floors(ROW, {"f1": 0.89}, ["f1"], "d")["floors"] == {"f1": 0.88}
    with pytest.raises(SystemExit, match=r"f1 is 0\.8, below 0\.88"):
        raise_floors(ROW, {"f1": 0.8}, ["f1"], "d")
    assert raise_floors(ROW, {"f1": 0.8}, ["f1"], "other data")["floors"] == {"f1": 0.78}


@pytest.mark.parametrize(
    ("higher", "lower", "area"), [([2, 3], [0, 1], 1.0), ([0], [1], 0.0), ([1], [1], 0.5), ([1, 3], [2], 0.5)]
)
def test_the_area_under_the_curve_is_the_share_of_pairs_in_order(
    higher: list[float], lower: list[float], area: float
) -> None:
    assert area_under_curve(higher, lower) == area
