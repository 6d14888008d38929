"""The server: the API at /v1, the web pages beside it, and the guards before both."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from khabar.encode.types import Encoder
from khabar.errors import KhabarError, SettingError
from khabar.library import Library
from khabar.library.tokens import has_token
from khabar.serve.api import router as api
from khabar.serve.guard.access import Access
from khabar.serve.guard.headers import Headers
from khabar.serve.guard.hosts import Hosts, is_loopback
from khabar.serve.guard.limits import Limits
from khabar.serve.guard.metrics import Measured, Metrics
from khabar.serve.login import router as login
from khabar.serve.problems import Refusal, answer_problem, status_of
from khabar.serve.works import Works
from khabar.settings import Settings, load_settings

_BYTES_A_MB = 1_000_000
_WEB = "khabar.serve.web"
_log = logging.getLogger("khabar.serve")


def make_app(
    library: str | Path | Library,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    create: bool = True,
    web: bool = True,
) -> FastAPI:
    """The application for this library; it closes what it opened when the server ends.

    `web`: whether the pages come with the API. `app.state` has `library`, `settings`, `works` and `metrics`.
    Listening is up to the caller, at `settings.host`. Errors: LibraryError; SettingError where others than
    this machine could reach it and no token was made.
    """
    settings = settings or load_settings()
    opened = library if isinstance(library, Library) else Library.open(library, settings, create, encoder)
    _check_reach(opened, settings)
    app = FastAPI(
        title="khabar", version="1", openapi_url=None, docs_url=None, redoc_url=None,
        lifespan=_lifespan(opened, owned=opened is not library),
    )  # fmt: skip
    app.state.library, app.state.settings = opened, settings
    app.state.works = Works(opened.store, settings.works_at_once)
    app.state.metrics = Metrics()
    app.include_router(api, prefix="/v1")
    app.include_router(login)
    if web:
        _mount_web(app)
    _handle_errors(app)
    _guard(app, opened, settings)
    return app


def _check_reach(library: Library, settings: Settings) -> None:
    if not is_loopback(settings.host) and not has_token(library.store):
        raise SettingError(
            f"host is {settings.host!r}, which others can reach, and this library has no token. "
            "Make one first: khabar token create --name me --scope write."
        )


def _lifespan(library: Library, owned: bool):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def live(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.works.close()
        if owned:
            library.close()

    return live


def _mount_web(app: FastAPI) -> None:
    """The web pages, where they are there: their `router`, and what `mount(app)` adds to it."""
    if find_spec(_WEB) is None:
        return
    web = import_module(_WEB)
    if hasattr(web, "router"):
        app.include_router(web.router, include_in_schema=False)
    if hasattr(web, "mount"):
        web.mount(app)


def _guard(app: FastAPI, library: Library, settings: Settings) -> None:
    """The guards, the innermost first."""
    names = [*(settings.server_names or "").split(","), settings.host]
    local = is_loopback(settings.host) and settings.local_tokens == "off"
    app.add_middleware(Access, store=library.store, local=local)
    app.add_middleware(Hosts, names=names)
    app.add_middleware(
        Limits,
        largest_bytes=settings.largest_request_mb * _BYTES_A_MB,
        a_minute=settings.requests_a_minute,
        at_once=settings.requests_at_once,
    )
    app.add_middleware(Headers)
    app.add_middleware(Measured, metrics=app.state.metrics)


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(KhabarError)
    async def khabar_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, KhabarError)
        headers = error.headers if isinstance(error, Refusal) else None
        words = str(error).replace(f" in {request.app.state.library.store.where}", "")  # no affair of clients
        return _answer(request, status_of(error), words, headers)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers) if error.headers else None
        return _answer(request, error.status_code, str(error.detail), headers)

    @app.exception_handler(RequestValidationError)
    async def wrong_request(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        faults = [
            {"where": "/".join(str(part) for part in fault["loc"]), "what": fault["msg"]}
            for fault in error.errors()
        ]
        detail = "; ".join(f"{fault['where']}: {fault['what']}" for fault in faults[:5])
        return answer_problem(422, detail, faults=faults)

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return _answer(request, 500, "Something went wrong here; the server's log says what.")


def _answer(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """A page of the web app where a browser asks for one and there is one, else a problem."""
    page = getattr(request.app.state, "error_page", None)
    wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")
    if page is not None and wants_page:
        shown: Response = page(request, status, detail)
        return shown
    return answer_problem(status, detail, headers)
