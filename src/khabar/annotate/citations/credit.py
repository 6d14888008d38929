"""A place that credits somebody, and how the name in it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from khabar.model.mentions import NameKind
from khabar.model.span import Span

LONGEST_NAME_WORDS = 6
MARKED = re.compile(r"[\"“”«»„]\s*([^\"“”«»„\n]{2,60}?)\s*[\"“”«»]")
_NAME_END = re.compile(r"[،,.;؛|/()\[\]\n؟?!*•]|\s[-–—]\s")


# What a name may be for it to be an outlet: not every organisation is known to be one.
BODIES = (NameKind.ORGANISATION, NameKind.OUTLET)


class Place(StrEnum):
    """Where a credit stands, which tells how far it reaches."""

    WORDS = "words"
    DATELINE = "dateline"
    TAG = "tag"
    SOURCE_LINE = "source_line"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Credit:
    """A place that credits somebody: the words, the name in them, its entity where a name was found there."""

    span: Span
    name: str
    entity: str | None
    reason: str
    place: Place = Place.WORDS


def behind_space(text: str, at: int) -> int:
    """The first place from there on that is no white space, colon or dash."""
    while at < len(text) and (text[at].isspace() or text[at] in ":-–—"):
        at += 1
    return at


def name_end(text: str, start: int, end: int) -> int:
    """Where a name that begins about there ends: at a pause, or after the most words that a name has."""
    start = behind_space(text, start)
    pause = _NAME_END.search(text, start, end)
    end = pause.start() if pause else end
    words = list(re.finditer(r"\S+", text[start:end]))[:LONGEST_NAME_WORDS]
    return start + words[-1].end() if words else start


def plain_name(name: str) -> str:
    """A name without marks and white space at its ends."""
    return " ".join(name.split()).strip(" \"“”«»‘’'()[]:-–—،,.")
