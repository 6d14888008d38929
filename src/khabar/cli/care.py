"""`khabar backup`, `restore`, `check`, `reindex` and `totals`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from khabar.cli.listing import as_json, of_library, open_named, tell_json
from khabar.cli.shared import PathType, open_progress

_DAMAGED = 6  # the exit code of LibraryError


@click.command()
@click.argument("file", type=PathType)
@of_library
def backup(file: Path, library: str | None) -> None:
    """Writes the library as it is now to FILE, while others go on reading and adding."""
    with open_named(library) as opened:
        opened.backup(file)
    click.echo(f"Written: {file} ({file.stat().st_size:,} bytes)")


@click.command()
@click.argument("file", type=PathType)
@click.option("--replace", is_flag=True, help="Put a library that stands there aside, and say where.")
@of_library
def restore(file: Path, replace: bool, library: str | None) -> None:
    """Makes the library anew from the backup FILE."""
    from khabar.library import restore as bring_back  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    where = load_settings({"library": library}).library
    aside = bring_back(file, where, replace)
    click.echo(f"Restored: {where}" + (f" (the old one is {aside})" if aside else ""))


@click.command()
@of_library
@as_json
def check(library: str | None, json_wanted: bool) -> None:
    """Reads everything in the library and says what is wrong. Exit code 6 where something is."""
    with open_named(library) as opened, open_progress(json_wanted) as (progress, _):
        found = opened.check(progress)
    if json_wanted:
        tell_json(found)
    else:
        for fault in found.faults:
            click.echo(f"{fault.where}: {fault.what}", err=True)
        click.echo(f"{found.articles} reports read, {len(found.faults)} faults")
    if found.faults:
        sys.exit(_DAMAGED)


@click.command()
@click.option("--anew", is_flag=True, help="Read every report again from its original, too.")
@of_library
def reindex(anew: bool, library: str | None) -> None:
    """Makes the indexes anew and forms the stories again. What people decided holds, ids stay."""
    with open_named(library) as opened, open_progress(False) as (progress, _):
        articles = opened.reindex(anew, progress)
    click.echo(f"{articles} reports indexed")


@click.command()
@of_library
@as_json
def totals(library: str | None, json_wanted: bool) -> None:
    """Shows how much the library holds, and what became of every input."""
    with open_named(library) as opened:
        found = opened.totals()
    if json_wanted:
        tell_json(found)
        return
    parts = f"{found.kept} kept + {found.known} known + {found.dropped} dropped"
    click.echo(f"{found.inputs:,} inputs = {parts}")
    click.echo(
        f"{found.articles:,} reports in {found.stories:,} stories, {found.shared_stories:,} told by several"
    )
    click.echo(f"{found.entities:,} names · {found.decisions:,} decisions · {found.size_bytes:,} bytes")
