"""`khabar serve`, `watch`, `follow`, `fetch`, `alert`, `jobs` and `token` as real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.library.reports import tiny
from tests.read.web.servers import Reply, Site, free_port

from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.settings import Settings

KHABAR = Path(sys.executable).with_name("khabar")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    items = "".join(f"<item><title>n{n}</title><link>/n{n}</link></item>" for n in range(3))
    feed = f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"
    one.routes["/rss"] = Reply(feed, media="text/xml")
    for number in range(3):
        words = tiny(number).replace("\n\n", "</p><p>")
        one.routes[f"/n{number}"] = Reply(f"<html><body><article><p>{words}</p></article></body></html>")
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    one.routes["/"] = Reply(f"<html><head>{link}</head><body>News</body></html>")
    yield one
    one.close()


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "KHABAR_LIBRARY": str(folder / "khabar.db"),
        "KHABAR_ALLOW_PRIVATE": "on",
        "KHABAR_HOST_PAUSE_S": "0",
        "KHABAR_RETRIES": "0",
    }


def khabar(folder: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        [KHABAR, *words],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [KHABAR, *words], cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def wait_for(done: object, seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.1)


def test_a_page_leads_to_its_feed_and_the_feed_to_reports(tmp_path: Path, site: Site) -> None:
    followed = json.loads(khabar(tmp_path, "follow", site.at("/"), "--json"))
    assert [one["address"] for one in followed["sources"]] == [site.at("/rss")]
    khabar(tmp_path, "alert", "market", "--name", "goods")
    assert "3 new reports" in khabar(tmp_path, "fetch", "--quiet")
    assert "Wire" in khabar(tmp_path, "sources")
    (job,) = json.loads(khabar(tmp_path, "jobs", "--json"))["jobs"]
    assert (job["kind"], job["state"], job["result"]) == ("fetch", "done", "1 source asked, 3 new reports")
    first = json.loads(khabar(tmp_path, "alerts", "--json"))["alerts"][0]["stories"]
    assert sum(one["matching"] for one in first) == 3
    assert "nothing new" in khabar(tmp_path, "alerts")
    assert list((tmp_path / "khabar.warc").glob("*.warc.gz"))
    assert "not followed" in khabar(tmp_path, "unfollow", "f1")


def test_a_list_of_feeds_is_followed_and_what_is_none_is_said(tmp_path: Path) -> None:
    outlines = "".join(f"<outline text='N{n}' xmlUrl='https://news.example/{n}'/>" for n in range(3))
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    khabar(tmp_path, "follow", "feeds.opml")
    khabar(tmp_path, "follow", "feeds.opml")
    found = json.loads(khabar(tmp_path, "sources", "--json"))["sources"]
    assert [one["title"] for one in found] == ["N0", "N1", "N2"]
    assert "cannot be read" in khabar(tmp_path, "follow", "none.opml", code=4)
    assert "is not followed" in khabar(tmp_path, "unfollow", "f9", code=7)
    assert "there is no alert" in khabar(tmp_path, "alert", "x", "--remove", code=7)


def test_watching_brings_what_comes_and_ends_when_asked(tmp_path: Path, site: Site, passes: Encoder) -> None:
    khabar(tmp_path, "follow", "--unseen", site.at("/rss"))
    watching = start(tmp_path, "watch")
    with Library.open(tmp_path / "khabar.db", Settings(), encoder=passes) as library:
        wait_for(lambda: library.totals().articles == 3)
        watching.send_signal(signal.SIGINT)
        _, said = watching.communicate(timeout=60)
        assert watching.returncode == 0, said
        assert said.rstrip().endswith("Stopped.")
        assert library.check().faults == ()


def test_serving_says_where_and_ends_when_asked(tmp_path: Path) -> None:
    serving = start(tmp_path, "serve", "--port", str(port := free_port()), "--no-open")
    assert serving.stderr is not None
    assert f"http://127.0.0.1:{port}/" in serving.stderr.readline()
    wait_for(lambda: _answers(port))
    serving.send_signal(signal.SIGINT)
    _, said = serving.communicate(timeout=60)
    assert (serving.returncode, said.strip()) == (0, "Stopped.")


def test_all_at_once_lose_and_double_nothing(tmp_path: Path, site: Site, passes: Encoder) -> None:
    """Two that add the same reports, one that watches a source, and a server that is asked meanwhile."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(10, 22):
        (folder / f"{number}.txt").write_text(tiny(number), encoding="utf-8")
    khabar(tmp_path, "follow", "--unseen", site.at("/rss"))
    port = free_port()
    serving = start(tmp_path, "serve", "--port", str(port), "--no-open")
    watching = start(tmp_path, "watch", "--quiet")
    adding = [start(tmp_path, "add", "reports", "--quiet") for _ in range(2)]
    wait_for(lambda: _answers(port))
    seen = []
    while any(one.poll() is None for one in adding):
        seen.append(httpx.get(f"http://127.0.0.1:{port}/v1/totals", timeout=60).json()["articles"])
    assert seen == sorted(seen)
    for one in adding:
        out, said = one.communicate(timeout=300)
        assert one.returncode == 0, said
        assert "12 inputs" in out
    with Library.open(tmp_path / "khabar.db", Settings(), encoder=passes) as library:
        wait_for(lambda: library.totals().articles == 15)
        totals = library.totals()
        assert (totals.kept, totals.known, totals.dropped) == (15, 0, 0)
        assert library.check().faults == ()
    for one in (watching, serving):
        one.send_signal(signal.SIGINT)
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/v1/health").status_code == 200
    except httpx.TransportError:
        return False


def test_beyond_this_machine_a_token_comes_first(tmp_path: Path) -> None:
    said = khabar(tmp_path, "serve", "--host", "0.0.0.0", "--port", "0", code=2)
    assert "khabar token create" in said
    token = khabar(tmp_path, "token", "create", "--name", "me", "--scope", "write").strip()
    assert token.startswith("khabar_")
    assert token not in khabar(tmp_path, "token", "list")
    assert "me" in khabar(tmp_path, "token", "revoke", "me")
    assert "khabar token create" in khabar(tmp_path, "serve", "--host", "0.0.0.0", "--port", "0", code=2)


@pytest.mark.parametrize(("command", "missing"), [("serve", "fastapi"), ("serve", "uvicorn"), ("mcp", "mcp")])
def test_what_is_not_installed_is_named(tmp_path: Path, command: str, missing: str) -> None:
    khabar(tmp_path, "init")
    program = f"import sys; sys.modules[{missing!r}] = None; from khabar.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, command], env=environment(tmp_path), capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert missing in done.stderr
    assert "pip install 'khabar[" in done.stderr
