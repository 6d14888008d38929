"""What `khabar eval` runs: a line for each evaluation, and the figures that it gives back.

To add one, write `measure(shared) -> list[Figure]` and add its line to TASKS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

# The language of a figure that is of all of them together.
ALL = "all"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `floor` is the value that it must not be worse than; None where none is set.

    `peer` is what the same data was given to as well, with its value; None where nothing was.
    """

    task: str
    language: str
    metric: str
    data: str
    value: float
    floor: float | None = None
    peer: str | None = None
    peer_value: float | None = None
    higher_is_better: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figure is no worse than its floor."""
        if self.floor is None:
            return True
        return self.value >= self.floor if self.higher_is_better else self.value <= self.floor


Measure = Callable[[Path | None], list[Figure]]


@dataclass(frozen=True, slots=True)
class Task:
    """An evaluation by its name. `measure` takes the folder of evaluation data, None where there is none.

    `command` prints the details behind the figures; SHARED in it stands for that folder.
    """

    name: str
    needs_shared: bool
    measure: Measure
    command: str = ""


def at(place: str) -> Measure:
    """What measures, imported when it is called: "evaluations.dates.figures:measure"."""
    module, _, name = place.partition(":")

    def measure(shared: Path | None) -> list[Figure]:
        found: list[Figure] = getattr(import_module(module), name)(shared)
        return found

    return measure


# Name, whether it can do nothing without the evaluation data, what measures, and what prints the details.
TASKS: tuple[Task, ...] = (
    Task("dates", False, at("evaluations.dates.figures:measure"), "python -m evaluations.dates.score"),
    Task("extract", False, at("evaluations.extract.figures:measure"), "python -m evaluations.extract.score"),
    Task(
        "sentences",
        False,
        at("evaluations.sentences.figures:measure"),
        "python -m evaluations.sentences.score",
    ),
    Task(
        "align", False, at("evaluations.align.figures:measure"), "python -m evaluations.align.measure SHARED"
    ),
    Task(
        "acceptance",
        False,
        at("evaluations.align.figures:measure_acceptance"),
        "python -m evaluations.align.acceptance",
    ),
    Task(
        "stories",
        True,
        at("evaluations.group.figures:measure_mixed"),
        "python -m evaluations.group.mixed SHARED",
    ),
    Task("group", False, at("evaluations.group.figures:measure"), "python -m evaluations.group.measure"),
    Task(
        "quotes",
        False,
        at("evaluations.quotes.figures:measure"),
        "python -m evaluations.quotes.score SHARED/seeds",
    ),
    Task("origins", False, at("evaluations.trace.figures:measure"), "python -m evaluations.trace.score held"),
    Task(
        "differences",
        False,
        at("evaluations.compare.figures:measure_pairs"),
        "python -m evaluations.compare.pairs",
    ),
    Task(
        "controls",
        True,
        at("evaluations.compare.figures:measure"),
        "python -m evaluations.compare.controls SHARED/data/ntrex",
    ),
    Task(
        "contradiction",
        True,
        at("evaluations.compare.contradiction:measure"),
        "python -m evaluations.compare.contradiction SHARED/data",
    ),
    Task(
        "spelling",
        True,
        at("evaluations.names.figures:measure_spellings"),
        "python -m evaluations.names.measure_spelling SHARED/data/names",
    ),
    Task(
        "romanised",
        True,
        at("evaluations.names.figures:measure_readings"),
        "python -m evaluations.names.measure_romanised SHARED/data/names",
    ),
    Task(
        "names",
        True,
        at("evaluations.names.figures:measure_tagging"),
        "python -m evaluations.names.measure_names SHARED/data/ner",
    ),
    Task(
        "paragraphs",
        False,
        at("evaluations.names.figures:measure_reports"),
        "python -m evaluations.names.reports",
    ),
    Task("search", False, at("evaluations.search.figures:measure"), "python -m evaluations.search.measure"),
    Task(
        "retrieval",
        True,
        at("evaluations.encode.figures:measure"),
        "python -m evaluations.encode.retrieval SHARED/data/ntrex",
    ),
)


def choose(names: Iterable[str]) -> list[Task]:
    """The tasks of these names, in the order of the list; all of them where none is. Errors: KeyError."""
    by_name = {task.name: task for task in TASKS}
    wanted = set(names)
    unknown = wanted - by_name.keys()
    if unknown:
        raise KeyError(min(unknown))
    return [task for task in by_name.values() if not wanted or task.name in wanted]
