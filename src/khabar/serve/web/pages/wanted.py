"""What the address of a story's page asks for."""

from __future__ import annotations

from starlette.requests import Request

from khabar.serve.web.board import Wanted, wanted_of


def table_wanted(request: Request) -> Wanted:
    """How the table is to be shown."""
    given = request.query_params
    return wanted_of(
        given.get("order", ""), given.get("group", ""), given.get("hide", ""), given.getlist("unfold")
    )
