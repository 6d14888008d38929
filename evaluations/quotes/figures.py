"""How well quotations get their words and speakers, for `khabar eval`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluations.quotes.cases import SETS, Case, as_article, read_cases, with_quotes
from evaluations.quotes.marked import HERE, score_examples, score_seeds
from evaluations.quotes.peer import NAME, open_peer, with_peer_quotes
from evaluations.quotes.reach import score_reach
from evaluations.quotes.score import Score, score_cases, score_direct
from evaluations.registry import ALL, Figure
from khabar.encode.types import Encoder
from khabar.pipeline import open_encoder
from khabar.settings import Settings

Floors = Mapping[str, Any]


def measure(shared: Path | None) -> list[Figure]:
    """Words and speakers of quotations, and credits of other outlets, in every set."""
    floors, encoder = json.loads((HERE / "floors.json").read_text("utf-8")), open_encoder(Settings())
    found: list[Figure] = []
    for name, path in SETS.items():
        found += _held_out(name, read_cases(path), floors[f"held_out_{name}"], encoder)
    sets = {"examples": score_examples(encoder)}
    if shared:
        sets["seeds"] = score_seeds(shared / "seeds", encoder)
    for name, (scores, (right, wanted, made)) in sets.items():
        found += _quoted(scores, floors[name], name)
        share = right / max(wanted, made, 1)
        found.append(Figure("quotes", ALL, "credits right", name, share, floors["citations"][name]))
    right, wanted = score_reach(encoder)
    found.append(
        Figure(
            "quotes", ALL, "reach right", f"{wanted} credits, constructed", right / wanted, floors["reach"]
        )
    )
    return found


def _held_out(name: str, cases: list[Case], floors: Floors, encoder: Encoder) -> Iterator[Figure]:
    """The held-out cases of a set; English in marks beside a peer, where it is installed."""
    articles, _ = with_quotes([as_article(case, n) for n, case in enumerate(cases)], encoder)
    held = {code: score for (code, out), score in score_cases(cases, articles).items() if out}
    yield from _quoted(held, floors, f"{name} held-out cases, constructed")
    ours, reader = score_direct(cases, articles), open_peer()
    theirs = None if reader is None else score_direct(cases, with_peer_quotes(articles, reader))
    peer = None if theirs is None else NAME
    data = f"{ours.wanted} in marks, {name} held-out cases"
    for metric, own, other in (
        ("F1 of quoted words", ours.overlap, theirs and theirs.overlap),
        ("speakers right", ours.speaker, theirs and theirs.speaker),
    ):
        yield Figure("quotes", "en", metric, data, own, None, peer, other)


def _quoted(scores: Mapping[str, Score], floors: Floors, data: str) -> Iterator[Figure]:
    for code, score in sorted(scores.items()):
        floor, told = floors.get(code, {}), f"{score.wanted} quotations, {data}"
        yield Figure("quotes", code, "F1 of quoted words", told, score.overlap, floor.get("content"))
        yield Figure("quotes", code, "speakers right", told, score.speaker, floor.get("speaker"))
