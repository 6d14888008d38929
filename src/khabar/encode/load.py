"""Opens an encoder: the shipped one, or any that a folder holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from khabar.encode.build import PRECISIONS, built_encoder, write_model
from khabar.encode.cache import CachedEncoder, VectorStore
from khabar.encode.model import open_folder
from khabar.encode.types import Encoder
from khabar.errors import ModelError, SettingError
from khabar.settings import cache_folder, count_cores


def load_encoder(
    *,
    folder: str | Path | None = None,
    cache: str | Path | None = None,
    precision: str = "int8",
    threads: int | None = None,
    keep_mb: int = 256,
    say: Callable[[str], None] | None = None,
) -> Encoder:
    """An encoder ready to run.

    `folder`: a model folder to use instead of the shipped encoder. `cache`: where the shipped one is built
    and vectors are kept (else KHABAR_CACHE, else the user's cache folder). `threads`: texts encoded at once
    (else one for each core). `keep_mb`: room for kept sentence vectors, 0 to keep none. `say` hears what
    takes long.
    Errors: ModelError, SettingError.
    """
    threads = count_cores() if threads is None else threads
    _check_settings(precision, threads, keep_mb)
    room = cache_folder(cache)
    if folder is not None:
        encoder = open_folder(Path(folder), threads)
    else:
        encoder = built_encoder(room / "models", precision, threads, say or _hush)
    if not keep_mb:
        return encoder
    return CachedEncoder(encoder, VectorStore(room / "vectors.sqlite3", encoder.name, keep_mb * 1_000_000))


def export_model(folder: str | Path, *, precision: str = "int8") -> Path:
    """The folder, with the shipped encoder written to it, for machines that cannot install the weights."""
    _check_settings(precision)
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ModelError(f"{target} exists and is not an empty folder. Name a folder that is new or empty.")
    try:
        return write_model(target, precision)
    except OSError as error:
        raise ModelError(
            f"The model cannot be written to {target} ({error}). Name another folder."
        ) from error


def _check_settings(precision: str, threads: int = 1, keep_mb: int = 0) -> None:
    if precision not in PRECISIONS:
        raise SettingError(f"precision is {precision!r}; it must be one of {', '.join(PRECISIONS)}.")
    if threads < 1:
        raise SettingError(f"threads is {threads}; it must be 1 or more.")
    if keep_mb < 0:
        raise SettingError(f"keep_mb is {keep_mb}; it must be 0 (keep no vectors) or more.")


def _hush(_: str) -> None:
    """Tells nobody."""
