"""Archives of files: zip (WACZ too), tar, and single files packed with gzip, bzip2 or xz.

The names inside are shown to the user and never used for writing; nothing is unpacked to disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from khabar.model.outcome import Outcome
from khabar.model.page import Page
from khabar.read.faults import PACKING_FAULTS, Unreadable, reason_of
from khabar.read.found import Counted, Found, Reading, stream_of
from khabar.read.kinds import Kind
from khabar.read.limits import Piecewise, Unpacked, read_all

_LARGEST_DIRECTORY = 200_000_000  # bytes; a million names take some 100
_LARGEST_TAR_NOTE = 1_000_000  # bytes of one header that carries a long name or the like
_TAR_SUFFIXES = (".tar", ".tgz", ".tbz2", ".txz")
_PLAIN_NAMES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def read_zip(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """An outcome for each file in a zip; of a WACZ only its web archives are read."""
    file = found.stream if found.seekable else io.BytesIO(read_all(found.stream, reading.item_bytes))
    _check_directory(cast(BinaryIO, file))
    with zipfile.ZipFile(cast(BinaryIO, file)) as archive:
        entries = [
            entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)
        ]
        if any(entry.filename == "datapackage.json" for entry in entries):
            entries = [e for e in entries if e.filename.startswith("archive/")] or entries
        if not entries:
            yield found.drop("this archive is empty")
        for entry in entries:
            reading.budget.pay_entry()
            yield from _read_zipped(found, reading, archive, entry)


def _read_zipped(
    found: Found, reading: Reading, archive: zipfile.ZipFile, entry: zipfile.ZipInfo
) -> Iterator[Outcome[Page]]:
    name = _readable_name(entry)
    inner = replace(_inside(found), path=f"{found.path}!{name}", name=name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield inner.drop("a link inside an archive is not followed")
        return
    if entry.flag_bits & 1:
        yield inner.drop("it needs a password")
        return
    try:
        with archive.open(entry) as file:
            unpacked = Unpacked(cast(Piecewise, file), reading.budget, lambda: entry.compress_size)
            inner.stream = stream_of(cast(BinaryIO, unpacked))
            yield from reading.each(inner)
    except PACKING_FAULTS as error:
        yield inner.drop(f"it cannot be unpacked: {reason_of(error)}")


def _readable_name(entry: zipfile.ZipInfo) -> str:
    """The name of a file: many programs write UTF-8 without saying so, which zipfile reads as cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _check_directory(file: BinaryIO) -> None:
    """Errors: Unreadable where the list of names alone would fill the memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    place = tail.rfind(b"PK\x05\x06")
    if place >= 0 and len(tail) >= place + 16:
        listed = struct.unpack_from("<L", tail, place + 12)[0]
        if min(listed, size) > _LARGEST_DIRECTORY:
            raise Unreadable("its list of names is too long", whole=True)
    file.seek(0)


class _Entry(tarfile.TarInfo):
    """A header of a tar: its notes may claim any size, and are read into memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type not in tarfile.SUPPORTED_TYPES or self.type in tarfile.REGULAR_TYPES:
            return super()._proc_member(archive)  # type: ignore[misc,no-any-return]
        if self.size > _LARGEST_TAR_NOTE and self.type != tarfile.GNUTYPE_SPARSE:
            raise tarfile.HeaderError("a header is too large")
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]


def read_tar(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """An outcome for each file in a tar, read in one pass."""
    count = 0
    try:
        with tarfile.open(fileobj=found.stream, mode="r|", tarinfo=_Entry) as archive:
            for entry in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # else every header stays in memory
                if entry.isdir() or _is_hidden(entry.name):
                    continue
                reading.budget.pay_entry()
                count += 1
                yield from _read_tarred(found, reading, archive, entry)
    except PACKING_FAULTS as error:
        yield found.drop(f"this archive is cut or broken after {count:,} files ({reason_of(error)})")
        return
    if not count:
        yield found.drop("this archive is empty")


def _read_tarred(
    found: Found, reading: Reading, archive: tarfile.TarFile, entry: tarfile.TarInfo
) -> Iterator[Outcome[Page]]:
    inner = replace(_inside(found), path=f"{found.path}!{entry.name}", name=entry.name)
    file = archive.extractfile(entry) if entry.isreg() else None
    if file is None:
        yield inner.drop("a link, device or pipe inside an archive is not followed")
        return
    inner.stream = stream_of(cast(BinaryIO, file))
    yield from reading.each(inner)


def read_packed(found: Found, reading: Reading, kind: Kind) -> Iterator[Outcome[Page]]:
    """What one packed file holds: a report, a tar, a web archive."""
    packed = Counted(found.stream)
    opener = {Kind.GZIP: gzip.GzipFile, Kind.BZIP2: bz2.BZ2File, Kind.XZ: lzma.LZMAFile}[kind]
    file = (
        gzip.GzipFile(fileobj=cast(BinaryIO, packed))
        if opener is gzip.GzipFile
        else opener(cast(BinaryIO, packed))
    )
    inner = _inside(found)
    inner.name = _plain_name(found.name)
    inner.path = f"{found.path}!{inner.name.rsplit('/', 1)[-1]}" if _is_report(inner.name) else found.path
    unpacked = Unpacked(file, reading.budget, lambda: packed.count)
    inner.stream = stream_of(cast(BinaryIO, unpacked))
    yield from reading.each(inner)


def _is_report(name: str) -> bool:
    return not name.endswith(_TAR_SUFFIXES)


def _plain_name(name: str) -> str:
    """The name without its packing: "a.html.gz" is "a.html", "a.tgz" is "a.tar"."""
    stem, dot, suffix = name.rpartition(".")
    return stem + _PLAIN_NAMES.get(f".{suffix.lower()}", "") if dot else name


def _inside(found: Found) -> Found:
    """Something in `found`: one level deeper, no longer the very file that the user named."""
    return replace(found, depth=found.depth + 1, seekable=False, media="", charset=None)


def _is_hidden(name: str) -> bool:
    """What archivers add on their own, and what a folder would pass over as well."""
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in name.split("/")
    )
