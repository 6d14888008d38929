"""What all tests share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from khabar.encode.load import load_encoder
from khabar.encode.recent import RecentPasses
from khabar.encode.types import Encoder

CHECKOUT = Path(__file__).resolve().parent.parent
if str(CHECKOUT) not in sys.path:  # the package `evaluations` is no part of what is installed
    sys.path.insert(0, str(CHECKOUT))
# A busy machine is no fault of the code, and a test that failed fails again.
settings.register_profile("khabar", deadline=None, derandomize=True)
settings.load_profile("khabar")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; tests that read it skip where it is not."""
    folder = Path(os.environ.get("KHABAR_SHARED", CHECKOUT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"evaluation data is not there: {folder} (set KHABAR_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session")
def seeds(shared: Path) -> list[Path]:
    """The five seed reports, in order."""
    return sorted((shared / "seeds").glob("*.txt"))


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The shipped encoder in int8, built once (in the user's cache, or where KHABAR_CACHE says).

    It keeps no vectors on disk, so every test computes.
    """
    return load_encoder(keep_mb=0)


@pytest.fixture(scope="session")
def passes(encoder: Encoder) -> Encoder:
    """The same as the pipeline uses it: a sentence that several stages look at is encoded once."""
    return RecentPasses(encoder)
