"""When outlets began: no report of theirs is older."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.annotate.outlets import outlet_id


@dataclass(frozen=True, slots=True)
class Founding:
    """An outlet as a page names it, and the year in which it began."""

    name: str
    year: int


def founding_of(name: str | None) -> Founding | None:
    """When the outlet of this name began; None where it is not known for sure."""
    year = _years().get(outlet_id(name) or "") if name else None
    return Founding(name, year) if name and year else None


@cache
def _years() -> dict[str, int]:
    lines = files("khabar.annotate").joinpath("founded.tsv").read_text(encoding="utf-8").split("\n")
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "id\t")))
    return {outlet: int(year) for outlet, year in rows}
