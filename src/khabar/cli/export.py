"""`khabar export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from khabar.cli.listing import of_library, open_named
from khabar.cli.shared import PathType

FORMS = "csv, xlsx, parquet, json, jsonld, ftm, html or docx."
EXPORT = """\b
Examples:
  khabar export s3 --to docx --out story.docx
  khabar export s3 s7 --to xlsx --out stories.xlsx     a sheet for each table
  khabar export s3 --to csv --table differences        to standard output
  khabar export s3 --to ftm | ftm validate             FollowTheMoney entities, a line each

Tables: statements, differences, quotes, reports, names, relations, dropped. Every row that
asserts something names the report and the place of its words."""


@click.command(epilog=EXPORT)
@click.argument("stories", nargs=-1, required=True)
@click.option("--to", "form", required=True, metavar="FORM", help=FORMS)
@click.option("--table", default="statements", metavar="TABLE", help="Which table, for csv and parquet.")
@click.option("--out", type=PathType, metavar="FILE", help="Where to write; without it, standard output.")
@of_library
def export(stories: tuple[str, ...], form: str, table: str, out: Path | None, library: str | None) -> None:
    """Writes STORIES of the library for other programs and for people."""
    from khabar.show.exports import check_form  # noqa: PLC0415
    from khabar.show.exports import export as write_as  # noqa: PLC0415
    from khabar.show.files import check_writable, write_bytes  # noqa: PLC0415

    check_form(form, table)
    if out is not None:
        check_writable(out)
    with open_named(library) as opened:
        written = write_as(opened.comparison(list(stories)), form, table)
    if out is not None:
        write_bytes(out, written)
    else:
        sys.stdout.buffer.write(written)
