"""The evidence of one statement, to be opened in place."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from khabar.errors import NotFound
from khabar.serve.web.story_view import Shown, read_names, row_of
from khabar.show.evidence import cards

_ALL = "all"
_MOST_OPEN = 300


def opened(request: Request, one: Shown) -> dict[int, dict[str, Any]]:
    """What the evidence's template needs, for each statement that the address opens; "all" opens all."""
    asked = request.query_params.get("open", "")
    if asked == _ALL:
        return {number: evidence_part(request, one, number) for number in _all_rows(one)}
    number = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    return {number: evidence_part(request, one, number)} if row_of(one, number) else {}


def _all_rows(one: Shown) -> range:
    return range(1, min(len(one.view["rows"]), _MOST_OPEN) + 1)


def evidence_part(request: Request, one: Shown, number: int) -> dict[str, Any]:
    """What the evidence's template needs for a statement. Errors: NotFound."""
    row = row_of(one, number)
    if row is None:
        raise NotFound(f"this story has no statement {number}.")
    found = cards(row, one.known)
    readings = {name: reading for card in found for name, reading in read_names(card, one.known)}
    return {
        "row": row, "number": number, "found": found, "readings": readings, "base": one.base,
        "chosen": request.query_params.get("at", ""),
    }  # fmt: skip
