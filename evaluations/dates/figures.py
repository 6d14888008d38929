"""How well dates are read, for `khabar eval`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from evaluations.dates import score
from evaluations.registry import Figure


def measure(_: Path | None) -> list[Figure]:
    """The share of lines of which every date is read exactly, by language."""
    shares, _wrong = score.measure()
    counts = Counter(case.language for case in score.read_cases())
    floors = json.loads(score.FLOORS.read_text("utf-8"))
    return [
        Figure(
            "dates",
            code,
            "lines exact",
            f"{counts[code] or counts.total()} lines, constructed",
            share,
            floors.get(code),
        )
        for code, share in shares.items()
    ]
