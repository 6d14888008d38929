"""khabar: which reports tell the same story, and how their accounts differ."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from khabar.model.story import Comparison
from khabar.progress import Progress
from khabar.settings import Settings, load_settings

if TYPE_CHECKING:
    from khabar.group.likeness import Similarity

# The package khabar.compare has the name of the function below. Once it is imported, its name is taken
# only once, here, and the function keeps it.
import_module("khabar.compare")

__all__ = ["Comparison", "Settings", "Similarity", "compare", "similarity"]


def __getattr__(name: str) -> type[Similarity]:
    if name != "Similarity":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from khabar.group.likeness import Similarity  # noqa: PLC0415  (loads numpy, which --help does without)

    return Similarity


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


def similarity(
    a: str | PathLike[str],
    b: str | PathLike[str],
    settings: Settings | None = None,
    language: str = "en",
) -> Similarity:
    """How surely two reports tell of one event: one score from 0 to 1, with its parts and reasons.

        >>> found = khabar.similarity("beirut.html", "tehran.txt")
        >>> found.score, found.verdict
        (0.99, 'same')
        >>> [reason.sentence for reason in found.reasons]
        ['The nearest sentences of beirut.html and tehran.txt are closely alike (0.61).', ...]

    A path is a file or an address that holds one report, in any language. The score is the chance that the
    pair decision of grouping gives; from .8 on the verdict is "same", up to .2 "different", else "unsure".
    The reasons are in `language` (en, ar, fa). Nothing else that lies near the two changes it. How it was
    measured: docs/decisions/grouping.md. Errors: ReadError, ModelError, SettingError.
    """
    from khabar.pipeline import measure_similarity  # noqa: PLC0415  (loads the encoder's libraries)

    one, other = (path if isinstance(path, str) else Path(path) for path in (a, b))
    return measure_similarity(one, other, settings or load_settings(), language)
