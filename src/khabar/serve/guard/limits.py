"""How much one client, and all of them together, may ask for."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers as Given
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khabar.serve.problems import Refusal, answer_problem

_MOST_CLIENTS = 10_000  # remembered; the one that was silent longest is forgotten first
_BURST_S = 10.0  # what a quiet client has saved up


class Rates:
    """A bucket for each client: it fills steadily, each request takes one."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_s, self._clock = a_minute / 60, clock
        self._most = max(5.0, self._per_s * _BURST_S)
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, client: str) -> float:
        """0 where the client may ask now, else the seconds until it may."""
        now = self._clock()
        left, then = self._clients.pop(client, (self._most, now))
        left = min(self._most, left + (now - then) * self._per_s)
        self._clients[client] = (left - 1 if left >= 1 else left, now)
        if len(self._clients) > _MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self._per_s


class Limits:
    """Refuses what is too large, too often or too much at once."""

    def __init__(self, app: ASGIApp, largest_bytes: int, a_minute: int, at_once: int) -> None:
        self.app, self.largest_bytes, self.at_once = app, largest_bytes, at_once
        self.rates, self.running = Rates(a_minute), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            self._admit(scope)
        except Refusal as refusal:
            await answer_problem(refusal.status, str(refusal), refusal.headers)(scope, receive, send)
            return
        self.running += 1
        try:
            await self.app(scope, _counted(receive, self.largest_bytes), send)
        finally:
            self.running -= 1

    def _admit(self, scope: Scope) -> None:
        client = (scope.get("client") or ("unknown", 0))[0]
        wait_s = self.rates.wait_s(client)
        if wait_s:
            raise Refusal(429, "Too many requests. Wait a moment.", {"retry-after": str(int(wait_s) + 1)})
        if self.running >= self.at_once:
            detail = f"{self.at_once} requests are under way; that is the limit (requests_at_once)."
            raise Refusal(503, detail, {"retry-after": "1"})
        announced = Given(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or len(announced) > 18:
            raise Refusal(400, "Content-Length is no number.")
        if int(announced) > self.largest_bytes:
            raise Refusal(413, _too_large(self.largest_bytes))


def _too_large(limit: int) -> str:
    return f"The request is larger than {limit:,} bytes (setting largest_request_mb)."


def _counted(receive: Receive, largest_bytes: int) -> Receive:
    """What is received, up to the limit: a body may come without its length."""
    count = 0

    async def counted() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > largest_bytes:
            raise HTTPException(413, _too_large(largest_bytes))  # the only kind that FastAPI passes on
        return message

    return counted
