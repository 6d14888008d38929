"""`khabar jobs`."""

from __future__ import annotations

import click

from khabar.cli.listing import as_json, of_library, open_lines, open_named, quoted, tell_json


@click.command()
@click.argument("job", required=False)
@click.option("--cancel", is_flag=True, help="Ask JOB to end at its next step.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many to list."
)
@of_library
@as_json
def jobs(job: str | None, cancel: bool, limit: int, library: str | None, json_wanted: bool) -> None:
    """Lists long work, the newest first: what runs, and what became of the rest."""
    from khabar.library.jobs import cancel_job, list_jobs, read_job  # noqa: PLC0415

    if cancel and job is None:
        raise click.UsageError("--cancel needs the id of a job.")
    with open_named(library) as opened:
        if job is None:
            found = list_jobs(opened.store, limit=limit)
        else:
            found = [cancel_job(opened.store, job) if cancel else read_job(opened.store, job)]
    if json_wanted:
        tell_json({"jobs": found})
        return
    lines = open_lines(opened.settings)
    for one in found:
        state = "cancelled soon" if one.cancel and one.ended is None else one.state.value
        count = f"{one.stage} {one.done}/{one.total or '?'}" if one.ended is None and one.stage else ""
        facts = (one.id, one.kind, state, count, one.made[:16].replace("T", " "))
        lines.line(" · ".join(filter(None, facts)), "bold")
        for words in filter(None, (one.asked, one.result)):
            lines.line(quoted(words), "dim", 4)
    if not found:
        click.echo("No job yet.")
