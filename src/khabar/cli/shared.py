"""What several commands use: the terminal, the progress and words on the error stream."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from khabar.progress import Progress

WIDE = 120  # columns where nobody says how many there are
PathType = click.Path(path_type=Path)


def open_progress(quiet: bool) -> AbstractContextManager[tuple[Progress, Callable[[str], None]]]:
    """Progress bars on the error stream and what says a sentence beside them; nothing when `quiet`."""
    from khabar.show.bars import bars, silence  # noqa: PLC0415

    return silence() if quiet else bars(sys.stderr)


def open_console(colour: str) -> Console:
    """The terminal that tables are written to."""
    from rich.console import Console  # noqa: PLC0415

    plain = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(
        force_terminal=True if colour == "always" else None,
        no_color=True if colour == "never" else None,
        width=WIDE if plain else None,
    )


def tell(sentence: str) -> None:
    """Writes a sentence to the error stream."""
    click.echo(sentence, err=True)
