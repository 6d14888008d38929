"""A real server on loopback over a library with the constructed reports."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the server's packages are missing (khabar[serve])")
pytest.importorskip("httpx", reason="the client's packages are missing (khabar[client])")

import httpx
import uvicorn
from tests.library.conftest import _database, open_at, server, template, where

from khabar.client import Client
from khabar.encode.types import Encoder
from khabar.library import Library, restore
from khabar.serve.app import make_app
from khabar.serve.listen import listen
from khabar.settings import Settings
from serve.browsing import site, visitor

__all__ = ["_database", "open_at", "server", "site", "template", "visitor", "where"]
Serve = Callable[..., str]


class Running:
    """A server in a thread."""

    def __init__(self, library: Library, settings: Settings) -> None:
        app = make_app(library, settings, web=False)
        config = uvicorn.Config(app, "127.0.0.1", 0, log_level="error", lifespan="on", proxy_headers=False)
        self.socket = listen("127.0.0.1", 0)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join(20)
        self.socket.close()


@pytest.fixture
def library(template: Path, tmp_path: Path, passes: Encoder) -> Iterator[Library]:
    restore(template, tmp_path / "served.db")
    with Library.open(tmp_path / "served.db", Settings(), encoder=passes) as opened:
        yield opened


@pytest.fixture
def serve(library: Library) -> Iterator[Serve]:
    """Starts servers over the library, with these settings."""
    running: list[Running] = []

    def start(over: Library | None = None, **settings: object) -> str:
        running.append(Running(over or library, Settings(**settings)))  # type: ignore[arg-type]
        return running[-1].address

    yield start
    for one in running:
        one.close()


@pytest.fixture
def http(serve: Serve) -> Iterator[httpx.Client]:
    """A plain client of the API."""
    with httpx.Client(base_url=serve() + "/v1", timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def client(serve: Serve) -> Iterator[Client]:
    with closing(Client(serve())) as one:
        yield one
