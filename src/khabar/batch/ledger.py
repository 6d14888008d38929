"""All reports of a run in few bytes each: the driver holds numbers, workers hold reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from khabar.batch.bands import BANDS, Codes, Rows
from khabar.batch.shelf import Shelf

Task = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The different reports in the order of arrival, with the file that each stands in.

    Shapes: `codes`, the ids as numbers, uint64[n]; `files` int64[n], rows of `names`.
    """

    codes: Codes
    files: Rows
    names: tuple[str, ...]
    _sorted: tuple[Codes, Rows] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = np.argsort(self.codes)
        object.__setattr__(self, "_sorted", (self.codes[order], order))

    def __len__(self) -> int:
        return len(self.codes)

    def id(self, row: int) -> str:
        """The id of a report."""
        return f"a{int(self.codes[row]):016x}"

    def rows(self, codes: Codes) -> Rows:
        """The rows of these ids."""
        ordered, order = self._sorted
        return order[np.searchsorted(ordered, codes)]

    def by_file(self, rows: Rows) -> dict[str, list[str]]:
        """The ids of these rows by the file that they stand in, in the order given."""
        found: dict[str, list[str]] = {}
        for row in rows.tolist():
            found.setdefault(self.names[self.files[row]], []).append(self.id(row))
        return found


def codes_of(shelf: Shelf, file: str, column: str = "id") -> Codes:
    """The ids of a file as numbers."""
    digits = "".join(name[1:] for name in shelf.read_column(file, column).to_pylist())
    return np.frombuffer(bytes.fromhex(digits), ">u8").astype(np.uint64)


def read_ledger(shelf: Shelf, names: Sequence[str], folder: str) -> tuple[Ledger, Rows]:
    """The reports of these files, and how often each stands there. The very same text counts once."""
    each = [codes_of(shelf, f"{folder}/{name}.parquet") for name in names]
    codes = np.concatenate([np.zeros(0, np.uint64), *each])
    files = np.repeat(np.arange(len(each)), [len(one) for one in each])
    _, first, times = np.unique(codes, return_index=True, return_counts=True)
    order = np.argsort(first)
    kept = first[order]
    return Ledger(codes[kept], files[kept], tuple(names)), times[order]


def read_bands(shelf: Shelf, ledger: Ledger) -> Codes:
    """The bands of the reports. Shapes: uint64[n, 8]."""
    bands = np.zeros((len(ledger), BANDS), np.uint64)
    for name in ledger.names:
        packed = b"".join(shelf.read_column(f"articles/{name}.parquet", "bands").to_pylist())
        rows = ledger.rows(codes_of(shelf, f"articles/{name}.parquet"))
        bands[rows] = np.frombuffer(packed, np.uint64).reshape(-1, BANDS)
    return bands


def read_days(shelf: Shelf, ledger: Ledger) -> Rows:
    """The days of the reports as numbers, 0 where none is known. Shapes: int64[n]."""
    days = np.zeros(len(ledger), np.int64)
    for name in ledger.names:
        file = f"encoded/{name}.parquet"
        told = shelf.read_column(file, "day").to_pylist()
        days[ledger.rows(codes_of(shelf, file))] = [
            date.fromisoformat(day).toordinal() if day else 0 for day in told
        ]
    return days


class Tasks(Sequence[Task]):
    """Tasks that are made when they are asked for; their names are their numbers."""

    def __init__(self, count: int, make: Callable[[int], Task]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: Any) -> Any:
        return {"name": f"{number:06}"} | self._make(number)

    def __iter__(self) -> Iterator[Task]:
        return (self[number] for number in range(self._count))
