"""Who may read and who may write: nobody asks for a token on this machine alone, everybody does beyond it."""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie

from anyio import to_thread
from starlette.datastructures import Headers as Given
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from khabar.library.store import Store
from khabar.library.tokens import Scope as Right
from khabar.library.tokens import find_token
from khabar.serve.guard.hosts import SAFE
from khabar.serve.problems import answer_problem

COOKIE = "khabar_token"
OPEN = ("/v1/health", "/login", "/logout", "/static/")  # what says nothing about the library
# They take a body and change nothing that is kept.
_ONLY_READING = re.compile(r"/v1/compare|/compare(/[^/]+/cancel)?|/preferences|/aid/translate")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class Access:
    """Lets through who may do what the request asks; `local` where only this machine reaches the server."""

    def __init__(self, app: ASGIApp, store: Store, local: bool) -> None:
        self.app, self.store, self.local = app, store, local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Given(scope=scope)
        scope["khabar.rights"] = await self._rights(headers)
        needed = needed_right(scope["method"], scope["path"])
        if needed is None or needed in scope["khabar.rights"]:
            await self.app(scope, receive, send)
        elif "text/html" in headers.get("accept", "") and scope["method"] in SAFE and not token_in(headers):
            await RedirectResponse("/login", 303)(scope, receive, send)
        else:
            await _refuse(needed, bool(scope["khabar.rights"]))(scope, receive, send)

    async def _rights(self, headers: Given) -> frozenset[Right]:
        given = token_in(headers)
        if given:
            token = await to_thread.run_sync(find_token, self.store, given)
            return token.rights if token else frozenset()
        # Behind a proxy it looks as if all came from this machine.
        passed_on = any(name in headers for name in _FORWARDED)
        return frozenset(Right) if self.local and not passed_on else frozenset()


def needed_right(method: str, path: str) -> Right | None:
    """What a request needs; None where everybody may ask."""
    if any(path == one or (one.endswith("/") and path.startswith(one)) for one in OPEN):
        return None
    return Right.READ if method in SAFE or _ONLY_READING.fullmatch(path) else Right.WRITE


def token_in(headers: Given) -> str:
    """The token that came with the request, empty when none did."""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return kept.value if kept else ""


def _refuse(needed: Right, known: bool) -> ASGIApp:
    if known:
        return answer_problem(403, f"This token may not {needed}. Create one with --scope {needed}.")
    detail = "A token is needed: Authorization: Bearer TOKEN. `khabar token create` makes one."
    return answer_problem(401, detail, {"www-authenticate": 'Bearer realm="khabar"'})
