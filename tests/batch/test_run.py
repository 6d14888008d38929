"""A run over archives gives what one machine gives, goes on where it stopped, and counts every input."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fsspec
import numpy as np
import pytest

from khabar.batch.engines import LocalEngine, open_engine
from khabar.batch.load import load
from khabar.batch.plan import Plan, make_plan
from khabar.batch.run import begin, go_on, status_of
from khabar.batch.shelf import Shelf
from khabar.batch.stories import AT_ONCE, Giant, Links, rejoin, shares_of, speakers_of, unite
from khabar.encode.types import Encoder
from khabar.errors import LibraryError, ReadError, SettingError
from khabar.library import Library
from khabar.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = EXAMPLES / "cement-ruling"


def stories_of(out: str) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in Shelf(out).read_rows("stories/all.parquet"):
        found.setdefault(row["story"], set()).add(row["article"])
    return {frozenset(each) for each in found.values()}


def plan_for(*inputs: Path | str, **more: Any) -> Plan:
    return make_plan([str(one) for one in inputs], Settings(), **more)


def run(plan: Plan, out: str, workers: int = 1) -> dict[str, Any]:
    begin(plan, out)
    engine = LocalEngine(workers)
    try:
        return go_on(out, engine)
    finally:
        engine.close()


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of two stories, one of them twice, and an archive that is torn."""
    folder = tmp_path_factory.mktemp("archives")
    for story in (STORY, EXAMPLES / "delta-derailment"):
        for path in sorted(story.glob("0*")):
            (folder / f"{story.name}_{path.name}").write_bytes(path.read_bytes())
    (folder / "again.txt").write_bytes((STORY / "02_diffa_ar.txt").read_bytes())
    (folder / "torn.warc.gz").write_bytes(b"\x1f\x8b\x08\x00 this is no archive")
    return folder


