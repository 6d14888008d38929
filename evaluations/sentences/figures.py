"""How well sentences are told apart, for `khabar eval`."""

from __future__ import annotations

import json
from pathlib import Path

from evaluations.registry import Figure
from evaluations.sentences import boundaries, score

LANGUAGES = ("ar", "fa", "en")


def measure(shared: Path | None) -> list[Figure]:
    """The share of hard strings split as expected, and the boundaries of translated news that were found."""
    return _strings() + (_news(shared / "data/ntrex/sentences.tsv") if shared else [])


def _strings() -> list[Figure]:
    shares, _wrong = score.measure()
    floors = json.loads(score.FLOORS.read_text("utf-8"))
    cases = score.read_cases()
    plain = sum(score.split_plainly(case) == case.expected for case in cases) / len(cases)
    found = []
    for code, share in shares.items():
        count = sum(code in ("all", case.language) for case in cases)
        peer = ("a plain splitter", plain) if code == "all" else (None, None)
        data = f"{count} hard strings, constructed"
        found.append(Figure("sentences", code, "strings exact", data, share, floors.get(code), *peer))
    return found


def _news(file: Path) -> list[Figure]:
    found = []
    for code in LANGUAGES:
        counts = [boundaries.compare(each, code) for each in boundaries.read_documents(file, code)]
        right, got, expected = (sum(column) for column in zip(*counts, strict=True))
        data = f"{expected:,} sentence ends, NTREX-128"
        found.append(Figure("sentences", code, "precision", data, right / got))
        found.append(Figure("sentences", code, "recall", data, right / expected))
    return found
