"""Which grades a rank may stand for, so that equal ranks of two armies are found equal."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from khabar.lang.lexicons import lexicon

Grades = tuple[int, int]


def grades_of(form: str, meaning: str, language: str) -> Grades | None:
    """The lowest and the highest grade of a rank as written; None where nothing is known of it.

    Units: NATO grades of officers, 1 (lieutenant) to 10 (field marshal); 0 for those below.
    """
    own = [hit for hit in lexicon(language, "rank_grades").find(form) if len(hit.span) == len(form)]
    if own:
        low, _, high = own[0].row.meaning.partition("-")
        return int(low), int(high or low)
    grade = _grades().get(meaning)
    return None if grade is None else (grade, grade)


def may_be_equal(one: Grades, other: Grades) -> bool:
    """Whether some grade is in both ranges."""
    return one[0] <= other[1] and other[0] <= one[1]


@cache
def _grades() -> Mapping[str, int]:
    text = files("khabar.compare").joinpath("ranks.tsv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), delimiter="\t"))[1:]
    return {row[0]: int(row[1]) for row in rows}
