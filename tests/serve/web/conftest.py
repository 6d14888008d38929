"""The pages over a library with the constructed reports, asked without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the server's packages are missing (khabar[serve])")

from lxml import html
from starlette.testclient import TestClient

from khabar.encode.types import Encoder
from khabar.library import Library, restore
from khabar.serve.app import make_app
from khabar.settings import Settings

HERE = "http://127.0.0.1"
Look = Callable[..., html.HtmlElement]


@pytest.fixture
def kept(template: Path, tmp_path: Path, passes: Encoder) -> Iterator[Library]:
    restore(template, tmp_path / "khabar.db")
    with Library.open(tmp_path / "khabar.db", Settings(), encoder=passes) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine too a story is compared before its page is answered."""
    monkeypatch.setattr("khabar.serve.web.pages.story._SOON_S", 120.0)


@pytest.fixture
def web(kept: Library) -> Iterator[TestClient]:
    """A browser without script: it keeps cookies and says whose page a form is from."""
    with TestClient(make_app(kept, Settings()), base_url=HERE) as client:
        client.headers.update({"origin": HERE, "accept": "text/html"})
        yield client


@pytest.fixture
def look(web: TestClient) -> Look:
    """The page at an address, taken apart."""

    def looked(path: str, status: int = 200, **headers: str) -> html.HtmlElement:
        answer = web.get(path, headers=headers)
        assert answer.status_code == status, answer.text[:500]
        return html.fromstring(answer.text)

    return looked


@pytest.fixture
def bridge(kept: Library) -> str:
    """The id of the story of several reports whose first title speaks of a bridge."""
    return next(line.id for line in kept.stories(least=3))


def secret(web: TestClient) -> str:
    """The secret of this browser, as the forms of a page carry it."""
    return re.findall(r'name="form" value="([^"]+)"', web.get("/").text)[0]


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
