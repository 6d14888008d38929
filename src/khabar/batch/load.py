"""A finished run into a library: what took long is taken over, names and stories are the library's own."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from khabar.batch.ledger import codes_of
from khabar.batch.plan import from_plain as plan_of
from khabar.batch.settle import NEEDED
from khabar.batch.shelf import Shelf
from khabar.batch.taken import Taken, worked_of
from khabar.errors import LibraryError
from khabar.library import Library
from khabar.library.codec import from_plain
from khabar.library.intake import Worked
from khabar.library.types import Added
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.progress import Progress

Row = dict[str, Any]
_FILES_HELD = 16  # of encoded reports, some 10 MB each


def load(out: str, library: Library, progress: Progress | None = None) -> Added:
    """What the library took in of a finished run; repeating it adds nothing twice.

    Each page takes the library's own way, less reading, annotating and encoding, so that its names, stories
    and reasons are those that `khabar add` gives. Errors: LibraryError where the run is not finished.
    """
    shelf = Shelf(out)
    plan = plan_of(shelf.read_json("plan.json"))
    if not (shelf.holds("manifest.json") and shelf.read_json("manifest.json")["finished"]):
        raise LibraryError(f"{out} is not finished. `khabar batch resume {out}` first.")
    encoded = _Encoded(shelf)
    added = [_load_part(shelf, f"{part.number:06}", library, encoded, progress) for part in plan.parts]
    return Added(
        sum(one.inputs for one in added),
        sum(one.kept for one in added),
        sum(one.known for one in added),
        tuple(each for one in added for each in one.dropped),
        tuple(each for one in added for each in one.articles),
        tuple(dict.fromkeys(each for one in added for each in one.stories)),
    )


def _load_part(
    shelf: Shelf, part: str, library: Library, encoded: _Encoded, progress: Progress | None
) -> Added:
    """A page at a time is held in memory, and the encoded reports of some tasks."""
    worked = _Now()
    plain = library.intake
    library.intake = Taken(plain, worked)
    try:
        return library.add_pages(_outcomes(shelf, part, worked, encoded), progress)
    finally:
        library.intake = plain


class _Now(dict[Page, Sequence[Worked]]):
    """What was worked out of the page that is taken in now."""


def _outcomes(shelf: Shelf, part: str, worked: _Now, encoded: _Encoded) -> Iterator[Outcome[Page]]:
    """Pages that gave articles, and every drop."""
    rows = shelf.each_row(f"articles/{part}.parquet", ("id", "page"))
    articles = {
        number: [row["id"] for row in rows] for number, rows in groupby(rows, lambda row: row["page"])
    }
    for row in shelf.each_row(f"pages/{part}.parquet"):
        ids = articles.get(row["number"])
        if ids:
            page = from_plain(Page, json.loads(row["page"]))
            worked.clear()
            worked[page] = [worked_of(encoded.row(name)) for name in ids]
            yield Kept(page)
    yield from (Dropped(**row) for row in shelf.each_row(f"dropped/{part}.parquet"))


class _Encoded:
    """The encoded reports; those of the files that were asked for lately are held, packed."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._files = [file["file"] for file in shelf.read_json("manifest.json")["stages"]["encode"]["files"]]
        codes = [codes_of(shelf, file) for file in self._files]
        of_file = np.repeat(np.arange(len(codes)), [len(one) for one in codes])
        every = np.concatenate([np.zeros(0, np.uint64), *codes])
        order = np.argsort(every)
        self._codes, self._of_file = every[order], of_file[order]
        self._held: OrderedDict[str, dict[str, Row]] = OrderedDict()

    def row(self, name: str) -> Row:
        """What an encoded row holds of this report."""
        at = int(np.searchsorted(self._codes, np.uint64(int(name[1:], 16))))
        file = self._files[int(self._of_file[at])]
        if file not in self._held:
            self._held[file] = {row["id"]: row for row in self._shelf.each_row(file, NEEDED)}
            while len(self._held) > _FILES_HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(file)
        return self._held[file][name]
