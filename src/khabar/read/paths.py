"""Files and folders to pages: one outcome for every input, nothing lost."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.decode import Decoded, decode

KINDS = {".txt": PageKind.TEXT, ".html": PageKind.HTML, ".htm": PageKind.HTML}
LIMIT_BYTES = 50_000_000
_ACCEPTED = ".txt, .html, .htm and folders of them"
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3\x00", "a database"),
)


def read_paths(paths: Sequence[Path], limit_bytes: int = LIMIT_BYTES) -> Iterator[Outcome[Page]]:
    """A page, or the reason why there is none, for each file named and each file in a folder named.

    Folders are read with all below them, in the order of their names; hidden entries are passed over.
    """
    for path in paths:
        if _is_folder(path):
            yield from _read_folder(path, limit_bytes)
        else:
            yield _read_file(path, limit_bytes)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, a chain of links: reading it says what is wrong
        return False


def _read_folder(folder: Path, limit_bytes: int) -> Iterator[Outcome[Page]]:
    reports = 0
    for found in _walk(folder):
        if isinstance(found, Dropped):
            yield found
        elif found.suffix.lower() in KINDS:
            reports += 1
            yield _read_file(found, limit_bytes)
        else:
            yield _drop(found, f"not a report: {found.suffix or 'no suffix'}")
    if not reports:
        yield _drop(folder, f"there is no report in this folder; accepted are {_ACCEPTED}")


def _walk(folder: Path) -> Iterator[Path | Dropped]:
    """The files below a folder in order, and the folders that cannot be read; each real folder once."""
    ahead, seen = [folder], set[str]()
    while ahead:
        path = ahead.pop()
        if not _is_folder(path):
            yield path
        elif (real := os.path.realpath(path)) in seen:
            yield _drop(path, "this link leads to a folder that is read already")
        else:
            seen.add(real)
            try:
                ahead += sorted((e for e in path.iterdir() if not e.name.startswith(".")), reverse=True)
            except OSError as error:
                yield _drop(path, f"this folder cannot be read: {error.strerror}")


def _read_file(path: Path, limit_bytes: int) -> Outcome[Page]:
    kind = KINDS.get(path.suffix.lower())
    try:
        facts = path.stat()
        if kind is None:
            return _drop(
                path, f"{path.suffix or 'no suffix'} is no kind that is read; accepted are {_ACCEPTED}"
            )
        if not stat.S_ISREG(facts.st_mode):
            return _drop(path, "this is not a file but a device or pipe")
        if facts.st_size > limit_bytes:
            return _drop(path, f"too large: {facts.st_size:,} bytes, the limit is {limit_bytes:,}")
        data = path.read_bytes()
    except FileNotFoundError:
        return _drop(path, "there is no file or folder of this name")
    except (OSError, ValueError) as error:
        return _drop(path, f"it cannot be read: {getattr(error, 'strerror', None) or error}")
    return _page(path, kind, data)


def _page(path: Path, kind: PageKind, data: bytes) -> Outcome[Page]:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return _drop(path, f"not text but {name}, whatever its name says")
    found = decode(data, html=kind is PageKind.HTML)
    fault = _fault(found)
    if fault:
        return _drop(path, fault)
    return Kept(Page(str(path), kind, found.text, found.charset, found.charset_from, found.broken))


def _fault(found: Decoded) -> str:
    """Why a decoded file is no text; empty when it is."""
    letters = len(found.text) - sum(map(found.text.count, " \t\r\n"))
    controls = sum(found.text.count(chr(code)) for code in (*range(9), *range(14, 28), 0x7F))
    if controls * 20 > letters:
        return "not text: it holds binary data"
    if not any(char.isprintable() and not char.isspace() for char in found.text):
        return "this file is empty"  # a lone direction mark or byte-order mark shows nothing either
    if found.broken * 2 > letters:
        return f"not text: {found.broken:,} of its {letters:,} characters cannot be read as {found.charset}"
    return ""


def _drop(path: Path, reason: str) -> Dropped:
    return Dropped(str(path), "read", reason)
