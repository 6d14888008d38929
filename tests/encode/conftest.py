"""The shipped encoder, built once for all tests (in the user's cache, or where KHABAR_CACHE says)."""

from __future__ import annotations

import pytest

from khabar.encode.load import load_encoder
from khabar.encode.types import Encoder


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The shipped encoder in int8; it keeps no vectors on disk, so every test computes."""
    return load_encoder(keep_mb=0)
