"""Where the server listens."""

from __future__ import annotations

import socket

from khabar.errors import SettingError


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes a free one. Errors: SettingError says why it cannot be.

    Answers go out at once (TCP_NODELAY): asyncio sets that only where a socket says that it is TCP, and
    without it every answer waits 40 ms for the client's acknowledgement of its head.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, _, _, place = found[0]
        bound = socket.socket(family, kind, socket.IPPROTO_TCP)
    except OSError as error:
        raise SettingError(f"host is {host!r}, where nothing can listen ({error.strerror}).") from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind(place)
    except OSError as error:
        bound.close()
        raise SettingError(f"nothing can listen at {host} port {port} ({error.strerror}).") from error
    return bound
