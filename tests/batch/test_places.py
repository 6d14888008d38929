"""A run on object storage, loaded into PostgreSQL, and done again where the user's own tables changed."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.library.conftest import _database, server  # noqa: F401  (a fixture)

from khabar.batch.engines import LocalEngine
from khabar.batch.load import load
from khabar.batch.plan import make_plan
from khabar.batch.run import begin, go_on, status_of
from khabar.batch.shelf import Shelf
from khabar.cli.batch import estimate
from khabar.encode.types import Encoder
from khabar.errors import SettingError
from khabar.library import Library
from khabar.settings import Settings

STORY = Path(__file__).parents[2] / "examples" / "cement-ruling"
NAMES = (STORY / "02_diffa_ar.txt", STORY / "04_docket_en.txt")


def run(inputs: list[str], out: str, **settings: Any) -> dict[str, Any]:
    begin(make_plan(inputs, Settings(**settings)), out)
    return go_on(out, LocalEngine(1))


def files_of(out: str, stage: str) -> list[tuple[str, str]]:
    return [(file["file"], file["sha256"]) for file in status_of(out)["stages"][stage]["files"]]


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 bucket of a real server on this machine."""
    pytest.importorskip("s3fs", reason="s3fs is missing")
    moto = pytest.importorskip("moto.server", reason="moto is missing, which serves S3 here")
    import fsspec

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=port)
    started.start()
    for name, value in (
        ("ACCESS_KEY_ID", "test"),
        ("SECRET_ACCESS_KEY", "test"),
        ("DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setitem(fsspec.config.conf, "s3", {"endpoint_url": f"http://127.0.0.1:{port}"})
    files = fsspec.filesystem("s3")
    files.mkdir("khabar")
    yield "s3://khabar"
    files.clear_instance_cache()
    started.stop()


@pytest.mark.filterwarnings("ignore")  # of the server and the client, which are no part of khabar
def test_a_run_on_s3_gives_the_files_of_a_run_on_disk(bucket: str, tmp_path: Path) -> None:
    import fsspec

    files = fsspec.filesystem("s3")
    for path in NAMES:
        files.pipe_file(f"khabar/in/{path.name}", path.read_bytes())
    manifest = run([f"{bucket}/in/*.txt"], f"{bucket}/out")
    assert manifest["totals"] == {"in": 2, "dropped": 0, "repeats": 0, "articles": 2}
    run([str(path) for path in NAMES], str(tmp_path / "out"))
    for stage in ("encode", "pairs", "stories"):
        at_s3 = [
            row
            for file, _ in files_of(f"{bucket}/out", stage)
            for row in Shelf(f"{bucket}/out").read_rows(file)
        ]
        on_disk = [
            row
            for file, _ in files_of(str(tmp_path / "out"), stage)
            for row in Shelf(str(tmp_path / "out")).read_rows(file)
        ]
        assert [_without_path(row) for row in at_s3] == [_without_path(row) for row in on_disk]


def _without_path(row: dict[str, Any]) -> dict[str, Any]:
    """Where a report was read from stands in its article."""
    return {name: value for name, value in row.items() if name not in ("article", "profile")}


def test_a_run_is_loaded_into_postgresql(server: str, encoder: Encoder, tmp_path: Path) -> None:  # noqa: F811
    out = str(tmp_path / "run")
    run([str(STORY)], out)
    stories = {row["article"]: row["story"] for row in Shelf(out).read_rows("stories/all.parquet")}
    for where in _database(server):
        with Library.open(where, Settings(), create=True, encoder=encoder) as library:
            added = load(out, library)
            assert added.kept == len(stories) > 1
            assert load(out, library).kept == 0
            together = {
                frozenset(article.id for article in library.articles(story=line.id))
                for line in library.stories()
            }
    ours: dict[str, set[str]] = {}
    for article, story in stories.items():
        ours.setdefault(story, set()).add(article)
    assert together == {frozenset(each) for each in ours.values()}


def test_a_changed_table_of_names_has_the_work_done_again_that_it_shapes(tmp_path: Path) -> None:
    names, out = tmp_path / "own.tsv", str(tmp_path / "run")
    names.write_text("Rauna Sel\tperson\tJudge Rauna Sel\n", encoding="utf-8")
    inputs = [str(path) for path in NAMES]
    run(inputs, out, names=names)
    before = {stage: _notes(out, stage) for stage in ("read", "encode", "settle")}
    run(inputs, out, names=names)
    assert {stage: _notes(out, stage) for stage in before} == before
    names.write_text("Docket Bureau\torganisation\tThe Docket\n", encoding="utf-8")
    run(inputs, out, names=names)
    after = {stage: _notes(out, stage) for stage in before}
    assert after["read"] == before["read"]
    assert after["encode"] != before["encode"]
    names.write_text("Docket Bureau\tnothing\n", encoding="utf-8")
    with pytest.raises(SettingError, match="the kind of"):
        run(inputs, out, names=names)


def _notes(out: str, stage: str) -> list[Any]:
    """When and of what the tasks of a stage were done."""
    return [path.read_bytes() for path in sorted(Path(out, "done", stage).glob("*.json"))]


def test_the_estimate_counts_what_is_done_and_prices_what_is_left() -> None:
    stage = {
        "tasks": 30, "done": 10, "in": 2000, "kept": 1990, "dropped": 10, "worker_seconds": 3600.0,
        "why": {"too long for one report": 10},
    }  # fmt: skip
    assert estimate(stage, workers=4, price=2.5) == (
        "10 of 30 tasks, 2000 in = 1990 kept + 10 dropped, 10 × too long for one report; "
        "some 30 min left, 5.00 to pay"
    )
