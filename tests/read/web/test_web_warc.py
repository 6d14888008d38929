"""What was fetched is kept so that others can read it, whatever happens to the writer."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from readers import read, read_one
from servers import PAGE, Reply, Site

from khabar.errors import ReadError
from khabar.model.outcome import kept
from khabar.read.sources import read_sources
from khabar.read.web.fetched import Answer
from khabar.read.web.policy import Policy
from khabar.read.web.warc import Evidence

ARABIC = "<html><body><p>هطل المطر على ميناء سروان يوم الثلاثاء.</p></body></html>"


def answer(number: int) -> Answer:
    body = f"<p>Report number {number} of the harbour.</p>".encode()
    said = (("Content-Type", "text/html"),)
    place = f"https://news.example/{number}"
    return Answer(place, 200, "OK", said, b"GET / HTTP/1.1\r\n\r\n", body, body, "2026-03-10T08:00:00Z")


def test_a_page_read_back_from_the_archive_is_the_page_that_was_fetched(
    site: Site, quick: Policy, tmp_path: Path
) -> None:
    packed = gzip.compress(ARABIC.encode("cp1256"))
    said = {"Content-Encoding": "gzip", "Last-Modified": "Tue, 10 Mar 2026 08:00:00 GMT"}
    site.routes["/a"] = Reply(packed, headers=said, media="text/html; charset=windows-1256")
    fetched = read_one(quick, site.at("/a"), evidence=tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    (again,) = kept(read_sources([file]))
    assert (again.text, again.charset, again.address, again.captured) == (
        ARABIC, "cp1256", fetched.address, fetched.captured,
    )  # fmt: skip
    assert fetched.text == ARABIC
    assert [one for one in again.claims if "http" in one.origin] == [
        one for one in fetched.claims if "http" in one.origin
    ]


def test_a_chunked_answer_is_kept_whole(site: Site, quick: Policy, tmp_path: Path) -> None:
    def send(handler) -> None:  # type: ignore[no-untyped-def]
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (b"<p>Rain ", b"fell.</p>"))
            + b"0\r\n\r\n"
        )

    site.routes["/c"] = Reply(act=send)
    assert read_one(quick, site.at("/c"), evidence=tmp_path).text == "<p>Rain fell.</p>"
    assert [page.text for page in kept(read_sources(list(tmp_path.iterdir())))] == ["<p>Rain fell.</p>"]


def test_other_programs_find_request_response_and_right_digests(
    site: Site, quick: Policy, tmp_path: Path
) -> None:
    archiveiterator = pytest.importorskip("warcio.archiveiterator")
    site.routes["/a"] = Reply()
    read_one(quick, site.at("/a"), evidence=tmp_path)
    (file,) = tmp_path.iterdir()
    with file.open("rb") as stream:
        records = archiveiterator.ArchiveIterator(stream, check_digests="raise")
        found = [(record.rec_type, record.content_stream().read()) for record in records]
    assert [kind for kind, _ in found] == ["warcinfo", "response", "request"]
    assert found[1][1].decode() == PAGE


def test_what_is_no_page_is_not_kept(site: Site, quick: Policy, tmp_path: Path) -> None:
    site.routes["/a"] = Reply("no", 500)
    read(quick, site.at("/a"), site.at("/none"), evidence=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_new_file_is_begun_when_one_is_full_and_none_is_continued(tmp_path: Path) -> None:
    for _ in range(2):
        evidence = Evidence(tmp_path, largest_bytes=3000)
        for number in range(6):
            evidence.keep(answer(number))
        evidence.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) >= 4
    assert all(file.stat().st_size <= 3000 for file in files)
    assert len(kept(read_sources(files))) == 12


def test_a_folder_that_takes_nothing_stops_the_work_with_a_message(
    site: Site, quick: Policy, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    site.routes["/a"] = Reply()
    with pytest.raises(ReadError, match=r"cannot be kept in .*file.* by the setting evidence"):
        read(quick, site.at("/a"), evidence=tmp_path / "file")


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_web_warc import answer
from khabar.read.web.warc import Evidence
evidence = Evidence(Path(sys.argv[1]))
number = 0
while True:
    evidence.keep(answer(number))
    number += 1
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    for turn in range(4):
        folder = tmp_path / str(turn)
        here = str(Path(__file__).parent)
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), here], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.05 + 0.037 * turn)
            os.kill(writer.pid, signal.SIGKILL)
            told = 1 + len(writer.stdout.read().split("\n")[:-1])
        pages = kept(read_sources(sorted(folder.iterdir())))
        assert len(pages) >= told
        assert pages[told - 1].text == f"<p>Report number {told - 1} of the harbour.</p>"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_anywhere_gives_all_before_the_cut(tmp_path: Path, share: float) -> None:
    evidence = Evidence(tmp_path)
    sizes = []
    for number in range(20):
        evidence.keep(answer(number))
        (file,) = tmp_path.iterdir()
        sizes.append(file.stat().st_size)
    evidence.close()
    cut = int(sizes[-1] * share)
    file.write_bytes(file.read_bytes()[:cut])
    assert len(kept(read_sources([file]))) >= sum(size <= cut for size in sizes)


def test_the_policy_says_whether_anything_is_kept(site: Site, quick: Policy, tmp_path: Path) -> None:
    site.routes["/a"] = Reply()
    read_one(replace(quick, evidence=None), site.at("/a"))
    assert list(tmp_path.iterdir()) == []
