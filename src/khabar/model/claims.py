"""What is said about a page besides its visible text: each claim with the place where it was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ClaimField(StrEnum):
    """What a claim is about."""

    TITLE = "title"
    PUBLISHED = "published"
    MODIFIED = "modified"
    CAPTURED = "captured"  # when somebody fetched or saved the page
    OUTLET = "outlet"
    BYLINE = "byline"
    SECTION = "section"
    ADDRESS = "address"
    LANGUAGE = "language"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said, as it is written there, and where: "json-ld datePublished", "feed entry"."""

    field: ClaimField
    text: str
    origin: str
