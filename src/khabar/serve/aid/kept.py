"""What was translated already, kept by content in the cache folder."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


class Kept:
    """A file for each text, named by the digest of translator, languages and text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, translator: str, text: str, source: str, target: str) -> str | None:
        """The translation, where there is one."""
        try:
            return self._file(translator, text, source, target).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, translator: str, text: str, source: str, target: str, told: str) -> None:
        """Keeps it; a full disk is no reason to fail."""
        file = self._file(translator, text, source, target)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(f"{file.name}.{uuid4().hex}")
            new.write_text(told, encoding="utf-8", errors="replace", newline="")
            new.replace(file)

    def _file(self, translator: str, text: str, source: str, target: str) -> Path:
        whole = "\0".join((translator, source, target, text)).encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(whole).hexdigest()
        return self.folder / digest[:2] / digest
