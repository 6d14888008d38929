"""Whom a request is meant for, and which page sent it.

A page elsewhere can give its own name our number (DNS rebinding) and then read our answers as its own; so a
name must be one that we were told. And it can make a browser send a request here; so what changes anything
must come from a page of ours, or from no page at all.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers as Given
from starlette.types import ASGIApp, Receive, Scope, Send

from khabar.serve.problems import answer_problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]@/\\?#\s]+)(?::\d{1,5})?", re.I)
_OURS = {"same-origin", "none"}


def host_of(header: str) -> str:
    """The name or number in a Host header, in small letters; empty where it is none."""
    match = _HOST.fullmatch(header.strip())
    return match[1].lower().rstrip(".").strip("[]") if match else ""


def is_number(host: str) -> bool:
    """Whether it is an IP address; no name can be given to it by others."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    return host == "localhost" or (is_number(host) and ipaddress.ip_address(host).is_loopback)


class Hosts:
    """Refuses requests for names that are not ours, and changes that pages of others ask for."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = ()) -> None:
        self.app = app
        self.names = {"localhost", *(name.strip().lower() for name in names if name.strip())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            headers = Given(scope=scope)
            refused = self._strange(headers) or _foreign(scope, headers)
            if refused:
                await answer_problem(*refused)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _strange(self, headers: Given) -> tuple[int, str] | None:
        named = headers.getlist("host")
        host = host_of(named[0]) if len(named) == 1 else ""
        if host in self.names or is_number(host) or host.endswith(".localhost"):
            return None
        shown = (named or [""])[0][:100]
        return 421, f"{shown!r} is no name of this server. The setting server_names lists further names."


def _foreign(scope: Scope, headers: Given) -> tuple[int, str] | None:
    if scope["method"] in SAFE or _from_here(headers):
        return None
    return 403, "This change was asked for by a page of another site. Nothing was changed."


def _from_here(headers: Given) -> bool:
    """Whether a page of ours sent it, or no page: a browser always names the page's site in one of these."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in _OURS:
        return False
    origin = headers.get("origin")
    if origin is not None:  # whoever speaks TLS may stand before us, so the scheme tells nothing
        return origin.lower().partition("://")[2] == headers.get("host", "").lower()
    return site is not None or "cookie" not in headers
