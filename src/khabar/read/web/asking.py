"""One request to one server: what is sent, what comes back, within its limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import anyio
import httpcore

from khabar.read.web.addresses import Address
from khabar.read.web.body import read_body, read_start, too_large, unpack
from khabar.read.web.failure import Failure, failure_of
from khabar.read.web.fetched import Answer, Validators, header_in
from khabar.read.web.policy import Policy

ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5"
)
Headers = tuple[tuple[str, str], ...]
Refuse = Callable[[int, Headers], None]  # raises Failure when the body of this answer is not wanted


async def ask(
    pool: httpcore.AsyncConnectionPool,
    address: Address,
    policy: Policy,
    known: Validators | None = None,
    refuse: Refuse | None = None,
) -> Answer:
    """The whole answer, its body unpacked; for a status other than 200 to 299 without a body.

    Errors: Failure. The time limit holds for everything from look-up to last byte.
    """
    headers = _headers(address, policy, known)
    with _within(policy.timeout_s, address.host):
        async with _opened(pool, address, headers, policy) as response:
            return await _answer_of(response, address, headers, policy, refuse)


async def ask_start(
    pool: httpcore.AsyncConnectionPool, address: Address, policy: Policy, limit_bytes: int
) -> Answer:
    """The same, with only the first bytes of the body."""
    headers = _headers(address, policy, None)
    headers = [(name, "identity" if name == "Accept-Encoding" else value) for name, value in headers]
    with _within(policy.timeout_s, address.host):
        async with _opened(pool, address, headers, policy) as response:
            raw = await read_start(response.aiter_stream(), limit_bytes)
            packed = header_in(_headers_of(response), "Content-Encoding")
            return _made(response, address, headers, raw, unpack(raw, packed, policy.limit_bytes))


@contextmanager
def _within(limit_s: float, host: str) -> Iterator[None]:
    """A time limit around a request. Errors: Failure, whatever goes wrong."""
    try:
        with anyio.fail_after(limit_s):
            yield
    except Failure:
        raise
    except TimeoutError as error:
        raise Failure(f"{host} did not answer in time: the limit is {limit_s:g} seconds", 0.0) from error
    except Exception as error:
        # The libraries beneath let errors of sockets, TLS and HTTP through in many shapes.
        raise failure_of(error, host) from error


@asynccontextmanager
async def _opened(
    pool: httpcore.AsyncConnectionPool, address: Address, headers: list[tuple[str, str]], policy: Policy
) -> AsyncIterator[httpcore.Response]:
    limit_s = policy.timeout_s
    async with pool.stream(
        "GET",
        httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        ),
        headers=[(name.encode(), value.encode("latin-1", "replace")) for name, value in headers],
        extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), limit_s)},
    ) as response:
        yield response


async def _answer_of(
    response: httpcore.Response,
    address: Address,
    headers: list[tuple[str, str]],
    policy: Policy,
    refuse: Refuse | None,
) -> Answer:
    answered = _headers_of(response)
    if not 200 <= response.status < 300:
        return _made(response, address, headers, b"", b"")
    if refuse is not None:
        refuse(response.status, answered)
    length = header_in(answered, "Content-Length")
    if length.isdigit() and int(length) > policy.limit_bytes:
        raise Failure(too_large(policy.limit_bytes))
    raw = await read_body(response.aiter_stream(), policy.limit_bytes)
    body = unpack(raw, header_in(answered, "Content-Encoding"), policy.limit_bytes)
    return _made(response, address, headers, raw, body)


def _made(
    response: httpcore.Response, address: Address, headers: list[tuple[str, str]], raw: bytes, body: bytes
) -> Answer:
    reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
    lines = [f"GET {address.target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers), "", ""]
    return Answer(
        address=str(address),
        status=response.status,
        reason=reason,
        headers=_headers_of(response),
        sent="\r\n".join(lines).encode("latin-1", "replace"),
        raw=raw,
        body=body,
        moment=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _headers_of(response: httpcore.Response) -> Headers:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers)


def _headers(address: Address, policy: Policy, known: Validators | None) -> list[tuple[str, str]]:
    return [
        ("Host", address.origin.partition("//")[2]),
        ("User-Agent", policy.user_agent),
        ("Accept", ACCEPT),
        ("Accept-Encoding", "gzip, deflate"),
        *(known.headers(str(address)) if known else []),
    ]
