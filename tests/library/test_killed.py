"""A process killed at any moment while it adds leaves a library that opens, is sound and can go on."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from pathlib import Path

import pytest
from tests.library.reports import tiny
from tests.library.test_keeping import page

from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.library.sqlite import SqliteStore
from khabar.settings import Settings

KILLS = 200
REPORTS = 12
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def test_a_killed_add_is_completed_by_repeating_it(tmp_path: Path, passes: Encoder) -> None:
    pages = [page(tiny(n), f"{n}.txt") for n in range(REPORTS)]
    whole = tmp_path / "whole.db"
    with Library.open(whole, Settings(), create=True, encoder=passes) as library:
        library.add_pages(pages)  # from here on every sentence is in the memory that children share
        wanted = {one.id for one in library.articles(limit=100)}
    chance = random.Random(7)
    place, part = tmp_path / "k.db", 0
    for kill in range(KILLS):
        if _add_and_kill(place, pages, passes, chance.uniform(0.0, 0.25)) == 0:
            assert _ids(place, passes) == wanted
            part += 1
            place = tmp_path / f"k{part}.db"
        elif place.exists():
            _assert_sound(place, passes, whole=kill % 20 == 0)
    assert _add_and_kill(place, pages, passes, None) == 0
    assert _ids(place, passes) == wanted
    _assert_sound(place, passes, whole=True)


def _add_and_kill(place: Path, pages: list[object], encoder: Encoder, after_s: float | None) -> int | None:
    """What the process ended with: 0 when it had added everything before it could be killed."""
    process = multiprocessing.get_context("fork").Process(target=_add, args=(place, pages, encoder))
    process.start()
    process.join(after_s)
    if process.exitcode is None and process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode


def _add(place: Path, pages: list[object], encoder: Encoder) -> None:
    with Library.open(place, Settings(), create=True, encoder=encoder) as library:
        library.add_pages(pages)  # type: ignore[arg-type]


def _ids(place: Path, encoder: Encoder) -> set[str]:
    with Library.open(place, Settings(), encoder=encoder) as library:
        totals = library.totals()
        assert totals.kept == totals.articles == totals.inputs
        return {one.id for one in library.articles(limit=100)}


def _assert_sound(place: Path, encoder: Encoder, whole: bool) -> None:
    store = SqliteStore(place, create=False)
    assert store.faults() == []
    store.close()
    if whole:
        with Library.open(place, Settings(), create=True, encoder=encoder) as library:
            assert library.check().faults == ()
