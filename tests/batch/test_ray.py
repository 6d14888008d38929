"""The same run on a real Ray cluster of two nodes, one worker of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khabar.batch.engines import LocalEngine, RayEngine
from khabar.batch.plan import make_plan
from khabar.batch.run import begin, go_on
from khabar.batch.shelf import Shelf
from khabar.batch.work import encode_some, read_part
from khabar.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "examples" / "cement-ruling"

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    ray = pytest.importorskip("ray", reason="Ray is missing: pip install 'khabar[batch]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ray.cluster_utils import Cluster

        node = {"num_cpus": 1, "object_store_memory": 80_000_000}
        started = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
        started.add_node(**node)
        paths = os.pathsep.join((str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")))
        ray.init(address=started.address, runtime_env={"env_vars": {"PYTHONPATH": paths}})
    yield ray
    ray.shutdown()
    started.shutdown()


class _Killing(RayEngine):
    """Ray, with one worker killed at its second archive and one while it encodes."""

    def __init__(self, marks: Path) -> None:
        super().__init__(2)
        self.marks = marks

    def each(self, work: Any, tasks: Any) -> Any:
        marks, stage = str(self.marks), work.__name__

        def fragile(task: dict[str, Any]) -> dict[str, Any]:
            mark = Path(marks) / stage
            if stage in ("read_part", "encode_some") and not mark.exists() and task is not None:
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            result: dict[str, Any] = work(task)
            return result

        return super().each(fragile, tasks)


def test_two_nodes_and_a_killed_worker_give_the_output_of_one_machine(cluster: Any, tmp_path: Path) -> None:
    plan = make_plan([str(EXAMPLE / "0*.txt")], Settings())
    ours, theirs = str(tmp_path / "ours"), str(tmp_path / "theirs")
    begin(plan, ours)
    begin(plan, theirs)
    assert len([node for node in cluster.nodes() if node["Alive"]]) == 2
    go_on(ours, LocalEngine(1))
    go_on(theirs, _Killing(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} >= {read_part.__name__, encode_some.__name__}
    for stage, count in files_of(ours).items():
        assert count == files_of(theirs)[stage]


def files_of(out: str) -> dict[str, list[tuple[str, str]]]:
    """Digests of all Parquet files by stage."""
    stages = Shelf(out).read_json("manifest.json")["stages"]
    return {name: [(file["file"], file["sha256"]) for file in one["files"]] for name, one in stages.items()}
