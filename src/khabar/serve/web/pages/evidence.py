"""The evidence of one statement, to be opened in place."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from khabar.errors import NotFound
from khabar.serve.web.story_view import Shown, read_names, row_of
from khabar.show.evidence import cards


def evidence_part(request: Request, one: Shown, number: int | None = None) -> dict[str, Any]:
    """What the evidence's template needs; of the statement that the address opens, where none is named."""
    asked = request.query_params.get("open", "")
    at = number if number is not None else (int(asked) if asked.isdecimal() and len(asked) < 7 else None)
    row = None if at is None else row_of(one, at)
    if row is None:
        if number is not None:
            raise NotFound(f"this story has no statement {number}.")
        return {}
    found = cards(row, one.known)
    readings = {name: reading for card in found for name, reading in read_names(card, one.known)}
    return {
        "row": row, "number": at, "found": found, "readings": readings, "base": one.base,
        "chosen": request.query_params.get("at", ""),
    }  # fmt: skip
