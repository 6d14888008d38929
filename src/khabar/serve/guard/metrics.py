"""Figures about requests, in the text format that Prometheus reads."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khabar.library.types import Totals

_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_OTHER = "other"
_API = "/v1/"
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Metrics:
    """Counts requests by route, never by address: clients could name as many as they like."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._times: Counter[float] = Counter()
        self._seconds, self._count = 0.0, 0

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that was answered."""
        with self._lock:
            self._requests[method if method in _METHODS else _OTHER, route, status] += 1
            self._times.update(bound for bound in _BOUNDS_S if seconds <= bound)
            self._seconds += seconds
            self._count += 1

    def text(self, totals: Totals, works: int) -> str:
        """Everything as Prometheus reads it."""
        with self._lock:
            lines = [*_head("khabar_requests_total", "counter", "Requests by method, route and status.")]
            for (method, route, status), count in sorted(self._requests.items()):
                labels = f'method="{method}",route="{route}",status="{status}"'
                lines.append(f"khabar_requests_total{{{labels}}} {count}")
            lines += self._durations()
        for field in dataclasses.fields(totals):
            name = f"khabar_library_{field.name}"
            lines += [*_head(name, "gauge", f"The library's {field.name.replace('_', ' ')}.")]
            lines.append(f"{name} {getattr(totals, field.name)}")
        lines += [
            *_head("khabar_works", "gauge", "Long works under way or waiting."),
            f"khabar_works {works}",
        ]
        return "\n".join(lines) + "\n"

    def _durations(self) -> list[str]:
        name = "khabar_request_seconds"
        lines = [*_head(name, "histogram", "How long requests took.")]
        lines += [f'{name}_bucket{{le="{bound}"}} {self._times[bound]}' for bound in _BOUNDS_S]
        lines += [f'{name}_bucket{{le="+Inf"}} {self._count}', f"{name}_sum {self._seconds:.6f}"]
        return [*lines, f"{name}_count {self._count}"]


def _head(name: str, kind: str, said: str) -> tuple[str, str]:
    return f"# HELP {name} {said}", f"# TYPE {name} {kind}"


class Measured:
    """Tells `metrics` of every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            self.metrics.note(scope["method"], _route(scope), status, time.perf_counter() - start)


def _route(scope: Scope) -> str:
    """The pattern that the path fitted; a router that is mounted does not know what stands before it."""
    path = getattr(scope.get("route"), "path", "")
    if not path:
        return _OTHER
    within = scope["path"].startswith(_API) and not path.startswith(_API)
    return _API + path.removeprefix("/") if within else path
