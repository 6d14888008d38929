"""`khabar token create`, `list` and `revoke`."""

from __future__ import annotations

import click

from khabar.cli.listing import as_json, of_library, open_named, tell_json
from khabar.cli.shared import tell


@click.group()
def token() -> None:
    """Access to `khabar serve` for others than this machine."""


@token.command()
@click.option("--name", required=True, metavar="NAME", help="Whose it is, or what for.")
@click.option(
    "--scope", type=click.Choice(["read", "write"]), default="read", show_default=True,
    help="What it allows; write allows reading too.",
)  # fmt: skip
@of_library
def create(name: str, scope: str, library: str | None) -> None:
    """Makes a token and shows it, once."""
    from khabar.library.tokens import Scope, create_token  # noqa: PLC0415

    with open_named(library, create=True) as opened:
        made = create_token(opened.store, name, Scope(scope))
    tell("Keep it: it is not shown again. Send it as Authorization: Bearer TOKEN.")
    click.echo(made)


@token.command(name="list")
@of_library
@as_json
def list_all(library: str | None, json_wanted: bool) -> None:
    """Lists the tokens; none of them can be seen again."""
    from khabar.library.tokens import list_tokens  # noqa: PLC0415

    with open_named(library) as opened:
        found = list_tokens(opened.store)
    if json_wanted:
        tell_json({"tokens": found})
        return
    for one in found:
        used = f"used {one.last_used[:16]}" if one.last_used else "never used"
        gone = f" · revoked {one.revoked[:16]}" if one.revoked else ""
        click.echo(f"{one.name} · {one.scope} · made {one.made[:16]} · {used}{gone}")
    if not found:
        click.echo("No token yet.")


@token.command()
@click.argument("name")
@of_library
def revoke(name: str, library: str | None) -> None:
    """Makes the token open nothing any more."""
    from khabar.library.tokens import revoke_token  # noqa: PLC0415

    with open_named(library) as opened:
        gone = revoke_token(opened.store, name)
    click.echo(f"{gone.name} opens nothing any more.")
