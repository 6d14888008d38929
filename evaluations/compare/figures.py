"""How often translations of one text are called different, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.compare.controls import count_alarms
from evaluations.registry import ALL, Figure
from khabar.pipeline import open_encoder
from khabar.settings import Settings

CEILING = Path(__file__).resolve().parent / "ceilings.json"


def measure(shared: Path | None) -> list[Figure]:
    """False differences of meaning, a pair of tellings. The ceiling stands where others have a floor."""
    assert shared is not None
    limits = json.loads(CEILING.read_text("utf-8"))
    alarms = count_alarms(shared / "data/ntrex", open_encoder(Settings()), limits["documents"])
    data = f"{alarms.pairs} pairs of translations, NTREX-128"
    return [
        Figure(
            "controls",
            ALL,
            "false differences a pair",
            data,
            alarms.rate,
            limits["ceiling"],
            higher_is_better=False,
        )
    ]