@pytest.fixture(scope="module")
def finished(archives: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = str(tmp_path_factory.mktemp("out") / "run")
    run(plan_for(archives), out)
    return out


def test_every_input_is_counted_once_and_a_torn_archive_costs_itself_only(finished: str) -> None:
    manifest = status_of(finished)
    assert manifest["finished"]
    assert manifest["totals"] == {"in": 13, "dropped": 1, "repeats": 1, "articles": 11}
    assert sum(manifest["stages"]["read"]["why"].values()) == 1
    assert sum(map(len, stories_of(finished))) == 11


def test_stories_and_annotations_are_the_librarys_own(
    finished: str, archives: Path, encoder: Encoder, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "own.db", Settings(), create=True, encoder=encoder) as own:
        own.add([archives])
        kept = {line.id: own.article(line.id).article for line in own.articles()}
        own_stories = _stories_in(own)
    with Library.open(tmp_path / "loaded.db", Settings(), create=True, encoder=encoder) as loaded:
        added = load(finished, loaded)
        again = load(finished, loaded)
        taken = {line.id: loaded.article(line.id).article for line in loaded.articles()}
        loaded_stories = _stories_in(loaded)
    assert taken == kept
    assert loaded_stories == own_stories == stories_of(finished)
    assert (added.kept, len(added.dropped), again.kept) == (11, 1, 0)


def _stories_in(library: Library) -> set[frozenset[str]]:
    return {
        frozenset(article.id for article in library.articles(story=line.id)) for line in library.stories()
    }


def test_fields_of_the_users_own_are_read_on_every_worker(tmp_path: Path) -> None:
    told = (STORY / "04_docket_en.txt").read_text("utf-8")
    record = {"body": told, "kopf": "Constructed: a headline in a field of the user's own"}
    (tmp_path / "records.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    inputs = [str(tmp_path / "records.jsonl")]
    out = str(tmp_path / "run")
    totals = run(make_plan(inputs, Settings(fields="text=body,title=kopf")), out, workers=2)["totals"]
    (row,) = Shelf(out).read_rows("articles/000000.parquet")
    assert totals["articles"] == 1
    assert record["kopf"] in json.loads(row["article"])["text"]


def test_a_run_that_stopped_goes_on_and_does_nothing_twice(
    archives: Path, finished: str, tmp_path: Path
) -> None:
    out = str(tmp_path / "run")
    begin(plan_for(archives), out)
    engine = _Stops(LocalEngine(1), after=5)
    with pytest.raises(KeyboardInterrupt):
        go_on(out, engine)
    assert not status_of(out)["finished"]
    counting = _Stops(LocalEngine(1), after=1000)
    go_on(out, counting)
    assert counting.done["read"] == 13 - 5
    assert stories_of(out) == stories_of(finished)
    idle = _Stops(LocalEngine(1), after=1000)
    go_on(out, idle)
    assert idle.done == {}


class _Stops:
    """An engine that is interrupted after so many tasks."""

    def __init__(self, engine: LocalEngine, after: int) -> None:
        self.engine, self.after, self.done = engine, after, dict[str, int]()

    def each(self, work: Any, tasks: Any) -> Any:
        for task, result in self.engine.each(work, tasks):
            stage = task["stage"]
            if sum(self.done.values()) == self.after - 1:
                raise KeyboardInterrupt
            self.done[stage] = self.done.get(stage, 0) + 1
            yield task, result

    def close(self) -> None:
        self.engine.close()


def test_a_damaged_file_is_made_again(finished: str, tmp_path: Path) -> None:
    files = status_of(finished)["stages"]["pairs"]["files"]
    before = stories_of(finished)
    (Path(finished) / files[0]["file"]).write_bytes(b"torn")
    go_on(finished, LocalEngine(1))
    assert Shelf(finished).is_whole(files[0])
    assert stories_of(finished) == before


def test_two_processes_and_a_killed_one_give_the_same(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    engine = LocalEngine(2)
    tasks = [{"number": number, "marks": str(marks)} for number in range(6)]
    done = {task["number"]: result["twice"] for task, result in engine.each(die_once, tasks)}
    engine.close()
    assert done == {number: 2 * number for number in range(6)}
    assert (marks / "died").exists()


def die_once(task: dict[str, Any]) -> dict[str, Any]:
    """Twice the number; the first worker that meets 3 is killed."""
    mark = Path(task["marks"]) / "died"
    if task["number"] == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"twice": 2 * task["number"]}


def test_stripes_of_an_archive_hold_every_record_once(tmp_path: Path, finished: str) -> None:
    lines = [
        {"title": f"Report {n}", "text": f"The harbour of Sel Amin opened its berth {n} on Monday. " * 8}
        for n in range(7)
    ]
    dump = tmp_path / "dump.jsonl"
    dump.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    plan = plan_for(dump, split_bytes=dump.stat().st_size // 3 + 1)
    assert [(part.stripe, part.of) for part in plan.parts] == [(0, 3), (1, 3), (2, 3)]
    manifest = run(plan, str(tmp_path / "run"))
    assert manifest["totals"]["in"] == 7
    assert manifest["skew"]["archives_in_stripes"] == {f"file://{dump}": 3}


def test_places_may_be_anything_that_fsspec_opens() -> None:
    files = fsspec.filesystem("memory")
    files.pipe_file("/in/one.txt", (STORY / "04_docket_en.txt").read_bytes())
    manifest = run(plan_for("memory://in"), "memory://out")
    assert manifest["totals"]["articles"] == 1
    assert files.exists("/out/manifest.json")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc tells which processes live here")
def test_workers_end_with_a_driver_that_is_killed() -> None:
    command = [sys.executable, "-c", _DRIVER]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as driver:
        assert driver.stdout is not None
        worker = int(driver.stdout.readline())
        assert _lives(worker)
        driver.kill()
    deadline = time.monotonic() + 20
    while _lives(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(worker)


_DRIVER = """
from khabar.batch.engines import LocalEngine
from tests.batch.test_run import own_process

if __name__ == "__main__":
    for _, found in LocalEngine(2).each(own_process, [{"number": n} for n in range(100)]):
        print(found["process"], flush=True)
"""


def own_process(task: dict[str, Any]) -> dict[str, Any]:
    time.sleep(0.2)
    return {"process": os.getpid()}


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_statements_are_told_of_each_story_of_several(tmp_path: Path) -> None:
    out = str(tmp_path / "run")
    plan = plan_for(STORY / "02_diffa_ar.txt", STORY / "04_docket_en.txt", statements=True)
    manifest = run(plan, out)
    assert manifest["stages"]["statements"]["kept"] == 2
    (row,) = Shelf(out).read_rows("told/000000.parquet")
    telling = json.loads(row["telling"])
    assert len(telling["articles"]) == 2
    assert telling["statements"]


def links_of(pairs: list[tuple[int, int]], log_odds: float = 1.0) -> Links:
    return Links(np.array(pairs, np.int64).reshape(-1, 2), np.full(len(pairs), log_odds))


def test_reports_go_in_stretches_of_days_each_after_the_days_before() -> None:
    count = 2 * AT_ONCE
    days = 738_000 + np.arange(count) * 200 // count
    shares, giants = shares_of(count, links_of([]), days)
    fresh = [row for share in shares for row in share.rows.tolist() if row not in share.lead]
    assert fresh == list(range(count))
    assert [len(share.lead) > 0 for share in shares] == [False, True, True]
    assert giants == []
    (whole,), _ = shares_of(AT_ONCE, links_of([]), days[:AT_ONCE])
    assert whole.rows.tolist() == list(range(AT_ONCE))


def test_a_stretch_with_too_many_is_taken_apart_into_what_hangs_together() -> None:
    count, most = 2 * AT_ONCE, 1_500
    of_three = [(row - row % 3, row) for row in range(1_200) if row % 3]
    shares, giants = shares_of(count, links_of(of_three), np.full(count, 738_000), most)
    assert [share.rows.tolist() for share in shares] == [[*range(1_002)], [*range(1_002, 1_200)]]
    assert giants == []


def test_a_giant_part_comes_in_pieces_that_sure_links_hold_together() -> None:
    count, most = 2 * AT_ONCE, 300
    events = [(row - row % 100, row) for row in range(count) if row % 100]
    bridges = [(row, row + 100) for row in range(0, count - 100, 100)]
    links = Links(np.array(events + bridges), np.array([3.0] * len(events) + [0.5] * len(bridges)))
    shares, (giant,) = shares_of(count, links, np.full(count, 738_000), most)
    assert (len(giant.rows), giant.shares) == (count, len(shares))
    whole = sorted(row for share in shares for row in share.rows.tolist())
    assert whole == list(range(count))
    event_in = [
        {share for share, one in enumerate(shares) if row in one.rows} for row in range(0, count, 100)
    ]
    for row in range(count):
        assert row in shares[next(iter(event_in[row // 100]))].rows


def test_stories_whose_speakers_meet_are_one_again() -> None:
    giant = Giant(np.arange(1_000), 2)
    stories = np.repeat([0, 400, 900], [400, 500, 100])
    speakers = speakers_of(stories, giant)
    assert {int(stories[row]) for row in speakers} == {0, 400, 900}
    met = {int(row): 0 if row < 900 else 900 for row in speakers}
    assert np.unique(rejoin(stories, [met])).tolist() == [0, 900]
    apart = {int(row): int(stories[row]) for row in speakers}
    assert rejoin(stories, [apart]).tolist() == stories.tolist()


def test_a_story_that_goes_on_in_the_next_stretch_keeps_its_name() -> None:
    first = {1: 1, 2: 1, 3: 3}
    second = {2: 2, 3: 3, 4: 2, 5: 5}
    united = unite(6, [first, second], [frozenset(), frozenset({2, 3})])
    assert united.tolist() == [0, 1, 1, 3, 1, 5]


def test_what_cannot_be_done_is_said(tmp_path: Path, archives: Path) -> None:
    with pytest.raises(ReadError, match="nothing was found"):
        plan_for(tmp_path / "*.warc.gz")
    with pytest.raises(ReadError, match="zz://pages cannot be opened: Protocol not known"):
        plan_for("zz://pages")
    with pytest.raises(SettingError, match="must be WANTED=FIELD"):
        make_plan([str(archives)], Settings(fields="nonsense"))
    with pytest.raises(SettingError, match="Use local or ray"):
        open_engine("abacus", 1)
    with pytest.raises(LibraryError, match="Is it the folder of a batch run"):
        status_of(str(tmp_path))
    begin(plan_for(archives), str(tmp_path / "one"))
    with pytest.raises(SettingError, match="holds another run"):
        begin(plan_for(STORY), str(tmp_path / "one"))
