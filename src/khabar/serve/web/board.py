"""The statement table as the reader asked for it: columns folded, rows sorted and hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from khabar.model.story import DifferenceKind, Story, Weight
from khabar.serve.web.wording import say
from khabar.show.table import FITS, MARKS, Catalogue, Cell, Row, State

ORDERS = ("order", "agreement", "difference")
GROUPS = ("report", "language", "origin")
MOST_WORDY = 700  # cells that show their words; a larger table shows marks
_STRONGEST = (State.DIFFERS, State.STATES, State.ATTRIBUTES, State.PART, State.ABSENT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a reader asked to see the table."""

    order: str = "order"
    group: str = "report"
    hide_shared: bool = False
    unfolded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: one report, or several that are folded into one. `group` is what it stands under."""

    key: str
    places: tuple[int, ...]  # of its reports in the story
    articles: tuple[str, ...]
    group: str = ""
    foldable: bool = False  # whether it can be unfolded


@dataclass(frozen=True, slots=True)
class Square:
    """What a column does with a statement; `count` of its reports do so."""

    state: State
    cell: Cell
    count: int
    of: int

    @property
    def mark(self) -> str:
        """The sign of the state, by shape."""
        return MARKS[self.state]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement across the columns; `number` is its place in the story."""

    number: int
    row: Row
    squares: tuple[Square, ...]
    meaning: int  # differences that shift the meaning


@dataclass(frozen=True, slots=True)
class Board:
    """The table: columns, the groups over them, and the lines that are shown."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    hidden: int
    wordy: bool
    wanted: Wanted


def lay_out(story: Story, known: Catalogue, wanted: Wanted, rows: Sequence[Row]) -> Board:
    """The table of a story as it is wanted; `rows` are all of it."""
    columns = _columns(story, known, wanted)
    table = [_line(number, row, columns) for number, row in enumerate(rows, 1)]
    shown = [line for line in table if not (wanted.hide_shared and is_shared(line))]
    wordy = len(columns) * len(shown) <= MOST_WORDY and len(columns) <= FITS * 2
    return Board(
        columns, _groups(columns), tuple(_sorted(shown, wanted.order)), len(table) - len(shown), wordy, wanted
    )


def is_shared(line: Line) -> bool:
    """Whether all columns state it, none of them differently."""
    return all(square.state is State.STATES and square.count == square.of for square in line.squares)


def _columns(story: Story, known: Catalogue, wanted: Wanted) -> tuple[Column, ...]:
    folds = len(story.articles) > FITS and "all" not in wanted.unfolded
    group = "origin" if wanted.group == "report" and folds else wanted.group
    if group == "report":
        return tuple(_single(story, article) for article in story.articles)
    found: list[Column] = []
    for key, label, members in _clusters(story, known, group):
        single = [_single(story, article, label) for article in members]
        if folds and len(members) > 1 and key not in wanted.unfolded:
            places = tuple(place for column in single for place in column.places)
            found.append(Column(key, places, tuple(members), label, True))
        else:
            found += single
    return tuple(found)


def _single(story: Story, article: str, group: str = "") -> Column:
    return Column(article, (story.articles.index(article),), (article,), group)


def _clusters(story: Story, known: Catalogue, group: str) -> Iterable[tuple[str, str, list[str]]]:
    """Key, label and reports of each group, in the order of the story's reports."""
    made: dict[str, list[str]] = {}
    origins = {article: origin.id for origin in story.origins for article in origin.articles}
    for article in story.articles:
        languages = known.articles[article].languages
        key = origins.get(article, article) if group == "origin" else (languages or ("?",))[0]
        made.setdefault(key, []).append(article)
    for number, (key, members) in enumerate(made.items(), 1):
        yield key, say("board.origin", number=number) if group == "origin" else key, members


def _groups(columns: Sequence[Column]) -> tuple[tuple[str, int], ...]:
    """The labels over the columns with how many stand under each; none where no column has one."""
    found: list[tuple[str, int]] = []
    for column in columns:
        if found and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + 1)
        else:
            found.append((column.group, 1))
    return tuple(found) if any(label for label, _ in found) else ()


def _line(number: int, row: Row, columns: Sequence[Column]) -> Line:
    meaning = sum(
        one.weight is Weight.MEANING and one.kind is not DifferenceKind.OMISSION for one in row.differences
    )
    squares = tuple(_square([row.cells[place] for place in column.places]) for column in columns)
    return Line(number, row, squares, meaning)


def _square(cells: Sequence[Cell]) -> Square:
    if len(cells) == 1:
        return Square(cells[0].state, cells[0], 1, 1)
    counted = Counter(cell.state for cell in cells)
    state = next(state for state in _STRONGEST if counted[state])
    first = next(cell for cell in cells if cell.state is state)
    return Square(state, first, counted[state], len(cells))


def _sorted(lines: Sequence[Line], order: str) -> list[Line]:
    if order == "agreement":
        return sorted(lines, key=lambda line: (-_agreeing(line), line.meaning, line.number))
    if order == "difference":
        return sorted(lines, key=lambda line: (-line.meaning, _agreeing(line), line.number))
    return list(lines)


def _agreeing(line: Line) -> int:
    return sum(square.count for square in line.squares if square.state in (State.STATES, State.ATTRIBUTES))


def wanted_of(order: str, group: str, hide: str, unfolded: Sequence[str]) -> Wanted:
    """What an address asks for; what it cannot mean is as if it were not there."""
    return replace(
        Wanted(),
        order=order if order in ORDERS else ORDERS[0],
        group=group if group in GROUPS else GROUPS[0],
        hide_shared=hide == "shared",
        unfolded=tuple(unfolded[:60]),
    )
