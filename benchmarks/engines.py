"""The same reading and encoding by each engine that was thought of: start, clock and processor seconds.

    python benchmarks/engines.py local|ray|raydata|dask|daft [REPORTS]

Two workers, fifty reports a task. Dask, Daft and pandas (which Ray Data needs) are no part of khabar; install
them elsewhere and name the folder in PYTHONPATH. Each engine runs alone, in a process of its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from events import tell

from khabar.batch.engines import LocalEngine, RayEngine
from khabar.batch.plan import make_plan
from khabar.batch.run import begin
from khabar.batch.work import encode_some, read_part
from khabar.settings import load_settings

Task = dict[str, Any]
Each = Callable[[Callable[[Task], Task], list[Task]], Iterable[Task]]
A_TASK, WORKERS = 50, 2


def local() -> Each:
    engine = LocalEngine(WORKERS)
    return lambda work, tasks: [done for _, done in engine.each(work, tasks)]


def ray() -> Each:
    engine = RayEngine(WORKERS)
    return lambda work, tasks: [done for _, done in engine.each(work, tasks)]


def raydata() -> Each:
    import ray as cluster  # noqa: PLC0415

    cluster.init(num_cpus=WORKERS, include_dashboard=False)

    def each(work: Callable[[Task], Task], tasks: list[Task]) -> list[Task]:
        rows = [{"task": json.dumps(task)} for task in tasks]
        data = cluster.data.from_items(rows, override_num_blocks=len(rows))
        done = data.map(lambda row: {"done": json.dumps(work(json.loads(row["task"])))}, num_cpus=1)
        return [json.loads(row["done"]) for row in done.take_all()]

    return each


def dask() -> Each:
    from dask.distributed import Client, as_completed  # noqa: PLC0415

    client = Client(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None)
    return lambda work, tasks: [one.result() for one in as_completed(client.map(work, tasks, pure=False))]


def daft() -> Each:
    import daft as frames  # noqa: PLC0415

    def each(work: Callable[[Task], Task], tasks: list[Task]) -> list[Task]:
        @frames.udf(
            return_dtype=frames.DataType.string(), concurrency=WORKERS, batch_size=1, use_process=True
        )
        def step(column: Any) -> list[str]:
            return [json.dumps(work(json.loads(one))) for one in column.to_pylist()]

        table = frames.from_pydict({"task": [json.dumps(task) for task in tasks]})
        return [json.loads(one) for one in table.select(step(table["task"])).to_pydict()["task"]]

    return each


def main(name: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archives = Path(folder, "in")
        archives.mkdir()
        for number, report in enumerate(tell(count)):
            line = json.dumps({"text": report.text, "date": report.day.isoformat()}, ensure_ascii=False)
            with (archives / f"{number // A_TASK:04}.jsonl").open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        plan = make_plan([str(archives)], load_settings())
        shelf = begin(plan, str(Path(folder, "out")))
        shape = {"out": shelf.where, "plan": plan.to_plain(), "of": ""}
        parts = plan.to_plain()["parts"]
        names = [f"{part['number']:06}" for part in parts]
        began = time.perf_counter()
        each: Each = {"local": local, "ray": ray, "raydata": raydata, "dask": dask, "daft": daft}[name]()
        print(f"{name:8} start {time.perf_counter() - began:5.1f} s", end="", flush=True)
        reading = [
            shape | {"stage": "read", "name": one, "part": part}
            for one, part in zip(names, parts, strict=True)
        ]
        show("read", each, read_part, reading)
        ids = {
            one: [row["id"] for row in shelf.read_rows(f"articles/{one}.parquet", ["id"])] for one in names
        }
        encoding = [shape | {"stage": "encode", "name": one, "articles": {one: ids[one]}} for one in names]
        show("encode", each, encode_some, encoding)
        print()


def show(stage: str, each: Each, work: Callable[[Task], Task], tasks: list[Task]) -> None:
    began = time.perf_counter()
    done = list(each(work, tasks))
    wall_s, cpu_s = time.perf_counter() - began, sum(one["cpu_seconds"] for one in done)
    print(
        f"  {stage} {wall_s:6.1f} s clock, {cpu_s:5.1f} s processor, {sum(one['kept'] for one in done)} kept",
        end="",
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 400)
