"""A finished run into a library: what took long is taken over, names and stories are the library's own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from khabar.batch.plan import from_plain as plan_of
from khabar.batch.shelf import Shelf
from khabar.batch.work import read_article, read_numbers, read_vectors
from khabar.errors import LibraryError
from khabar.group.profile import make_profile
from khabar.library import Library
from khabar.library.codec import from_plain
from khabar.library.intake import Intake, Worked
from khabar.library.types import Added
from khabar.model.outcome import Dropped, Kept, Outcome
from khabar.model.page import Page
from khabar.progress import Progress

Row = dict[str, Any]


def load(out: str, library: Library, progress: Progress | None = None) -> Added:
    """What the library took in of a finished run; repeating it adds nothing twice.

    Each page takes the library's own way, less reading, annotating and encoding, so that its names, stories
    and reasons are those that `khabar add` gives. Errors: LibraryError where the run is not finished.
    """
    shelf = Shelf(out)
    plan = plan_of(shelf.read_json("plan.json"))
    if not (shelf.holds("manifest.json") and shelf.read_json("manifest.json")["finished"]):
        raise LibraryError(f"{out} is not finished. `khabar batch resume {out}` first.")
    where = _encoded_where(shelf)
    added = [_load_part(shelf, f"{part.number:06}", library, where, progress) for part in plan.parts]
    return Added(
        sum(one.inputs for one in added),
        sum(one.kept for one in added),
        sum(one.known for one in added),
        tuple(each for one in added for each in one.dropped),
        tuple(each for one in added for each in one.articles),
        tuple(dict.fromkeys(each for one in added for each in one.stories)),
    )


def _load_part(
    shelf: Shelf, part: str, library: Library, where: dict[str, str], progress: Progress | None
) -> Added:
    """One part at a time is held in memory."""
    rows = shelf.read_rows(f"articles/{part}.parquet", ["id", "page"])
    dropped = [Dropped(**row) for row in shelf.read_rows(f"dropped/{part}.parquet")]
    known = _known_rows(shelf, [row["id"] for row in rows], where)
    pages = {
        row["number"]: from_plain(Page, json.loads(row["page"]))
        for row in shelf.read_rows(f"pages/{part}.parquet")
    }
    worked: dict[Page, list[Worked]] = {page: [] for page in pages.values()}
    for row in rows:
        worked[pages[row["page"]]].append(_worked(known[row["id"]], pages[row["page"]]))
    plain = library.intake
    library.intake = _Taken(plain, worked)
    try:
        return library.add_pages(list(_outcomes(pages, worked, dropped)), progress)
    finally:
        library.intake = plain


def _outcomes(
    pages: dict[int, Page], worked: dict[Page, list[Worked]], dropped: Sequence[Dropped]
) -> Iterator[Outcome[Page]]:
    """Pages that gave articles, and every drop."""
    yield from (Kept(page) for page in pages.values() if worked[page])
    yield from dropped


class _Taken(Intake):
    """Takes in pages whose articles are worked on already."""

    def __init__(self, plain: Intake, worked: dict[Page, list[Worked]]) -> None:
        self.__dict__.update(plain.__dict__)
        self._worked = worked

    def _work(self, page: Page) -> tuple[list[Worked], list[Dropped]]:
        return self._worked[page], []


def _encoded_where(shelf: Shelf) -> dict[str, str]:
    files = shelf.read_json("manifest.json")["stages"]["encode"]["files"]
    return {row["id"]: file["file"] for file in files for row in shelf.read_rows(file["file"], ["id"])}


def _known_rows(shelf: Shelf, ids: Sequence[str], where: dict[str, str]) -> dict[str, Row]:
    wanted = set(ids)
    files = sorted({where[name] for name in wanted})
    columns = ["id", "article", "numbers", "dim", "vectors"]
    return {row["id"]: row for file in files for row in shelf.read_rows(file, columns) if row["id"] in wanted}


def _worked(row: Row, page: Page) -> Worked:
    article = read_article(row["article"])
    vectors, numbers = read_vectors(row), read_numbers(row["numbers"], article.text)
    return Worked(article, vectors, numbers, make_profile(article, vectors, numbers, {}))
