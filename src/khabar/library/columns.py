"""Words as a database takes them, and the names that users see for numbered rows."""

from __future__ import annotations

from datetime import UTC, datetime

from khabar.errors import NotFound

ENTITY, STORY, DECISION = "e", "s", "d"
_KINDS = {ENTITY: "entity", STORY: "story", DECISION: "decision"}


def to_column(text: str) -> str:
    """The text without what no database takes: NUL and halves of letters are written out as escapes."""
    return text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def now() -> str:
    """This moment: ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_id(kind: str, number: int | None) -> str | None:
    """The name of a row: "e12", "s7", "d3"."""
    return None if number is None else f"{kind}{number}"


def to_number(kind: str, name: str) -> int:
    """The row's number. Errors: NotFound where the name is none of this kind."""
    digits = name.strip().removeprefix(kind)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise NotFound(f"there is no {_KINDS[kind]} {name!r}: its id is {kind} and a number, as {kind}12.")
    return int(digits)
