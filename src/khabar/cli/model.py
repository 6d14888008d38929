"""`khabar model build` and `khabar model export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from khabar.cli.shared import PathType, tell


@click.group()
def model() -> None:
    """Builds the encoder, or writes it out for another machine."""


@model.command()
@click.option("--threads", type=int, metavar="N", help="Threads for the check after building.")
@click.option("--cache", metavar="FOLDER", help="Where the built model lies.")
def build(**flags: Any) -> None:
    """Builds the built-in encoder into the cache now, instead of at the first comparison."""
    from khabar.encode.load import load_encoder  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    chosen = load_settings(flags)
    encoder = load_encoder(
        cache=chosen.cache, precision=chosen.precision, threads=chosen.threads, keep_mb=0, say=tell
    )
    click.echo(f"{encoder.name} is ready in {chosen.cache}")


@model.command()
@click.argument("folder", type=PathType)
def export(folder: Path) -> None:
    """Writes the built-in encoder to FOLDER, for machines without a package registry.

    There: khabar compare PATHS --model FOLDER
    """
    from khabar.encode.load import export_model  # noqa: PLC0415
    from khabar.settings import load_settings  # noqa: PLC0415

    click.echo(f"Written: {export_model(folder, precision=load_settings().precision)}")
