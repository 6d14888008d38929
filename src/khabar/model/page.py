"""What was read, before anything is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageKind(StrEnum):
    """How the text of a page must be taken apart."""

    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Page:
    """One input, decoded: `text` is what the bytes say, line ends unaltered, without a byte-order mark."""

    path: str
    kind: PageKind
    text: str
    charset: str
    charset_from: str  # "bom", "declared", "detected" or "assumed"
    broken: int = 0  # characters that stand for bytes which the charset does not know
