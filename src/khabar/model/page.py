"""What was read, before anything is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.claims import Claim


class PageKind(StrEnum):
    """How the text of a page must be taken apart."""

    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Page:
    """One input, decoded: `text` is what the bytes say, line ends unaltered, without a byte-order mark.

    `path` names the input for the user: a file, an address, or "archive.zip!page.html" for a part of one.
    `claims` is what was said of the page where it was found: feed entry, headers, the record of an archive.
    """

    path: str
    kind: PageKind
    text: str
    charset: str
    charset_from: str  # "bom", "declared", "detected" or "assumed"
    broken: int = 0  # characters that stand for bytes which the charset does not know
    address: str | None = None  # where it stands on the web, when that is known
    captured: str | None = None  # ISO 8601 moment in UTC at which it was fetched or archived
    claims: tuple[Claim, ...] = ()
