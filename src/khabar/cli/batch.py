"""`khabar batch`: archives of any number, in processes of this machine or on a Ray cluster."""

from __future__ import annotations

import json
import time
from typing import Any

import click

from khabar.cli.shared import open_progress, tell

_SAID_EVERY_S = 30
_SKEWED = 3  # times the mean, from which a task is shown


@click.group()
def batch() -> None:
    """Runs the stages over archives of any number, so that a run can stop anywhere and go on.

    A Ray cluster needs pip install 'khabar[batch]'. Places are folders or what fsspec opens (s3:// needs
    'khabar[s3]').
    """


def _engine(command: Any) -> Any:
    for option in reversed(
        (
            click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True),
            click.option("--workers", type=click.IntRange(1), default=1, show_default=True),
            click.option("--address", metavar="ADDRESS", help="Of a Ray cluster that runs; else one begins."),
            click.option("--price", type=float, metavar="MONEY", help="What an hour of a worker costs."),
            click.option("--quiet", is_flag=True, help="No progress."),
        )
    ):
        command = option(command)
    return command


@batch.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("--out", required=True, metavar="PLACE", help="An empty folder, or s3://bucket/folder.")
@click.option("--split-mb", type=click.IntRange(1), default=250, show_default=True,
              help="An archive above this is shared out.")  # fmt: skip
@click.option("--statements", is_flag=True, help="Also lay statements side by side; it takes long.")
@click.option("--fields", metavar="MAP", help="Fields of JSON records: text=body,title=headline.")
@click.option("--names", metavar="FILE", help="Your own names: name, kind, aliases, parted by tabs.")
@click.option("--outlets", metavar="FILE", help="Your own outlets: name, kind, country and more, by tabs.")
@_engine
def run(
    inputs: tuple[str, ...],
    out: str,
    split_mb: int,
    statements: bool,
    fields: str | None,
    names: str | None,
    outlets: str | None,
    **how: Any,
) -> None:
    """Reads, encodes and groups all that INPUTS hold: archives, folders, patterns."""
    from khabar.batch.plan import make_plan  # noqa: PLC0415
    from khabar.batch.run import begin  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    settings = load_settings({"fields": fields, "names": names, "outlets": outlets})
    begin(make_plan(inputs, settings, split_mb * 1_000_000, statements), out)
    _go_on(out, **how)


@batch.command()
@click.argument("out")
@_engine
def resume(out: str, **how: Any) -> None:
    """Goes on with the run in OUT where it stopped."""
    _go_on(out, **how)


@batch.command()
@click.argument("out")
@click.option("--json", "json_wanted", is_flag=True, help="The whole manifest.")
def status(out: str, json_wanted: bool) -> None:
    """Says how far the run in OUT is: counts in, kept, dropped and why."""
    from khabar.batch.run import status_of  # noqa: PLC0415

    manifest = status_of(out)
    if json_wanted:
        click.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
    else:
        _tell(manifest)


@batch.command()
@click.argument("out")
@click.option("--library", metavar="WHERE", help="A file, or postgresql://...")
@click.option("--quiet", is_flag=True, help="No progress.")
def load(out: str, library: str | None, quiet: bool) -> None:
    """Takes a finished run into a library, which is begun where there is none."""
    from khabar.batch.load import load as load_run  # noqa: PLC0415
    from khabar.library import Library  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    settings = load_settings()
    with (
        Library.open(library or settings.library, settings, create=True) as opened,
        open_progress(quiet) as (progress, _),
    ):
        added = load_run(out, opened, progress)
    click.echo(
        f"{added.inputs} inputs = {added.kept} kept + {added.known} known + {len(added.dropped)} dropped"
    )


def _go_on(
    out: str, engine: str, workers: int, address: str | None, price: float | None, quiet: bool
) -> None:
    from khabar.batch.engines import open_engine  # noqa: PLC0415
    from khabar.batch.run import go_on  # noqa: PLC0415

    opened = open_engine(engine, workers, address)
    try:
        with open_progress(quiet) as (progress, say):
            told = _Estimate(say, workers, price)
            manifest = go_on(out, opened, progress, None if quiet else told.hear)
    finally:
        opened.close()
    _tell(manifest)
    if price is not None:
        seconds = sum(stage["worker_seconds"] for stage in manifest["stages"].values())
        click.echo(f"cost: {seconds / 3600 * price:.4f} for {seconds / 3600:.4f} hours of workers")


class _Estimate:
    """Says now and then what a stage has done, how long it will take and what it will cost."""

    def __init__(self, say: Any, workers: int, price: float | None) -> None:
        self.say, self.workers, self.price = say, workers, price
        self.told = time.monotonic()

    def hear(self, name: str, stage: Any) -> None:
        """Told of each task that is done, with the sums of its stage."""
        now, left = time.monotonic(), stage["tasks"] - stage["done"]
        if not left or now - self.told < _SAID_EVERY_S:
            return
        self.told = now
        self.say(f"{name}: {estimate(stage, self.workers, self.price)}")


def estimate(stage: Any, workers: int, price: float | None) -> str:
    """Counts of a stage so far, and what is left of it in time and money."""
    ahead_s = stage["worker_seconds"] / max(stage["done"], 1) * (stage["tasks"] - stage["done"])
    why = "".join(f", {count} × {reason}" for reason, count in list(stage["why"].items())[:3])
    cost = "" if price is None else f", {ahead_s / 3600 * price:.2f} to pay"
    return (
        f"{stage['done']} of {stage['tasks']} tasks, {stage['in']} in = {stage['kept']} kept + "
        f"{stage['dropped']} dropped{why}; some {ahead_s / workers / 60:.0f} min left{cost}"
    )


def _tell(manifest: dict[str, Any]) -> None:
    for name, stage in manifest["stages"].items():
        counts = f"{stage['in']} in = {stage['kept']} kept + {stage['dropped']} dropped"
        click.echo(f"{name:10} {stage['done']}/{stage['tasks']} tasks  {counts}  {stage['peak_mb']} MB")
        mean_s = stage["worker_seconds"] / max(stage["done"], 1)
        if stage["done"] > 1 and stage["longest"]["seconds"] > _SKEWED * mean_s:
            longest = stage["longest"]
            click.echo(
                f"{'':10}   task {longest['task']} took {longest['seconds']:.0f} s, the mean {mean_s:.0f} s"
            )
        for reason, count in sorted(stage["why"].items(), key=lambda item: -item[1])[:10]:
            click.echo(f"{'':10}   {count} × {reason}")
    if manifest["finished"]:
        skew = manifest["skew"]
        sizes = [f"{name}: {size}" for name, size in list(skew["largest_stories"].items())[:3] if size > 1]
        largest = f"; the largest {', '.join(sizes)}" if sizes else ""
        click.echo(f"finished: {skew['stories']} {'story' if skew['stories'] == 1 else 'stories'}{largest}")
        for source, stripes in skew["archives_in_stripes"].items():
            click.echo(f"shared out in {stripes}: {source}")
        for giant in skew["giant_parts"]:
            size, tasks = giant["reports"], giant["tasks"]
            click.echo(
                f"{size} reports of one stretch of days hang together: {tasks} tasks formed their stories"
            )
    else:
        tell("not finished; `khabar batch resume` goes on")
