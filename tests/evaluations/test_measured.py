"""What `khabar languages` says was measured was measured, and is no better than what a command prints."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from evaluations.measure import TASKS, Figure

from khabar.lang.loader import load_languages
from khabar.show.abilities import abilities

MEASURED: dict[str, list[Figure]] = json.loads(
    files("khabar.lang").joinpath("measured.json").read_text("utf-8")
)
FIGURES = [(code, figure) for code, figures in MEASURED.items() for figure in figures]
# These take a second and need nothing but the checkout; the others are measured again on request.
QUICK = ("sentences", "dates", "clutter")


def test_every_figure_is_whole_and_a_command_prints_it() -> None:
    for code, figure in FIGURES:
        assert re.fullmatch("[a-z]{2,3}", code)
        assert set(figure) == {"task", "metric", "value", "data", "command"}
        assert 0 <= figure["value"] <= 1
        assert figure["metric"] == "share wrong" or "F1" in figure["metric"]
        assert re.search(r"\d", figure["data"]), "it says on how much"
        module, folder, task = figure["command"].removeprefix("python -m ").split()
        assert (module, folder) == ("evaluations.measure", "SHARED_FOLDER")
        assert task == figure["task"]
        assert task in TASKS


def test_no_figure_stands_twice() -> None:
    keys = [(code, figure["task"], figure["data"]) for code, figure in FIGURES]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("task", QUICK)
def test_no_shipped_figure_is_better_than_what_is_measured_now(task: str) -> None:
    now = {code: figure["value"] for code, figure in TASKS[task](Path())}
    shipped = {code: figure for code, figure in FIGURES if figure["task"] == task}
    assert shipped.keys() <= now.keys()
    for code, figure in shipped.items():
        better = (
            now[code] - figure["value"] if figure["metric"] == "share wrong" else figure["value"] - now[code]
        )
        assert better <= 0.005, f"{code} {task}: {figure['value']} ships, {now[code]} is measured"


def test_languages_in_full_have_figures_for_what_can_be_measured() -> None:
    for code in ("ar", "fa", "en"):
        tasks = {figure["task"] for figure in MEASURED[code]}
        assert tasks >= {"language", "sentences", "dates", "clutter", "names", "stories"}


def test_what_has_no_figure_is_said_not_to_be_measured() -> None:
    for one in abilities(load_languages()):
        measured = {figure["task"] for figure in MEASURED.get(one["code"], [])}
        assert measured.isdisjoint(one["not_measured"])
        assert measured | set(one["not_measured"]) >= {"language", "stories", "statements", "differences"}
