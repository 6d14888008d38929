"""How well quotations get their words and speakers, for `khabar eval`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluations.quotes.cases import as_article, read_cases, with_quotes
from evaluations.quotes.marked import HERE, score_examples, score_seeds
from evaluations.quotes.score import Score, score_cases
from evaluations.registry import ALL, Figure
from khabar.encode.types import Encoder
from khabar.pipeline import open_encoder
from khabar.settings import Settings

Floors = Mapping[str, Any]


def measure(shared: Path | None) -> list[Figure]:
    """Words and speakers of quotations, and credits of other outlets, in every set."""
    floors, encoder = json.loads((HERE / "floors.json").read_text("utf-8")), open_encoder(Settings())
    held = {code: score for (code, out), score in score_cases(_cases(encoder)).items() if out}
    found = list(_quoted(held, floors["held_out"], "cases held out, constructed"))
    sets = {"examples": score_examples(encoder)}
    if shared:
        sets["seeds"] = score_seeds(shared / "seeds", encoder)
    for name, (scores, (right, wanted, made)) in sets.items():
        found += _quoted(scores, floors[name], name)
        share = right / max(wanted, made, 1)
        found.append(Figure("quotes", ALL, "credits right", name, share, floors["citations"][name]))
    return found


def _cases(encoder: Encoder) -> Any:
    articles, _ = with_quotes([as_article(case, n) for n, case in enumerate(read_cases())], encoder)
    return articles


def _quoted(scores: Mapping[str, Score], floors: Floors, data: str) -> Iterator[Figure]:
    for code, score in sorted(scores.items()):
        floor, told = floors.get(code, {}), f"{score.wanted} quotations, {data}"
        yield Figure("quotes", code, "F1 of quoted words", told, score.overlap, floor.get("content"))
        yield Figure("quotes", code, "speakers right", told, score.speaker, floor.get("speaker"))
