"""The statement table in characters: columns where they fit, one list per statement where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from khabar.model.story import Story
from khabar.show.bidi import content, kept_together, ours, rejoined
from khabar.show.layout import pad, wrap
from khabar.show.marks import direction, one_line
from khabar.show.table import MARKS, Catalogue, Cell, Row, State, folded
from khabar.show.wording import count, say

LEAST_CELL, MOST_CELL = 10, 30
LEAST_HEAD, MOST_HEAD = 18, 44
STYLES = {
    State.STATES: "green",
    State.PART: "cyan",
    State.DIFFERS: "bold yellow",
    State.ATTRIBUTES: "green",
    State.ABSENT: "dim",
}
BAR = "│ "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell, already in order, and the side that it stands on."""

    shown: str
    style: str
    right: bool = False


NOTHING = Line("", "")


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets words in lines, in logical order or in the order in which they are seen."""

    logical: bool

    def words(self, text: str, columns: int, most: int, style: str = "") -> list[Line]:
        """A report's own words; right-to-left ones stand at the right."""
        clean = one_line(text)
        right = direction(clean) == "rtl"
        return [Line(content(line, self.logical), style, right) for line in wrap(clean, columns, most)]

    def ours(self, text: str, columns: int, most: int = 0, style: str = "") -> list[Line]:
        """Our words, from left to right, with a report's words in them marked by `kept_together`."""
        lines = rejoined(wrap(text, columns, most))
        return [Line(ours(line, self.logical), style) for line in lines]


@dataclass(frozen=True, slots=True)
class Grid:
    """How wide the table may be, and what sets its words."""

    width: int
    setter: Setter
    known: Catalogue

    def lines(self, story: Story, table: tuple[Row, ...]) -> Iterator[Text]:
        """The table, line by line, never wider than `width`."""
        columns = folded(table, story)
        room = self.width - LEAST_HEAD - 1
        if room // len(columns) - len(BAR) >= LEAST_CELL:
            return self._table(story, table, columns)
        return self._lists(table)

    # columns

    def _table(self, story: Story, table: tuple[Row, ...], columns: list[tuple[str, ...]]) -> Iterator[Text]:
        share = (self.width - LEAST_HEAD - 1) // len(columns) - len(BAR)
        cell = max(LEAST_CELL, min(MOST_CELL, share, (self.width * 3 // 4) // len(columns) - len(BAR)))
        head = min(MOST_HEAD, self.width - 1 - len(columns) * (cell + len(BAR)))
        widths = [head, *[cell] * len(columns)]
        heads = [self.setter.ours(say("statement"), head - 1, style="bold")]
        yield from self._row([*heads, *[self._head(members, cell) for members in columns]], widths)
        places = [story.articles.index(members[0]) for members in columns]
        for number, row in enumerate(table, 1):
            yield self._rule(widths)
            first = self.setter.words(f"{number}. {row.text}", head - 1, 4)
            yield from self._row([first, *[self._cell(row.cells[at], cell) for at in places]], widths)
        yield self._rule(widths)

    def _rule(self, widths: list[int]) -> Text:
        # a cell is one wider than its words, for the space before the next bar
        first, *others = widths
        return Text("─" * first + "".join("┼─" + "─" * other for other in others), style="dim")

    def _head(self, members: tuple[str, ...], columns: int) -> list[Line]:
        articles = [self.known.articles[member] for member in members]
        numbers = spans([self.known.numbers[member] for member in members])
        outlets = list(dict.fromkeys(one.outlet or say("outlet.unknown") for one in articles))
        languages = "/".join(dict.fromkeys(language for one in articles for language in one.languages))
        lines = self.setter.ours(numbers, columns - 1, 2, "bold")
        lines += self.setter.words(", ".join(outlets), columns - 1, 2, "bold")
        if len(members) > 1:
            lines += self.setter.ours(count("reports", len(members)), columns - 1, 1, "dim")
        return [*lines, *self.setter.ours(one_line(languages), columns - 1, 1, "dim")]

    def _cell(self, cell: Cell, columns: int) -> list[Line]:
        lines = self.setter.ours(f"{cell.mark} {word(cell)}", columns - 1, 3, STYLES[cell.state])
        if cell.state is State.ABSENT:
            return lines
        return lines + self.setter.words(quotation(cell), columns - 1, 2 if columns > 16 else 3)

    def _row(self, cells: Sequence[Sequence[Line]], widths: list[int]) -> Iterator[Text]:
        for at in range(max(len(cell) for cell in cells)):
            line = Text()
            for place, (cell, columns) in enumerate(zip(cells, widths, strict=True)):
                words = cell[at] if at < len(cell) else NOTHING
                if place:
                    line.append(BAR, "dim")
                line.append(pad(words.shown, columns - 1, words.right), words.style)
                line.append(" " if place < len(widths) - 1 else "")
            line.rstrip()
            yield line

    # lists

    def _lists(self, table: tuple[Row, ...]) -> Iterator[Text]:
        for number, row in enumerate(table, 1):
            for line in self.setter.words(f"{number}. {row.text}", self.width, 3, "bold"):
                yield _plain(line, 0)
            for cells in _alike(row):
                yield from self._listed(cells)
            yield Text()

    def _listed(self, cells: list[Cell]) -> Iterator[Text]:
        cell = cells[0]
        numbers = spans([self.known.numbers[one.article] for one in cells])
        head = self.setter.ours(f"{cell.mark} {word(cell)}: {numbers}", self.width - 6)
        for at, line in enumerate(head):
            yield _plain(line, 3 if at == 0 else 5, STYLES[cell.state])
        if cell.state is not State.ABSENT:
            for line in self.setter.words(quotation(cell), self.width - 6, 1):
                yield _plain(line, 5)


def _plain(line: Line, indent: int, style: str = "") -> Text:
    return Text(" " * indent + line.shown, style=style or line.style)


def _alike(row: Row) -> list[list[Cell]]:
    """The cells of a row in sets that say the same, in order of the states."""
    sets: dict[tuple[State, str, str], list[Cell]] = {}
    for cell in row.cells:
        words = cell.words if cell.state is not State.ABSENT else ""
        sets.setdefault((cell.state, words, cell.differs), []).append(cell)
    order = list(MARKS)
    return sorted(sets.values(), key=lambda cells: order.index(cells[0].state))


def word(cell: Cell) -> str:
    """The state of a cell in words: "stated", "differs", "not mentioned"; with the speaker, if any."""
    if cell.state is State.ATTRIBUTES:
        return f"{say('attributes')} {kept_together(one_line(cell.speaker or say('page.no_speaker')))}"
    return say(cell.state)


def quotation(cell: Cell) -> str:
    """The report's own words for a cell: those that differ, where some do."""
    return (cell.differs or cell.words)[:400]


def spans(numbers: list[int]) -> str:
    """Numbers in short: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
