"""The web app: pages for readers, made on the server from the same values as everything else."""

from __future__ import annotations

import threading
from contextlib import suppress
from http import HTTPStatus

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response

from khabar.errors import KhabarError
from khabar.library import Library
from khabar.serve.aid import open_aid
from khabar.serve.web.desk import speak
from khabar.serve.web.pages import aid, compare, preferences, shelves, static, story, watch
from khabar.serve.web.render import page
from khabar.serve.web.tries import Tries

router = APIRouter(include_in_schema=False, dependencies=[Depends(speak)])
for part in (static, aid, preferences, compare, shelves, story, watch):
    router.include_router(part.router)


def mount(app: FastAPI) -> None:
    """Gives the application what the pages keep in memory, and its page for errors."""
    app.state.tries = Tries(app.state.library, app.state.works)
    app.state.aid = open_aid(app.state.settings)
    app.state.error_page, app.state.login_page = _error_page, _login_page
    threading.Thread(target=_warm, args=(app.state.library,), name="warm", daemon=True).start()


def _warm(library: Library) -> None:
    """Opens the encoder, so that the first reader need not wait; who needs it later hears of faults."""
    with suppress(KhabarError):
        library.made  # noqa: B018  (looking makes it)


def _login_page(request: Request, status: int) -> Response:
    return page(request, "login.html", status, wrong=status != HTTPStatus.OK)


def _error_page(request: Request, status: int, detail: str) -> Response:
    return page(request, "error.html", status, message=detail)
