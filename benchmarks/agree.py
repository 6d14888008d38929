"""How near the stories of a batch run are to those of a library that takes in the same reports.

    python -m benchmarks.agree 2500 [--a-day 4] [--workers 2] [--keep FOLDER]

The library takes over what the run has encoded (`khabar batch load`); names and stories are its own. In a
folder that is kept the run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.events import A_DAY, write_archives
from evaluations.group.bcubed import bcubed

from khabar.batch.engines import LocalEngine
from khabar.batch.load import load
from khabar.batch.plan import make_plan
from khabar.batch.run import begin, go_on
from khabar.batch.shelf import Shelf
from khabar.library import Library
from khabar.settings import load_settings

Stories = Mapping[str, object]


def run_stories(folder: Path, count: int, a_day: float, workers: int) -> tuple[Stories, Stories]:
    """The stories of the run and the true events, by report."""
    archives, out = folder / "in", str(folder / "out")
    truth = write_archives(archives, count, a_day)
    begin(make_plan([str(archives)], load_settings()), out)
    engine = LocalEngine(workers)
    manifest = go_on(out, engine)
    engine.close()
    for name, stage in manifest["stages"].items():
        print(f"  {name:10} {stage['cpu_seconds']:9.1f} s of the processor, {stage['peak_mb']} MB")
    print(manifest["totals"], manifest["skew"])
    return {row["article"]: row["story"] for row in Shelf(out).each_row("stories/all.parquet")}, truth


def library_stories(folder: Path) -> Stories:
    """The stories of a library that takes in what the run encoded."""
    began = time.process_time()
    with Library.open(folder / "own.db", load_settings(), create=True) as library:
        load(str(folder / "out"), library)
        sql = "SELECT m.story, a.id FROM memberships AS m JOIN articles AS a ON a.number = m.article"
        found = {name: str(story) for story, name in library.store.rows(sql)}
    print(f"  library    {time.process_time() - began:9.1f} s of the processor")
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--a-day", type=float, default=A_DAY)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = given.keep or Path(folder)
        run, events = run_stories(where, given.count, given.a_day, given.workers)
        own = library_stories(where)
    truth = {name: events[name] for name in run}
    counts = (len(set(each.values())) for each in (run, own, truth))
    print("stories {}, of the library {}, events {}".format(*counts))
    print("with the library      ", bcubed(run, own))
    print("run, true events      ", bcubed(run, truth))
    print("library, true events  ", bcubed(own, truth))


if __name__ == "__main__":
    main()
