"""Share of hard strings that are split exactly as expected, per language, beside a plain splitter.

Run: python -m evaluations.sentences.score
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from khabar.annotate.rules import stop_rules
from khabar.annotate.sentences import split_sentences
from khabar.lang.loader import load_languages
from khabar.model.span import Span

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
MARK = "‖"


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    text: str
    expected: tuple[str, ...]


def read_cases() -> list[Case]:
    lines = (HERE / "cases.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.replace("\\n", "\n").split("\t") for line in lines]
    return [
        Case(code, marked.replace(MARK, ""), tuple(part.strip() for part in marked.split(MARK)))
        for code, marked in rows
    ]


def split(case: Case) -> tuple[str, ...]:
    rules = stop_rules(load_languages(), case.language)
    spans = split_sentences(case.text, Span(0, len(case.text)), rules)
    return tuple(span.of(case.text) for span in spans)


def split_plainly(case: Case) -> tuple[str, ...]:
    """At every stop that white space follows: what the rules have to beat."""
    parts = re.split(r"(?<=[.!?؟۔।։…])\s+|(?<=。)|\n", case.text)
    return tuple(part.strip() for part in parts if part.strip())


def measure() -> tuple[dict[str, float], list[tuple[Case, tuple[str, ...]]]]:
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[tuple[Case, tuple[str, ...]]] = []
    for case in read_cases():
        got = split(case)
        for key in ("all", case.language):
            total[key] += 1
            right[key] += got == case.expected
        if got != case.expected:
            wrong.append((case, got))
    return {key: right[key] / total[key] for key in sorted(total)}, wrong


def main() -> None:
    shares, wrong = measure()
    for case, got in wrong:
        print(f"{case.language}  expected {case.expected}\n    got      {got}")
    cases = read_cases()
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for key, share in shares.items():
        print(f"{key:>4}  {share:.3f}  floor {floors.get(key, '-')}")
    plain = sum(split_plainly(case) == case.expected for case in cases) / len(cases)
    print(f"{len(cases)} strings; a plain splitter gets {plain:.3f}")


if __name__ == "__main__":
    main()
