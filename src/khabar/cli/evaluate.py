"""`khabar eval`: measures again what khabar says of itself."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from khabar.cli.shared import PathType, open_console, tell

CHECKOUT = Path(__file__).resolve().parents[3]
HELP = """\b
Examples:
  khabar eval                         everything that this machine has the data for
  khabar eval dates extract           two of them
  khabar eval names --shared FOLDER   with the evaluation data in FOLDER
  khabar eval dates --json            for programs

FOLDER is not part of khabar; without --shared it is what KHABAR_SHARED names, else the folder
`shared` beside the checkout. What needs it is skipped where it is not, and that is said.
Exit code 1: a figure is below its floor, or something could not be measured."""


@click.command("eval", epilog=HELP)
@click.argument("tasks", nargs=-1, metavar="[TASK]...")
@click.option("--shared", type=PathType, metavar="FOLDER", help="The folder of evaluation data.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def evaluate(tasks: tuple[str, ...], shared: Path | None, as_json: bool) -> None:
    """Measures how well each stage does, beside its floor and other tools."""
    registry = find_registry(CHECKOUT)
    chosen = _choose(registry, tasks)
    folder = find_shared(shared, CHECKOUT)
    figures, failed = _measure(chosen, folder)
    _show(figures, chosen, as_json)
    fallen = [figure for figure in figures if not figure.holds]
    for figure in fallen:
        tell(f"Below its floor: {figure.task} {figure.language} {figure.metric}, {figure.data}")
    if fallen or failed:
        sys.exit(1)


def find_registry(checkout: Path) -> Any:
    """The list of evaluations in the checkout that khabar runs from. Errors: UsageError without one."""
    if not (checkout / "evaluations" / "registry.py").is_file():
        raise click.UsageError(
            "the evaluations are part of khabar's source, not of what is installed, and this khabar runs "
            f"from {Path(__file__).resolve().parents[1]}. Run it in a checkout: make eval."
        )
    if str(checkout) not in sys.path:
        sys.path.insert(0, str(checkout))
    return import_module("evaluations.registry")


def find_shared(named: Path | None, checkout: Path) -> Path | None:
    """The folder of evaluation data; None where there is none. Errors: UsageError if the one named is not."""
    given = named or os.environ.get("KHABAR_SHARED")
    folder = Path(given) if given else checkout.parent / "shared"
    if (folder / "data").is_dir():
        return folder.resolve()
    if given:
        raise click.UsageError(f"{folder} holds no folder `data`. Name the folder of evaluation data.")
    return None


def _choose(registry: Any, names: tuple[str, ...]) -> list[Any]:
    try:
        chosen: list[Any] = registry.choose(names)
    except KeyError as error:
        known = ", ".join(task.name for task in registry.TASKS)
        raise click.UsageError(f"{error.args[0]!r} is no evaluation. There are: {known}.") from error
    return chosen


def _measure(tasks: list[Any], shared: Path | None) -> tuple[list[Any], bool]:
    """The figures, and whether anything could not be measured."""
    figures: list[Any] = []
    failed = False
    for number, task in enumerate(tasks, 1):
        if task.needs_shared and shared is None:
            tell(
                f"[{number}/{len(tasks)}] {task.name}: skipped, for want of evaluation data (--shared FOLDER)"
            )
            continue
        tell(f"[{number}/{len(tasks)}] {task.name} ...")
        try:
            with contextlib.redirect_stdout(sys.stderr):  # the details are no part of the table
                figures += task.measure(shared)
        except Exception:
            traceback.print_exc()
            tell(f"{task.name} could not be measured.")
            failed = True
    return figures, failed


def _show(figures: list[Any], tasks: list[Any], as_json: bool) -> None:
    commands = {task.name: task.command or f"khabar eval {task.name}" for task in tasks}
    if as_json:
        from khabar.show.files import json_text  # noqa: PLC0415

        rows = [{**asdict(one), "holds": one.holds, "command": commands[one.task]} for one in figures]
        click.echo(json_text({"figures": rows}), nl=False)
    elif figures:
        from khabar.show.figures import show_figures  # noqa: PLC0415

        show_figures(figures, commands, open_console("auto"))
