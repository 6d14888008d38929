"""How near the stories of a batch run are to those of a library that takes in the same reports.

    python -m benchmarks.agree 2500 [REPORTS A DAY]

The library takes over what the run has encoded (`khabar batch load`); names and stories are its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.events import A_DAY, tell
from evaluations.group.bcubed import bcubed

from khabar.batch.engines import LocalEngine
from khabar.batch.load import load
from khabar.batch.plan import make_plan
from khabar.batch.run import begin, go_on
from khabar.batch.shelf import Shelf
from khabar.library import Library
from khabar.settings import load_settings


def main(count: int, a_day: float) -> None:
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder, "reports.jsonl"), str(Path(folder, "out"))
        lines = [{"text": one.text, "date": one.day.isoformat()} for one in tell(count, a_day=a_day)]
        archive.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
        begin(make_plan([str(archive)], settings), out)
        manifest = go_on(out, LocalEngine(1))
        run = {row["article"]: row["story"] for row in Shelf(out).each_row("stories/all.parquet")}
        with Library.open(Path(folder, "own.db"), settings, create=True) as library:
            load(out, library)
            sql = "SELECT m.story, a.id FROM memberships AS m JOIN articles AS a ON a.number = m.article"
            own = {name: str(story) for story, name in library.store.rows(sql)}
    print(manifest["totals"], f"{len(set(run.values()))} stories, the library {len(set(own.values()))}")
    print(bcubed(run, own))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else A_DAY)
