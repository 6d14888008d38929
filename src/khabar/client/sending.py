"""Reports as the API takes them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Report:
    """A report, or an archive of them, to send: its words, or the bytes of any file that khabar reads."""

    name: str
    content: str | bytes
    address: str | None = None

    @classmethod
    def of(cls, path: Path) -> Report:
        """A file on this machine."""
        return cls(path.name, path.read_bytes())

    def data(self) -> dict[str, Any]:
        """The report as JSON."""
        if isinstance(self.content, str):
            said = {"text": self.content}
        else:
            said = {"content": base64.b64encode(self.content).decode()}
        return {"name": self.name, "address": self.address, **said}


Sent = Report | Path | str


def work_of(reports: Sequence[Sent]) -> dict[str, Any]:
    """What to compare or to add: reports and files are sent, addresses (https://...) are for the server."""
    addresses = [one for one in reports if isinstance(one, str)]
    files = [Report.of(one) if isinstance(one, Path) else one for one in reports if not isinstance(one, str)]
    return {"reports": [one.data() for one in files], "addresses": addresses}
