"""One request at a time to each host, with a pause between."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from khabar.read.web.failure import Failure
from khabar.read.web.policy import LONGEST_WAIT_S


class Turns:
    """Who may ask a host next, and when."""

    def __init__(self) -> None:
        self._locks: dict[str, anyio.Lock] = {}
        self._next: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str, pause_s: float) -> AsyncIterator[None]:
        """Waits until the host may be asked; the next turn comes `pause_s` after this one ends.

        Errors: Failure where the wait would be longer than the longest.
        """
        async with self._locks.setdefault(host, anyio.Lock()):
            wait_s = self._next.get(host, 0.0) - time.monotonic()
            if wait_s > LONGEST_WAIT_S:
                raise Failure(f"{host} asks for a pause of {wait_s:,.0f} seconds; name it again later")
            await anyio.sleep(max(0.0, wait_s))
            try:
                yield
            finally:
                self.postpone(host, pause_s)

    def postpone(self, host: str, seconds: float) -> None:
        """The host is not asked before so many seconds have passed."""
        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)
