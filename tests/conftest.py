"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


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
