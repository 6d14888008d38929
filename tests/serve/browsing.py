"""A real server with the web pages, and a real browser that may reach nothing else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn

from khabar.encode.types import Encoder
from khabar.library import Library
from khabar.serve.app import make_app
from khabar.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
KEPT = ("naval-agreement", "delta-derailment")
PATIENCE_MS = 25_000  # two busy cores; nothing waits that long where all is well


def missing(what: str) -> None:
    message = f"{what} is not installed, so the pages were not tried in a browser"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, passes: Encoder) -> Iterator[Site]:
    """The web app over a library with two of the constructed stories, and a small translation aid."""
    folder = tmp_path_factory.mktemp("site")
    settings = Settings(cache=folder / "cache", **_aid(folder))
    library = Library.open(folder / "khabar.db", settings, create=True, encoder=passes)
    library.add(sorted(path for name in KEPT for path in (EXAMPLES / name).iterdir() if path.suffix != ".md"))
    config = uvicorn.Config(make_app(library, settings), "127.0.0.1", 0, log_level="error", lifespan="on")
    socket = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([socket],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Site(f"http://127.0.0.1:{socket.getsockname()[1]}", library)
    server.should_exit = True
    thread.join(20)
    socket.close()
    library.close()


def _aid(folder: Path) -> dict[str, Any]:
    try:
        from serve.toy_model import make_model
    except ImportError:
        return {}
    return {"translate_model": make_model(folder / "opus-mt-fa-en", {"رزمایش": "exercise"})}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server is, and what it serves."""

    address: str
    library: Library

    def story(self, languages: int = 3) -> str:
        """A story that several reports tell."""
        return max(self.library.stories(least=2), key=lambda one: one.reports).id


@dataclass(slots=True)
class Visitor:
    """A browser's page that notes what went wrong and where it asked for something."""

    page: Any
    site: Site
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, path: str) -> Any:
        """Opens a page of the app and waits until it is there."""
        self.page.goto(self.site.address + path)
        return self.page

    def check(self) -> None:
        """Nothing went wrong, and no other machine was asked for anything."""
        assert self.faults == []
        assert [url for url in self.asked if not is_own(url, self.site.address)] == []


def is_own(url: str, address: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob", "about"} or f"{parts.scheme}://{parts.netloc}" == address


def visit(browser: Any, site: Site, width: int = 1280, height: int = 900, **choices: str) -> Visitor:
    """A new browser profile with what the reader chose: language, theme, calendar."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB"
    )
    context.set_default_timeout(PATIENCE_MS)
    cookies = [
        {"name": f"khabar_{name}", "value": value, "url": site.address} for name, value in choices.items()
    ]
    context.add_cookies(cookies)
    one = Visitor(context.new_page(), site)
    one.page.on("pageerror", lambda error: one.faults.append(str(error)))
    one.page.on("console", lambda said: one.faults.append(said.text) if said.type == "error" else None)
    one.page.on("request", lambda request: one.asked.append(request.url))
    return one


@pytest.fixture
def visitor(browser: Any, site: Site) -> Iterator[Visitor]:
    """A reader in English; what went wrong on the way is told at the end."""
    one = visit(browser, site)
    yield one
    one.check()
    one.page.context.close()


def open_story(visitor: Visitor, story: str | None = None) -> Any:
    """The page of a story once its statements are told."""
    page = visitor.go(f"/stories/{story or visitor.site.story()}")
    page.wait_for_selector("#board .row")
    return page
