"""Kept vectors save time and never change a result."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from khabar.encode.cache import ROW_BYTES, CachedEncoder, VectorStore
from khabar.encode.types import Encoder, Vectors

TEXTS = ["The port is closed.", "الميناء مغلق.", "بندر بسته است.", "half \ud800 a character", ""]
KEEP = """
import sys
from pathlib import Path
import numpy as np
from khabar.encode.cache import VectorStore
store = VectorStore(Path(sys.argv[1]), "e", 10**7)
for step in range(30):
    store.keep({f"{sys.argv[2]}.{step}".encode(): np.full(8, step, np.float32)})
"""


class Counting:
    """The shipped encoder, with a note of what it was asked."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.asked = encoder, []
        self.name, self.dim, self.family = encoder.name, encoder.dim, encoder.family

    def sentences(self, texts: Sequence[str], done: Callable[[int], None] | None = None) -> Vectors:
        self.asked.extend(texts)
        return self.encoder.sentences(texts, done)

    def encode(self, texts: Sequence[str], done: Callable[[int], None] | None = None):
        return self.encoder.encode(texts, done)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite3"


def cached(encoder: Encoder, path: Path, limit: int = 10**7) -> tuple[CachedEncoder, list[str]]:
    counting = Counting(encoder)
    return CachedEncoder(counting, VectorStore(path, encoder.name, limit)), counting.asked


def test_what_was_computed_once_is_not_computed_again(encoder: Encoder, path: Path) -> None:
    first, asked = cached(encoder, path)
    expected, counted = encoder.sentences(TEXTS), []
    assert np.array_equal(first.sentences(TEXTS), expected)
    second, again = cached(encoder, path)
    assert np.array_equal(second.sentences([*TEXTS, "New.", TEXTS[0]], counted.append)[:5], expected)
    assert (asked, again) == (TEXTS, ["New."])
    assert sum(counted) == 7
    assert second.sentences([]).shape == (0, encoder.dim)


def test_a_pass_for_words_keeps_its_sentences(encoder: Encoder, path: Path) -> None:
    both, asked = cached(encoder, path)
    made = both.encode(TEXTS)
    assert np.array_equal(both.sentences(TEXTS), np.stack([one.sentence for one in made]))
    assert asked == []


def test_encoders_do_not_share_vectors(path: Path) -> None:
    VectorStore(path, "one", 10**7).keep({b"key": np.ones(4, np.float32)})
    assert VectorStore(path, "two", 10**7).find([b"key"]) == {}
    assert VectorStore(path, "one", 10**7).find([b"key"])[b"key"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("damage", ["noise", "cut", "other table"])
def test_a_damaged_store_is_made_anew(encoder: Encoder, path: Path, damage: str) -> None:
    cached(encoder, path)[0].sentences(TEXTS)
    if damage == "noise":
        path.write_bytes(b"this is no database " * 1000)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        path.unlink()
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE vectors (something)")
        base.close()
    assert np.array_equal(cached(encoder, path)[0].sentences(TEXTS), encoder.sentences(TEXTS))
    healed, asked = cached(encoder, path)
    assert np.array_equal(healed.sentences(TEXTS), encoder.sentences(TEXTS))
    assert asked == []


def test_a_vector_that_was_altered_on_disk_is_computed_again(encoder: Encoder, path: Path) -> None:
    cached(encoder, path)[0].sentences(TEXTS)
    with sqlite3.connect(path) as base:
        base.execute("UPDATE vectors SET vector = zeroblob(1540)")
    base.close()
    assert np.array_equal(cached(encoder, path)[0].sentences(TEXTS), encoder.sentences(TEXTS))


def test_a_place_that_cannot_be_written_costs_time_only(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    made, _ = cached(encoder, tmp_path / "file" / "vectors.sqlite3")
    assert np.array_equal(made.sentences(TEXTS), encoder.sentences(TEXTS))


def test_the_oldest_make_room(path: Path) -> None:
    store = VectorStore(path, "e", 10 * ROW_BYTES)
    for step in range(25):
        store.keep({bytes([step]): np.full(384, step, np.float32)})
    assert sorted(key[0] for key in store.find([bytes([step]) for step in range(25)])) == list(range(15, 25))


def test_many_keys_are_found_at_once(path: Path) -> None:
    store = VectorStore(path, "e", 10**8)
    vectors = {step.to_bytes(2, "big"): np.full(4, step, np.float32) for step in range(2500)}
    store.keep(vectors)
    assert len(store.find(list(vectors))) == 2500


def test_several_processes_keep_side_by_side(path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", KEEP, str(path), str(n)]) for n in range(3)]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    found = VectorStore(path, "e", 10**7).find(
        [f"{n}.{step}".encode() for n in range(3) for step in range(30)]
    )
    assert len(found) == 90
