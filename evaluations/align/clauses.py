"""How well sentences are cut into assertions, on constructed sentences.

python -m evaluations.align.clauses [LANGUAGE]    prints the figures, and every sentence that is cut otherwise
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from khabar.align.clauses import split_clauses
from khabar.model.article import Sentence
from khabar.model.span import Span

CASES_FILE = Path(__file__).resolve().parent / "clauses.tsv"
LANGUAGES = ("ar", "en", "fa")
_BAR = " | "
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and the numbers of the words that begin a new assertion."""

    language: str
    kind: str
    text: str
    cuts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """Cuts that are right, that are too many and that are missing, and the sentences cut exactly so."""

    right: int
    wrong: int
    missed: int
    exact: float

    @property
    def f1(self) -> float:
        """Of the cuts."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def read_cases(file: Path = CASES_FILE) -> list[Case]:
    """The sentences in order."""
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [_case(*line) for line in lines]


def _case(language: str, kind: str, marked: str) -> Case:
    parts = marked.split(_BAR)
    counts = [len(_WORD.findall(part)) for part in parts]
    cuts = frozenset(sum(counts[:n]) for n in range(1, len(parts)))
    return Case(language, kind, " ".join(parts), cuts)


def found_cuts(case: Case) -> frozenset[int]:
    """The numbers of the words that begin a clause, but for the first."""
    clauses = split_clauses(case.text, Sentence("s", Span(0, len(case.text)), case.language))
    return frozenset(len(_WORD.findall(case.text[: clause.span.start])) for clause in clauses) - {0}


def measure(cases: Iterable[Case]) -> Figures:
    """How the cuts of all these agree."""
    pairs = [(case.cuts, found_cuts(case)) for case in cases]
    return Figures(
        sum(len(cuts & found) for cuts, found in pairs),
        sum(len(found - cuts) for cuts, found in pairs),
        sum(len(cuts - found) for cuts, found in pairs),
        sum(cuts == found for cuts, found in pairs) / max(1, len(pairs)),
    )


def figures() -> dict[str, float]:
    """The figures by the names that floors.json uses."""
    cases = read_cases()
    found = {language: measure(_of(cases, language)) for language in LANGUAGES}
    return {f"{language}_cuts_f1": round(one.f1, 3) for language, one in found.items()} | {
        f"{language}_exact": round(one.exact, 3) for language, one in found.items()
    }


def _of(cases: Sequence[Case], language: str) -> list[Case]:
    return [case for case in cases if case.language == language]


def _told(case: Case, found: frozenset[int]) -> str:
    starts = [match.start() for match in _WORD.finditer(case.text)]
    text, last = "", 0
    for cut in sorted(case.cuts | found):
        sign = "|" if cut in case.cuts & found else "[missed]" if cut in case.cuts else "[too many]"
        text += f"{case.text[last : starts[cut]]}{sign} "
        last = starts[cut]
    return text + case.text[last:]


def main() -> None:
    wanted = sys.argv[1:] or LANGUAGES
    for language in wanted:
        cases = _of(read_cases(), language)
        one = measure(cases)
        print(
            f"{language}: {len(cases)} sentences, {one.right} cuts right, {one.wrong} too many, "
            f"{one.missed} missed, F1 {one.f1:.3f}; exactly so {one.exact:.3f}"
        )
        for case in cases:
            found = found_cuts(case)
            if found != case.cuts:
                print(f"   {case.kind}: {_told(case, found)}")


if __name__ == "__main__":
    main()
