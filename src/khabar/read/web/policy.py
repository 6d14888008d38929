"""How the web is asked: what the settings say, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from khabar.settings import Settings

LONGEST_WAIT_S = 60.0  # for one turn; who asks for a longer pause is left for another time
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits and manners of fetching. Units: seconds and bytes, as the names say."""

    user_agent: str = "khabar/0.1"
    timeout_s: float = 30.0
    limit_bytes: int = 10 * _MB
    pause_s: float = 1.0
    redirects: int = 5
    retries: int = 2
    allow_private: bool = False
    feed_entries: int = 20
    feed_pages: bool = True
    evidence: Path | None = None
    backoff_s: float = 1.0  # before the first retry; doubled before each further one
    ca_file: Path | None = None  # further certificates to trust

    @property
    def product(self) -> str:
        """The name by which robots.txt speaks of this reader."""
        return self.user_agent.split("/")[0].split()[0]


def make_policy(settings: Settings) -> Policy:
    """What the settings say about fetching."""
    return Policy(
        user_agent=" ".join(settings.user_agent.split()) or "khabar",
        timeout_s=settings.fetch_timeout_s,
        limit_bytes=settings.largest_fetch_mb * _MB,
        pause_s=settings.host_pause_s,
        redirects=settings.redirects,
        retries=settings.retries,
        allow_private=settings.allow_private == "on",
        feed_entries=settings.feed_entries,
        feed_pages=settings.feed_pages == "on",
        evidence=settings.evidence,
    )
