"""The command line. Everything heavy is imported where it is used, so that help comes at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

import click

from khabar.cli.lazy import LazyGroup
from khabar.errors import KhabarError

INTERRUPTED = 130
UNWRITABLE = 2
EPILOG = """\b
Examples:
  khabar compare reports/                         table in the terminal
  khabar compare a.txt b.html --html report.html  a page to pass on
  khabar compare reports/ --json - | jq .stories  for programs
  khabar languages                                what is supported, with measured error
  khabar settings                                 every setting and where its value comes from

Exit codes: 0 done, 2 a setting or argument is wrong, 3 a language pack is broken,
4 nothing could be read, 5 the encoder cannot be used, 6 the library cannot be used or
is damaged, 7 something named is not there, 130 interrupted."""
FORMATS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
# A command's name and where it stands; help lists them in this order.
COMMANDS = {
    "compare": "khabar.cli.compare:compare",
    "languages": "khabar.cli.facts:languages",
    "settings": "khabar.cli.facts:settings",
    "schema": "khabar.cli.facts:schema",
    "model": "khabar.cli.model:model",
    "eval": "khabar.cli.evaluate:evaluate",
    "init": "khabar.cli.shelf:init",
    "add": "khabar.cli.shelf:add",
    "stories": "khabar.cli.shelf:stories",
    "story": "khabar.cli.shelf:story",
    "articles": "khabar.cli.shelf:articles",
    "article": "khabar.cli.shelf:article",
    "person": "khabar.cli.shelf:person",
    "search": "khabar.cli.search:search",
    "export": "khabar.cli.export:export",
    "follow": "khabar.cli.sources:follow",
    "unfollow": "khabar.cli.sources:unfollow",
    "sources": "khabar.cli.sources:sources",
    "fetch": "khabar.cli.sources:fetch",
    "watch": "khabar.cli.sources:watch",
    "alert": "khabar.cli.alerts:alert",
    "alerts": "khabar.cli.alerts:alerts",
    "jobs": "khabar.cli.jobs:jobs",
    "serve": "khabar.cli.serve:serve",
    "token": "khabar.cli.token:token",
    "mcp": "khabar.cli.mcp:mcp",
    "merge": "khabar.cli.decide:merge",
    "split": "khabar.cli.decide:split",
    "confirm": "khabar.cli.decide:confirm",
    "reject": "khabar.cli.decide:reject",
    "note": "khabar.cli.decide:note",
    "undo": "khabar.cli.decide:undo",
    "decisions": "khabar.cli.decide:decisions",
    "totals": "khabar.cli.care:totals",
    "backup": "khabar.cli.care:backup",
    "restore": "khabar.cli.care:restore",
    "check": "khabar.cli.care:check",
    "reindex": "khabar.cli.care:reindex",
    "batch": "khabar.cli.batch:batch",
}


def main() -> None:
    """Runs the command line; ends the process with the exit code of what went wrong."""
    _speak_utf8()
    # Our products of small matrices are sixty times slower when BLAS hands each to threads on a busy
    # machine; the encoder has threads of its own. It must be set before numpy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        khabar.main(standalone_mode=False)
    except KhabarError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.filename is not None:
            raise
        _leave_output(error)


def _leave_output(error: OSError) -> None:
    """Says that the standard output took no more, and writes no further to it: not at the end either."""
    click.echo(f"Error: the output cannot be written ({error.strerror}). Name another place.", err=True)
    sys.stdout = _nowhere()
    sys.exit(UNWRITABLE)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _speak_utf8() -> None:
    # A process that was started with its output closed has none.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and "utf" not in (stream.encoding or "").lower():
            stream.reconfigure(encoding="utf-8")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("khabar")
    except PackageNotFoundError:
        return "unknown (not installed)"


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"khabar {_version()}")
        context.exit()


@click.group(cls=LazyGroup, commands_at=COMMANDS, context_settings=FORMATS, epilog=EPILOG)
@click.option(
    "--version", is_flag=True, callback=_print_version, expose_value=False, is_eager=True,
    help="Show the version.",
)  # fmt: skip
def khabar() -> None:
    """Finds which news reports tell the same story, and lays their statements side by side."""
