"""The constructed comparison that every page here shows."""

from __future__ import annotations

import pytest

from khabar.model.story import Comparison
from show import sample


@pytest.fixture(scope="session")
def comparison() -> Comparison:
    return sample.comparison()
