"""How many inputs lie ahead, so that who waits sees how long it will take."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

# Files that may hold any number of reports.
_MANY = frozenset(
    [
        *(".csv", ".tsv", ".jsonl", ".ndjson", ".mbox", ".mht", ".mhtml", ".warc", ".wacz"),
        *(".xml", ".rss", ".atom"),
        *(".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip", ".zst"),
    ]
)
_STANDARD_INPUT = "-"


def count_ahead(sources: Sequence[str | Path]) -> int:
    """The number of files in all these places; 0 where that does not say how many reports they hold."""
    total = 0
    for source in sources:
        if source == _STANDARD_INPUT or "://" in str(source):
            return 0
        for name in _files(Path(source)):
            if PurePath(name).suffix.lower() in _MANY:
                return 0
            total += 1
    return total


def _files(path: Path) -> Iterator[str]:
    try:
        if not path.is_dir():
            yield path.name
            return
    except OSError:  # reading it says what is wrong
        yield path.name
        return
    for _, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (name for name in names if not name.startswith("."))
