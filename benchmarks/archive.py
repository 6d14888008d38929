"""What reading an archive of any size costs in memory: a long one, one with a giant page, a packed bomb.

    python benchmarks/archive.py warc 1000      a WARC of so many MB unpacked, 200 kB a page
    python benchmarks/archive.py page 45        a WARC with one page of so many MB among others
    python benchmarks/archive.py bomb 4000      so many MB of zeros, packed

Each runs alone, because the peak of a process is never less than it was. Reports are those of `events.py`.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from events import Report, tell
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from khabar.batch.plan import make_plan
from khabar.batch.run import begin
from khabar.batch.work import read_part
from khabar.settings import load_settings

PAGE_BYTES = 200_000
_MB = 1_000_000


def main(kind: str, size_mb: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "a.warc.gz"
        unpacked = write(archive, kind, size_mb)
        plan = make_plan([str(archive)], load_settings(), split_bytes=10**12)
        shelf = begin(plan, str(Path(folder) / "out"))
        before = peak_mb()
        began = time.perf_counter()
        task = {"out": shelf.where, "plan": plan.to_plain(), "stage": "read", "name": "000000", "of": ""}
        done = read_part(task | {"part": plan.to_plain()["parts"][0]})
        shown = {key: done[key] for key in ("in", "kept", "dropped", "why", "cpu_seconds")}
        print(json.dumps(shown, ensure_ascii=False))
        print(
            f"{kind}: {archive.stat().st_size / _MB:,.0f} MB packed, {unpacked / _MB:,.0f} MB unpacked, "
            f"{time.perf_counter() - began:.0f} s; peak {before} MB before, {peak_mb()} MB after"
        )


def write(archive: Path, kind: str, size_mb: int) -> int:
    """Writes the archive; how many bytes it unpacks to."""
    if kind == "bomb":
        with gzip.open(archive, "wb") as packed:
            for _ in range(size_mb):
                packed.write(bytes(_MB))
        return size_mb * _MB
    pages = (
        [PAGE_BYTES] * (size_mb * _MB // PAGE_BYTES)
        if kind == "warc"
        else [PAGE_BYTES, size_mb * _MB, PAGE_BYTES]
    )
    with archive.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, page in enumerate(html_pages(pages)):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
            address = f"https://news.example/{number}.html"
            writer.write_record(
                writer.create_warc_record(address, "response", payload=io.BytesIO(page), http_headers=headers)
            )
    return sum(pages)


def html_pages(sizes: list[int]) -> Iterator[bytes]:
    """A page of each size: a report, and clutter that fills it up; the giant one is a list without end."""
    for report, size in zip(tell(len(sizes)), sizes, strict=True):
        yield _page(report, size)


def _page(report: Report, size: int) -> bytes:
    title, *body = report.text.split("\n\n")
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    head = (
        f"<html lang={report.language}><head><title>{title}</title>"
        f"<meta property='article:published_time' content='{report.day}T10:00:00Z'></head><body><nav>"
    )
    drawn = random.Random(size)
    wanted = size // 20 if size == PAGE_BYTES else size
    links = "".join(
        f"<li><a href='/{drawn.getrandbits(128):x}'>Section {drawn.getrandbits(64):x}</a></li>"
        for _ in range(wanted // 86)
    )
    filling = drawn.randbytes(max(0, size - wanted) // 2).hex()
    script = f"<script>var a='{filling}';</script>"
    article = f"<article><h1>{title}</h1>{paragraphs}</article>"
    return f"{head}<ul>{links}</ul></nav>{article}{script}</body></html>".encode()


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
