"""`khabar mcp`."""

from __future__ import annotations

import click

from khabar.cli.listing import of_library, open_named
from khabar.errors import SettingError

MCP = """\b
For an assistant that speaks the Model Context Protocol, as its list of servers has it:
  {"khabar": {"command": "khabar", "args": ["mcp", "--library", "/where/khabar.db"]}}

Tools: search, story, compare, quotes. They read only, fetch nothing, and cite the place of all words."""
NEEDED = "mcp is not installed. `khabar mcp` needs it: pip install 'khabar[mcp]'."


@click.command(epilog=MCP)
@of_library
def mcp(library: str | None) -> None:
    """Serves the library to an assistant, over standard input and output."""
    try:
        from khabar.serve.assistant import make_assistant  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise SettingError(NEEDED) from error
    with open_named(library) as opened:
        make_assistant(opened).run("stdio")
