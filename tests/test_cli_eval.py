"""`khabar eval` as a user meets it; what the evaluations measure is tried beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from evaluations.registry import Figure, Task

from evaluations import registry
from khabar.cli.evaluate import evaluate, find_registry, find_shared

Run = Callable[..., Result]
GOOD = Figure("walk", "ar", "steps right", "40 steps", 0.9, 0.8, "a tortoise", 0.4)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.delenv("KHABAR_SHARED", raising=False)
    monkeypatch.setattr("khabar.cli.evaluate.CHECKOUT", tmp_path / "checkout")
    monkeypatch.setattr("khabar.cli.evaluate.find_registry", lambda _: registry)

    def go(tasks: list[Task], *arguments: str) -> Result:
        monkeypatch.setattr(registry, "TASKS", tuple(tasks))
        return CliRunner().invoke(evaluate, arguments)

    return go


def task(name: str = "walk", *figures: Figure, needs_shared: bool = False) -> Task:
    return Task(name, needs_shared, lambda _: list(figures), f"python -m walk {name}")


def test_a_figure_stands_beside_its_floor_its_peer_and_what_prints_the_details(run: Run) -> None:
    ended = run([task("walk", GOOD)])
    assert ended.exit_code == 0
    assert all(
        word in ended.output for word in ("0.900", "0.800", "0.400 a tortoise", "40 steps", "python -m walk")
    )


@pytest.mark.parametrize(
    ("value", "higher_is_better", "code"), [(0.7, True, 1), (0.9, False, 1), (0.8, False, 0)]
)
def test_a_figure_that_is_worse_than_its_floor_fails_the_command(
    run: Run, value: float, higher_is_better: bool, code: int
) -> None:
    ended = run([task("walk", Figure("walk", "ar", "m", "d", value, 0.8, higher_is_better=higher_is_better))])
    assert ended.exit_code == code
    assert ("Below its floor: walk ar" in ended.stderr) == bool(code)


def test_programs_get_every_field(run: Run) -> None:
    (row,) = json.loads(run([task("walk", GOOD)], "--json").stdout)["figures"]
    assert row["value"] == 0.9
    assert row["peer_value"] == 0.4
    assert row["holds"] is True
    assert row["command"] == "python -m walk walk"


def test_only_what_is_named_is_measured(run: Run) -> None:
    def burn(_: Path | None) -> list[Figure]:
        raise AssertionError("nobody asked for it")

    assert run([task("walk", GOOD), Task("burn", False, burn)], "walk").exit_code == 0


def test_an_unknown_name_is_answered_with_the_known_ones(run: Run) -> None:
    ended = run([task("walk", GOOD), task("run", GOOD)], "wlk")
    assert ended.exit_code == 2
    assert "There are: walk, run." in ended.stderr


def test_what_needs_absent_data_is_skipped_and_said_to_be(run: Run) -> None:
    ended = run([task("far", GOOD, needs_shared=True), task("walk", GOOD)])
    assert ended.exit_code == 0
    assert "far: skipped" in ended.stderr


def test_one_that_breaks_does_not_take_the_others_along(run: Run) -> None:
    def fall(_: Path | None) -> list[Figure]:
        raise RuntimeError("stumbled")

    ended = run([Task("fall", False, fall), task("walk", GOOD)])
    assert ended.exit_code == 1
    assert "fall could not be measured" in ended.stderr
    assert "40 steps" in ended.stdout


def test_an_installed_khabar_says_that_it_has_no_evaluations(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="Run it in a checkout"):
        find_registry(tmp_path)


def test_the_evaluation_data_is_what_is_named_or_stands_beside_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KHABAR_SHARED", raising=False)
    assert find_shared(None, tmp_path / "checkout") is None
    (tmp_path / "shared" / "data").mkdir(parents=True)
    assert find_shared(None, tmp_path / "checkout") == (tmp_path / "shared").resolve()
    with pytest.raises(click.UsageError, match="holds no folder `data`"):
        find_shared(tmp_path / "elsewhere", tmp_path / "checkout")


def test_every_evaluation_that_is_registered_can_be_called() -> None:
    assert len({one.name for one in registry.TASKS}) == len(registry.TASKS)
    for one in registry.TASKS:
        assert callable(one.measure)
        assert " " not in one.name
