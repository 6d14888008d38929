"""The translation aid on request: sentences of an opened row in the reader's language, and marked."""

from __future__ import annotations

import re
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from khabar.errors import NotFound
from khabar.serve.aid import Aid, AidError, Line
from khabar.serve.web.desk import read_form, reader_of
from khabar.serve.web.render import page

router = APIRouter()
_MOST_LINES = 40
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


@router.post("/aid/translate")
async def translate(request: Request) -> Response:
    """The sentences that the form brings in the reader's language; why not, where the aid cannot."""
    form = await read_form(request)
    aid: Aid | None = request.app.state.aid
    if aid is None:
        raise NotFound("no translation aid is set. Set translate_model or translate_endpoint.")
    target, lines = reader_of(request).language, _lines(form)
    told: list[str] = []
    problem = ""
    try:
        told = await to_thread.run_sync(aid.translate, [line for _, line in lines], target)
    except AidError as error:
        problem = str(error)
    in_place = request.headers.get("hx-request") == "true"
    values: dict[str, Any] = {
        "told": [(report, words) for (report, _), words in zip(lines, told, strict=False)],
        "target": target,
        "problem": problem,
        "aid_name": aid.name,
    }
    if in_place:
        return page(request, "aid.html", **values)
    return page(request, "aid_page.html", AidError.http_status if problem else 200, **values)


def _lines(form: FormData) -> list[tuple[str, Line]]:
    """What is to be translated, each with the report that it is from."""
    fields = ([str(one) for one in form.getlist(name)] for name in ("report", "language", "text"))
    rows = list(zip(*fields, strict=False))[:_MOST_LINES]
    return [
        (report[:80], Line(text, code))
        for report, code, text in rows
        if _CODE.fullmatch(code) and text.strip()
    ]
