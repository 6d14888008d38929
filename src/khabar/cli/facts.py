"""`khabar languages`, `khabar settings` and `khabar schema`: what khabar says of itself."""

from __future__ import annotations

from pathlib import Path

import click

from khabar.cli.shared import open_console


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def languages(as_json: bool) -> None:
    """Shows what is supported in each language, with the error that was measured."""
    from khabar.show.abilities import abilities, show_abilities  # noqa: PLC0415
    from khabar.show.files import json_text  # noqa: PLC0415

    found = abilities()
    if as_json:
        click.echo(json_text({"languages": found}), nl=False)
    else:
        show_abilities(found, open_console("auto"))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def settings(as_json: bool) -> None:
    """Shows every setting, its value and where the value comes from."""
    from khabar.settings import ROWS, find_settings  # noqa: PLC0415
    from khabar.show.files import json_text  # noqa: PLC0415

    found = find_settings()
    if as_json:
        values = {name: {"value": _plain(one.value), "from": one.origin} for name, one in found.items()}
        click.echo(json_text(values), nl=False)
        return
    for row in ROWS:
        one = found[row.name]
        value = "none" if one.value is None else f"{one.value} {row.unit if row.kind in {int, float} else ''}"
        click.echo(f"{row.name:<16} {value.strip()}  ({one.origin})\n{'':<16} {row.help}")
    click.echo("\nOrder: flag, KHABAR_<NAME> variable, khabar.toml in this folder, default.")


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Path) else value


@click.command()
def schema() -> None:
    """Prints the JSON Schema of the result."""
    from khabar.show.files import json_text  # noqa: PLC0415
    from khabar.show.schema import schema as result_schema  # noqa: PLC0415

    click.echo(json_text(result_schema()), nl=False)
