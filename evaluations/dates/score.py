"""Exact share of constructed date lines that are read right, per language.

python -m evaluations.dates.score [SET...]
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khabar.annotate.dates import find_dates
from khabar.lang.loader import load_languages

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
SETS = ("cases", "cases_2", "cases_3")


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    anchor: date | None
    text: str
    expected: tuple[str | None, ...]


def read_cases(*names: str) -> list[Case]:
    """The lines of those sets; of all of them where none is named."""
    rows = [row for name in names or SETS for row in _rows(HERE / f"{name}.tsv")]
    return [
        Case(
            row["language"],
            None if row["anchor"] == "-" else date.fromisoformat(row["anchor"]),
            row["text"],
            tuple(None if part == "open" else part for part in (row["expected"] or "").split("; ") if part),
        )
        for row in rows
    ]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(case: Case) -> tuple[str | None, ...]:
    found = find_dates(case.text, [case.language], load_languages(), case.anchor)
    return tuple(mention.value for mention in found)


def measure(*names: str) -> tuple[dict[str, float], list[tuple[Case, tuple[str | None, ...]]]]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: list[tuple[Case, tuple[str | None, ...]]] = []
    for case in read_cases(*names):
        got = read(case)
        total[case.language] += 1
        right[case.language] += got == case.expected
        if got != case.expected:
            wrong.append((case, got))
    shares = {language: right[language] / total[language] for language in sorted(total)}
    return {"all": sum(right.values()) / sum(total.values()), **shares}, wrong


def main() -> None:
    shares, wrong = measure(*sys.argv[1:])
    for case, got in wrong:
        print(f"{case.language}  {case.text}\n    expected {case.expected}\n    got      {got}")
    counts = Counter(case.language for case in read_cases(*sys.argv[1:]))
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for language, share in shares.items():
        size = sum(counts.values()) if language == "all" else counts[language]
        print(f"{language:>4}  {share:.3f} of {size:>3}  floor {floors.get(language, '-')}")


if __name__ == "__main__":
    main()
