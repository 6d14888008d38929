"""Whatever the bytes are, reading ends: in outcomes, within time, within memory."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.model.outcome import Dropped, Kept
from khabar.read.kinds import SUFFIXES
from khabar.read.sources import read_sources
from read.places import ARABIC, PAGE, packed, read, record, tarred, zipped

SEEDS = (
    zipped({"a.txt": ARABIC.encode(), "b.html": PAGE.encode()}),
    tarred({"a.txt": ARABIC.encode()}),
    packed([record(PAGE.encode()), record(PAGE.encode(), 2)]),
    b"".join([record(PAGE.encode()), record(gzip.compress(b"x"), 2, "Content-Encoding: gzip")]),
    b'{"messages": [{"id": 1, "type": "message", "text": ["a", {"text": "b"}]}], "type": "x"}',
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
    b"--b\nContent-Type: text/html\n\n<p>a</p>\n--b--",
    b"<?xml version='1.0'?><rss><channel><item><title>a</title></item></channel></rss>",
    PAGE.encode("utf-16"),
)
# A PDF starts a process, which thousands of examples cannot; broken ones have a test of their own.
NAMES = [*sorted(set(SUFFIXES) - {".pdf"}), ""]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000), st.sampled_from(NAMES))
def test_any_bytes_under_any_name_end_in_outcomes(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data.replace(b"%PDF-", b"%"))
    outcomes = list(read_sources([path]))
    assert outcomes
    assert all(isinstance(one, Kept | Dropped) for one in outcomes)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SEEDS), st.sampled_from(NAMES), st.data())
def test_damaged_files_end_in_outcomes(tmp_path: Path, seed: bytes, suffix: str, data: st.DataObject) -> None:
    damaged = bytearray(seed)
    for _ in range(data.draw(st.integers(0, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(damaged[: data.draw(st.integers(1, len(damaged)))])
    assert list(read_sources([path]))


@pytest.mark.parametrize("suffix", [".html", ".txt", ".json", ".eml", ".jsonl", ".xml"])
def test_a_hundred_megabytes_are_refused_at_once(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"huge{suffix}"
    with path.open("wb") as file:
        file.write(b"<p>")
        file.truncate(100_000_000)
    start = time.monotonic()
    outcomes = read(path)
    assert all(isinstance(one, Dropped) for one in outcomes)
    assert "too large" in outcomes[0].reason  # type: ignore[union-attr]
    assert time.monotonic() - start < 5


EXTREMES = {
    "a million tags": "b'<p>' + b'<b>x</b>' * 1_000_000",
    "deep elements": "b'<div>' * 200_000 + b'words'",
    "one long line": "b'word ' * 2_000_000",
    "only NUL bytes": "bytes(10_000_000)",
    "open tags": "b'<' * 3_000_000",
    "open comments": "b'<!--' * 1_000_000",
    "metas": "b'<meta ' * 1_000_000",
    "half of UTF-8": "'ز'.encode()[:1] * 3_000_000",
    "blanks": "b' ' * 10_000_000",
    "mixed lines": "('خبر'.encode() + b'\\n' + 'خبر جديد'.encode('cp1256') + b'\\n') * 100_000",
}
READ_APART = """
import resource, sys, time
from pathlib import Path
from khabar.read import read_sources
path = Path(sys.argv[1])
path.write_bytes(eval(sys.argv[2]))
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.monotonic()
count = len(list(read_sources([path])))
print(count, time.monotonic() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024)
"""


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("suffix", [".html", ".txt"])
def test_extremes_end_within_time_and_memory(tmp_path: Path, name: str, suffix: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_APART, str(tmp_path / f"extreme{suffix}"), EXTREMES[name]],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    count, seconds, megabytes = map(float, done.stdout.split())
    assert count == 1
    assert seconds < 10
    assert megabytes < 600


def test_memory_stays_flat_over_many_records(tmp_path: Path) -> None:
    path = tmp_path / "many.warc.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for number in range(20_000):
            file.write(record(PAGE.encode() + b" " * 2000, number))
    outcomes = read_sources([path])
    for _ in range(2_000):
        next(outcomes)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in outcomes) == 18_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes
