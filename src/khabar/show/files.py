"""Output files: refused before long work when they cannot be written, and never left half-written."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

from khabar.errors import SettingError

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def check_writable(path: Path) -> None:
    """Nothing when a file can be written there. Errors: SettingError says why not, and what to do."""
    if path.is_dir():
        raise SettingError(f"{path} is a folder. Name a file in it, as {path / 'report.html'}.")
    if path.exists() and not path.is_file() and os.access(path, os.W_OK):
        return  # a device or a pipe
    folder = path.parent
    if not folder.is_dir():
        raise SettingError(f"{path} cannot be written: the folder {folder} is not there. Make it first.")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}). Name another place.") from error


def write_file(path: Path, text: str) -> None:
    """Writes the whole file or, when something goes wrong, leaves what was there. Errors: SettingError."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes the whole file or, when something goes wrong, leaves what was there. Errors: SettingError."""
    path = path.resolve()  # a link stays a link: what it points at is replaced
    try:
        _replace(path, data)
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}). Name another place.") from error


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or a pipe cannot be replaced
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def json_text(data: object) -> str:
    """JSON in readable letters; characters that UTF-8 does not have are escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"
