"""How long a comparison takes from start to report, and where the time goes.

    python benchmarks/compare.py [PATHS...]

Without paths: the five seed reports where they are beside the checkout (../shared/seeds or KHABAR_SHARED),
else the reports of one example. Each of five rounds is a process of its own, as a user starts it, after one
that is not counted (it builds the model where that is needed); the fastest is shown in full. Seconds differ
from machine to machine, so every stage is also given as a ratio to the time that encoding takes.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from statistics import median
from typing import Any

from khabar.settings import count_cores

ROUNDS = 5
CHECKOUT = Path(__file__).resolve().parent.parent
WITHIN_S, WITHIN_MB = 8.0, 1000  # what is aimed at for five reports on two cores
STAGES = {
    "read_sources": "read",
    "extract": "extract",
    "annotate": "annotate",
    "load_languages": "language packs",
    "load_encoder": "open the encoder",
    "load_background": "open the encoder",
    "load_word_means": "open the encoder",
    "encode_article": "encode",
    "name_article": "names",
    "link_names": "names",
    "make_profile": "group",
    "form_stories": "group",
    "align_story": "align",
    "describe_story": "compare",
    "compare_story": "compare",
    "nearness_by": "compare",
    "numbers_of": "numbers",
}
OPENING, ENCODING = "start Python, import", "encode"


class Watch:
    """Seconds spent in each stage itself, without the stages that it calls."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._within = ["between the stages"]
        self._since = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time runs for `name` until the end of the block."""
        self._turn()
        self._within.append(name)
        try:
            yield
        finally:
            self._turn()
            self._within.pop()

    def wrap(self, step: Callable[..., Any], name: str) -> Callable[..., Any]:
        """`step`, timed; one that yields does its work when it is asked, so it is emptied at once."""

        @wraps(step)
        def timed(*arguments: Any, **named: Any) -> Any:
            with self.stage(name):
                made = step(*arguments, **named)
                return list(made) if isinstance(made, Iterator) else made

        return timed

    def _turn(self) -> None:
        now = time.perf_counter()
        self.spent[self._within[-1]] += now - self._since
        self._since = now


def run_once(paths: Sequence[Path], folder: Path) -> dict[str, Any]:
    """One comparison with both reports written, in this process; seconds by stage and the peak of memory."""
    watch = Watch()
    with watch.stage(OPENING):
        from khabar import pipeline  # noqa: PLC0415
        from khabar.settings import load_settings  # noqa: PLC0415
        from khabar.show.files import json_text, write_file  # noqa: PLC0415
        from khabar.show.html import to_html  # noqa: PLC0415
        from khabar.show.json import to_json  # noqa: PLC0415
    for step, name in STAGES.items():
        if hasattr(pipeline, step):
            setattr(pipeline, step, watch.wrap(getattr(pipeline, step), name))
    comparison = pipeline.compare_paths(paths, load_settings())
    with watch.stage("show"):
        write_file(folder / "report.html", to_html(comparison))
        write_file(folder / "report.json", json_text(to_json(comparison)))
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # macOS counts bytes, Linux kilobytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    counts = {"reports": len(comparison.articles), "stories": len(comparison.stories)}
    return {"spent": dict(watch.spent), "peak_mb": peak, **counts}


def run_apart(paths: Sequence[Path]) -> dict[str, Any]:
    """The same in a fresh process, with the time that all of it took."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--once", folder, *map(str, paths)],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        whole = time.perf_counter() - start
    made: dict[str, Any] = json.loads(done.stdout)
    made["spent"][OPENING] += whole - sum(made["spent"].values())
    return made | {"whole": whole}


def choose_paths(named: Sequence[str]) -> list[Path]:
    if named:
        return [Path(name) for name in named]
    shared = Path(os.environ.get("KHABAR_SHARED", CHECKOUT.parent / "shared"))
    seeds = sorted((shared / "seeds").glob("*.txt"))
    examples = sorted((CHECKOUT / "examples" / "naval-agreement").glob("0*"))
    return seeds or examples


def main(named: Sequence[str]) -> None:
    paths = choose_paths(named)
    run_apart(paths)
    rounds = sorted((run_apart(paths) for _ in range(ROUNDS)), key=lambda one: float(one["whole"]))
    best = rounds[0]
    whole, encoding = best["whole"], best["spent"][ENCODING]
    print(f"{best['reports']} reports, {best['stories']} stories, {count_cores()} cores\n")
    print(f"{'stage':<22}{'seconds':>8}{'share':>8}{'of encoding':>13}")
    for name, seconds in sorted(best["spent"].items(), key=lambda item: -item[1]):
        print(f"{name:<22}{seconds:>8.2f}{seconds / whole:>8.0%}{seconds / encoding:>13.2f}")
    print(f"{'whole':<22}{whole:>8.2f}{1:>8.0%}{whole / encoding:>13.2f}\n")
    print(f"median of {ROUNDS}: {median(one['whole'] for one in rounds):.2f} s; aim {WITHIN_S:.0f} s")
    print(f"peak memory: {max(one['peak_mb'] for one in rounds):.0f} MB; aim {WITHIN_MB} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--once"]:
        print(json.dumps(run_once([Path(name) for name in sys.argv[3:]], Path(sys.argv[2]))))
    else:
        main(sys.argv[1:])
