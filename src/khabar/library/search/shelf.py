"""What is known of every article without reading it: number, day, languages, outlet, in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from khabar.library.store import Store

_AT_ONCE = 20_000
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Columns:
    """One row an article, in order of arrival; read from the library as far as they are not held."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.numbers: Rows = np.zeros(0, np.int64)
        self.days: NDArray[np.int32] = np.zeros(0, np.int32)  # 0 where it is not known
        self.languages, self.outlets = _Named(), _Named()

    def catch_up(self) -> None:
        """Reads what was added since, also by other processes."""
        sql = "SELECT number, day, languages, outlet FROM articles WHERE number > ? ORDER BY number LIMIT ?"
        while found := self.store.rows(sql, (self.newest, _AT_ONCE)):
            numbers, days, languages, outlets = zip(*found, strict=True)
            ordinals = [date.fromisoformat(day).toordinal() if day else 0 for day in days]
            self.days = np.concatenate([self.days, np.array(ordinals, np.int32)])
            self.languages.extend(languages)
            self.outlets.extend([outlet or "" for outlet in outlets])
            self.numbers = np.concatenate([self.numbers, np.array(numbers, np.int64)])

    @property
    def newest(self) -> int:
        """The number of the last article that is held; 0 before the first."""
        return int(self.numbers[-1]) if len(self.numbers) else 0

    def rows_of(self, numbers: Sequence[int] | Rows) -> Rows:
        """The rows of these articles, without those that are not held."""
        wanted = np.asarray(numbers, np.int64)
        rows = np.searchsorted(self.numbers, wanted)
        inside = rows < len(self.numbers)
        rows, wanted = rows[inside], wanted[inside]
        found: Rows = rows[self.numbers[rows] == wanted].astype(np.int64)
        return found

    def only(self, numbers: Sequence[int] | Rows) -> Mask:
        """True for these articles."""
        mask = np.zeros(len(self.numbers), np.bool_)
        mask[self.rows_of(numbers)] = True
        return mask

    def codes(self) -> list[str]:
        """The languages that are in the library."""
        return sorted({code for said in self.languages.values for code in said.split()})


class _Named:
    """A column of texts of which many are the same."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._known: dict[str, int] = {}
        self.column: NDArray[np.int32] = np.zeros(0, np.int32)

    def extend(self, texts: Sequence[str]) -> None:
        for text in texts:
            if text not in self._known:
                self._known[text] = len(self.values)
                self.values.append(text)
        self.column = np.concatenate([self.column, np.array([self._known[one] for one in texts], np.int32)])

    def where(self, fits: Callable[[str], bool]) -> Mask:
        """True for the rows whose text fits."""
        fitting = np.array([fits(value) for value in self.values], np.bool_)
        return fitting[self.column] if len(fitting) else np.zeros(0, np.bool_)

    def of(self, row: int) -> str:
        return self.values[int(self.column[row])]
