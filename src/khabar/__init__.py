"""khabar: which reports tell the same story, and how their accounts differ."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from os import PathLike
from pathlib import Path

from khabar.model.story import Comparison
from khabar.progress import Progress
from khabar.settings import Settings, load_settings

# The package khabar.compare has the name of the function below. Once it is imported, its name is taken
# only once, here, and the function keeps it.
import_module("khabar.compare")

__all__ = ["Comparison", "Settings", "compare"]


def compare(
    paths: Iterable[str | PathLike[str]],
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Which of the reports at these paths tell the same story, and how their accounts differ.

    Paths are files (text, HTML, PDF, Word, mail, JSON, feeds, archives), folders, and addresses, which are
    fetched. Each report in them ends in the result, as an article or as dropped with a reason. Without
    `settings` those of the environment and khabar.toml hold, as on the command line. Errors: ModelError,
    SettingError.
    """
    from khabar.pipeline import compare_paths  # noqa: PLC0415  (loads the encoder's libraries)

    return compare_paths(
        [path if isinstance(path, str) else Path(path) for path in paths],
        settings or load_settings(),
        progress,
    )
