"""What came back from an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from khabar.read.http import charset_of, media_of


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether a page has changed, and the address it holds for."""

    address: str = ""
    etag: str = ""
    last_modified: str = ""

    def headers(self, address: str) -> list[tuple[str, str]]:
        """The headers of a conditional request to `address`; none for another address."""
        if address != self.address:
            return []
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return [(name, value) for name, value in pairs if value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server. `sent` is the request's head, `raw` the body as it came, `body` unpacked."""

    address: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    sent: bytes
    raw: bytes
    body: bytes
    moment: str  # ISO 8601, UTC

    def header(self, name: str) -> str:
        """The value of a header, empty when it was not sent."""
        return header_in(self.headers, name)

    @property
    def media_type(self) -> str:
        """What the server says the body is: "text/html"; empty when it does not say."""
        return media_of(self.header("Content-Type"))

    @property
    def charset(self) -> str:
        """The charset that the server names, as it names it."""
        return charset_of(self.header("Content-Type")) or ""

    @property
    def validators(self) -> Validators:
        """What to ask with next time."""
        return Validators(self.address, self.header("ETag"), self.header("Last-Modified"))


def header_in(headers: Iterable[tuple[str, str]], name: str) -> str:
    """The first value of a header, empty when there is none."""
    return next((value for key, value in headers if key.lower() == name.lower()), "")
