"""What stops the reading of one input. It never leaves this room: it becomes a `Dropped` with its words."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib


class Unreadable(Exception):  # noqa: N818  (it is caught here, and no error that a user meets)
    """One input cannot be read; with `whole` neither can what is left of the archive that holds it."""

    def __init__(self, reason: str, whole: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.whole = reason, whole


# All that the standard library raises on torn or hostile archives.
PACKING_FAULTS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,  # a way of packing that is not known
    RuntimeError,  # a password is needed
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    MemoryError,
)


def reason_of(error: BaseException) -> str:
    """What an error says, in one line."""
    if isinstance(error, Unreadable):
        return error.reason
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(words).split())[:200]
