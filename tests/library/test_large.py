"""Beyond the size for exact search an index finds nearly the same, and is made anew where it is not good."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.library.conftest import Opener

from khabar.encode.types import Vectors
from khabar.library import Library
from khabar.library.nearest import MemoryNearest, Nearest, keep_lead, open_nearest
from khabar.library.packing import pack_lead, unpack_leads

COUNT, DIM = 600, 64
FIRST_DAY, DAYS = date(2026, 1, 1), 100


@pytest.fixture
def crowded(tmp_path: Path, open_at: Opener, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with so many leads that the index is asked."""
    monkeypatch.setattr("khabar.library.nearest.EXACT_MOST", 200)
    library = open_at(tmp_path / "khabar.db")
    fill(library, 1, COUNT)
    return library


def fill(library: Library, first: int, count: int) -> None:
    store = library.store
    with store.writing():
        store.run("INSERT INTO made (number, version, encoder, settings) VALUES (1, '', '', '') "
                  "ON CONFLICT DO NOTHING")  # fmt: skip
        store.run("INSERT INTO originals (number, digest, kind, facts, body) "
                  "VALUES (1, ?, 'text', '', ?) ON CONFLICT DO NOTHING", (b"0", b"0"))  # fmt: skip
        for number in range(first, first + count):
            sql = (
                "INSERT INTO articles (number, id, original, made, added, title, languages, day, body) "
                "VALUES (?, ?, 1, 1, '', '', 'en', ?, ?)"
            )
            day = date.fromordinal(FIRST_DAY.toordinal() + number % DAYS).isoformat()
            store.run(sql, (number, f"a{number:016x}", day, b"0"))
            keep_lead(store, number, lead(number))


def lead(number: int) -> Vectors:
    drawn = np.random.default_rng(number).normal(size=DIM).astype(np.float32)
    unit: Vectors = drawn / np.linalg.norm(drawn)
    return unit


def share_found(near: MemoryNearest) -> float:
    """How many of the ten truly nearest are found, over forty questions."""
    near.near(lead(1), 1)
    known = near._vectors[: near._count]
    found = 0
    for number in range(9_000, 9_040):
        truth = near._numbers[np.argsort(-(known @ lead(number)))[:10]]
        found += len({one for one, _ in near.near(lead(number), 10)} & set(truth.tolist()))
    return found / 400


def test_the_index_finds_nearly_what_is_nearest(crowded: Library) -> None:
    near = MemoryNearest(crowded.store)
    assert share_found(near) >= 0.97
    best, cosine = near.near(lead(77), 1)[0]
    assert best == 77
    assert cosine == pytest.approx(1, abs=0.1)


def test_what_is_added_later_is_found(crowded: Library) -> None:
    near = MemoryNearest(crowded.store)
    near.near(lead(1), 1)
    fill(crowded, COUNT + 1, 20)
    assert near.near(lead(COUNT + 9), 1)[0][0] == COUNT + 9
    assert MemoryNearest(crowded.store).near(lead(COUNT + 9), 1)[0][0] == COUNT + 9


@pytest.mark.parametrize("harm", ["missing", "damaged", "cut", "of another library", "of other vectors"])
def test_an_index_that_cannot_be_trusted_is_made_anew(crowded: Library, harm: str) -> None:
    share_found(MemoryNearest(crowded.store))
    file = Path(crowded.store.where + ".near")
    stamp = Path(crowded.store.where + ".near.of")
    assert file.stat().st_size > 0
    if harm == "missing":
        file.unlink()
    elif harm == "damaged":
        file.write_bytes(b"no index")
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:1000])
    elif harm == "of another library":
        stamp.write_text(stamp.read_text().replace(stamp.read_text().split()[0], "other"))
    else:
        with crowded.store.writing():
            crowded.store.run("DELETE FROM leads")
            for number in range(1, COUNT + 1):
                keep_lead(crowded.store, number, lead(number + 5_000))
    assert share_found(MemoryNearest(crowded.store)) >= 0.97


@pytest.fixture
def many(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library in either database that is so large that an index is asked."""
    monkeypatch.setattr("khabar.library.nearest.EXACT_MOST", 200)
    monkeypatch.setattr("khabar.library.nearest.SERVER_EXACT_MOST", 200)
    fill(library, 1, COUNT)
    return library


def found_share(near: Nearest, day: date | None = None) -> float:
    """How many of the ten truly nearest are found, of all or of those near to a day."""
    numbers = np.array(
        [n for n in range(1, COUNT + 1) if day is None or abs((n % DAYS) - (day - FIRST_DAY).days) <= 5]
    )
    leads = np.array([lead(int(n)) for n in numbers])
    if isinstance(near, MemoryNearest):  # it holds them as they are kept, at two bits
        leads = unpack_leads([pack_lead(one) for one in leads])
    found = 0
    for asked in range(9_000, 9_040):
        truth = numbers[np.argsort(-(leads @ lead(asked)))[:10]]
        found += len({one for one, _ in near.near(lead(asked), 10, day, 5)} & set(truth.tolist()))
    return found / 400


def test_both_databases_find_nearly_what_is_nearest_among_many(many: Library) -> None:
    near = open_nearest(many.store)
    assert found_share(near) >= 0.97
    assert found_share(near, FIRST_DAY.replace(month=2)) >= 0.97
    fill(many, COUNT + 1, 20)
    best, cosine = near.near(lead(COUNT + 9), 3)[0]
    assert best == COUNT + 9
    assert cosine == pytest.approx(1, abs=0.1)
    if many.store.kind == "postgres":
        assert many.store.rows("SELECT 1 FROM pg_indexes WHERE indexname = 'leads_by_place'")
        assert open_nearest(many.store).near(lead(77), 1)[0][0] == 77  # another process finds the index there
