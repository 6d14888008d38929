"""Why an address gave nothing: told to the user as it stands, and whether asking again may help."""

from __future__ import annotations

import socket
import ssl

import httpcore

from khabar.read.faults import Unreadable


class Failure(Unreadable):
    """What went wrong with one address.

    `again_s`: asking again after so many seconds may help; `wait_s`: the server asked for such a pause.
    """

    def __init__(
        self, reason: str, again_s: float | None = None, status: int | None = None, wait_s: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.wait_s = wait_s
        self.again_s = again_s
        self.status = status


def failure_of(error: Exception, host: str) -> Failure:
    """What an error of the network means in words."""
    root = _root_of(error)
    if isinstance(root, ssl.SSLError):
        return _untrusted(root, host)
    if isinstance(root, socket.gaierror):
        gone = root.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        return Failure(f"no host is known by the name {host}", None if gone else 0.0)
    if isinstance(error, httpcore.TimeoutException | TimeoutError):
        return Failure(f"{host} did not answer in time", 0.0)
    if isinstance(error, httpcore.ConnectError):
        return Failure(f"no connection to {host}: {root}", 0.0)
    if isinstance(error, httpcore.ProtocolError):
        return Failure(f"{host} does not keep to HTTP or broke off its answer: {error}", 0.0)
    return Failure(f"the connection to {host} broke: {root}", 0.0)


def _untrusted(error: ssl.SSLError, host: str) -> Failure:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(f"the certificate of {host} cannot be trusted: {error.verify_message}")
    return Failure(f"no secure connection to {host} ({error.reason or 'TLS failed'})")


def _root_of(error: BaseException) -> BaseException:
    """The error that others were raised from: the libraries wrap what the system says."""
    seen: list[BaseException] = [error]
    while (inner := seen[-1].__cause__ or seen[-1].__context__) is not None and inner not in seen:
        seen.append(inner)
    for one in reversed(seen):
        if isinstance(one, OSError) and not isinstance(one, TimeoutError):
            return one
    return seen[-1]
