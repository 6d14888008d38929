"""A site on loopback, and what reads from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from servers import Site

from khabar.read.web.policy import Policy

QUICK = Policy(allow_private=True, pause_s=0.0, backoff_s=0.01, timeout_s=5.0, limit_bytes=200_000)


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


@pytest.fixture
def quick() -> Policy:
    """A policy that may read from loopback, without pauses."""
    return QUICK
