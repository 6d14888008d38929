"""What all tests share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, once for all tests: no second one can be driven. Without it they skip, or fail in CI."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _miss("the package playwright")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        _miss("Chromium")
    with sync_playwright() as playwright:
        # the browser's own sandbox does not start for root, as in most build machines
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


def _miss(what: str) -> None:
    message = f"{what} is not installed, so nothing was tried in a browser"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
