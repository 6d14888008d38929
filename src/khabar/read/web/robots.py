"""robots.txt: what a host lets this reader fetch, and how fast."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from khabar.read.web.addresses import Address

LIMIT_BYTES = 500 * 1024  # what must be read of it (RFC 9309, 2.5); the rest is left
KEPT_S = 24 * 3600.0  # RFC 9309, 2.4
KEPT_UNREACHABLE_S = 300.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says. `closed` says why nothing may be fetched, whatever it says."""

    text: str = ""
    closed: str = ""
    until: float = 0.0  # on the clock of whoever asks

    def refusal(self, address: Address, product: str) -> str:
        """Why this address may not be fetched; empty when it may."""
        if self.closed:
            return self.closed
        if Protego.parse(self.text).can_fetch(str(address), product):
            return ""
        return f"the robots.txt of {address.host} asks {product} not to fetch this address"

    def pause_s(self, product: str) -> float:
        """The pause between two requests that it asks for; 0 when it asks for none."""
        return float(Protego.parse(self.text).crawl_delay(product) or 0.0)


def rules_from(status: int, body: bytes, host: str, now: float) -> Rules:
    """The rules that an answer to the request for robots.txt gives.

    Source: RFC 9309, 2.3.1: none when it is unavailable (4xx), nothing allowed when the server fails (5xx).
    A server that is asked too much (429) counts as failing.
    """
    if 200 <= status < 300:
        return Rules(body[:LIMIT_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"), "", now + KEPT_S)
    if status == 429 or status >= 500:
        return unreachable(host, f"status {status}", now)
    return Rules("", "", now + KEPT_S)


def unreachable(host: str, why: str, now: float) -> Rules:
    """Nothing may be fetched while nobody can say what may be."""
    reason = f"the robots.txt of {host} cannot be read ({why}), so nothing may be fetched there for now"
    return Rules("", reason, now + KEPT_UNREACHABLE_S)
