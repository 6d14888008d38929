"""A page to log in with a token: the token stays in a cookie that no script reads and no other site sends."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from khabar.library.tokens import find_token
from khabar.serve.guard.access import COOKIE

router = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>khabar</title></head>
<body><main><h1>khabar</h1><p>{said}</p>
<form method="post" action="/login"><label>Token <input type="password" name="token" required
autocomplete="off"></label> <button>Log in</button></form></main></body></html>
"""
_ASK = "This server asks for a token. Whoever runs it makes one with <code>khabar token create</code>."
_WRONG = "This token opens nothing. Was it revoked?"


def _page(request: Request, said: str, status: int) -> Response:
    """The form, as the web app shows it where it is there."""
    web = getattr(request.app.state, "login_page", None)
    if web is not None:
        shown: Response = web(request, status)
        return shown
    # with no referrer at all a browser would not say whose page sends the form
    return HTMLResponse(_PAGE.format(said=said), status, {"referrer-policy": "same-origin"})


@router.get("/login")
def show_login(request: Request) -> Response:
    """The form."""
    return _page(request, _ASK, 200)


@router.post("/login")
async def log_in(request: Request, token: Annotated[str, Form(max_length=200)]) -> Response:
    """The cookie, where the token opens something."""
    store = request.app.state.library.store
    if await to_thread.run_sync(find_token, store, token.strip()) is None:
        return _page(request, _WRONG, 401)
    answer = RedirectResponse("/", 303)
    secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
    answer.set_cookie(COOKIE, token.strip(), httponly=True, samesite="strict", secure=secure, path="/")
    return answer


@router.post("/logout")
def log_out() -> Response:
    """The cookie taken away."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer
