"""Connections that only lead where they may: the number that is checked is the number that is reached."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable

import anyio
import certifi
import httpcore

from khabar.read.web.failure import Failure
from khabar.read.web.guard import refusal_of
from khabar.read.web.policy import Policy

_TRIED = 4  # numbers of one host
_AT_ONCE = 16  # connections


def open_pool(policy: Policy) -> httpcore.AsyncConnectionPool:
    """Connections under the policy; no proxy, no cookies, nothing kept but the connections themselves."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if policy.ca_file:
        context.load_verify_locations(policy.ca_file)
    return httpcore.AsyncConnectionPool(
        ssl_context=context,
        max_connections=_AT_ONCE,
        keepalive_expiry=10.0,
        network_backend=GuardedBackend(policy.allow_private),
    )


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Looks a host up once, refuses numbers of private networks, and connects to the number it checked.

    A name that leads elsewhere on a second look-up (DNS rebinding) is not looked up a second time.
    """

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first number of the host that may be reached and answers."""
        numbers = await _numbers_of(host, port)
        refusals = {} if self._allow_private else {one: refusal_of(one) for one in numbers}
        allowed = [one for one in numbers if not refusals.get(one)]
        if not allowed:
            raise Failure(_refused(host, *next(iter(refusals.items()))))
        for one in allowed[: _TRIED - 1]:
            try:
                return await self._inner.connect_tcp(one, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if one == allowed[-1]:
                    raise
        return await self._inner.connect_tcp(allowed[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: no address leads to a socket of this machine."""
        raise Failure(f"{path} is a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await anyio.sleep(seconds)


def _refused(host: str, number: str, kind: str) -> str:
    named = f"{host} is {kind}" if host == number else f"{host} is at {number}, {kind}"
    return f"{named}; such addresses are fetched only with allow_private = on"


async def _numbers_of(host: str, port: int) -> list[str]:
    """The numbers of a host in the order of the look-up, each once."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
