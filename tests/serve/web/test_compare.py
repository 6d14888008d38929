"""Start: what is given is compared, shown as it is made, and kept when somebody asks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.library.reports import BRIDGE_AR, BRIDGE_EN, BRIDGE_FA
from tests.serve.web.conftest import Look, secret, text

from khabar.library import Library
from khabar.serve.web.uploads import EXAMPLES, Given, examples_folder, pasted, read_given
from khabar.settings import Settings

EXAMPLES_BESIDE = Path(__file__).resolve().parents[3] / "examples"


def finish(web: TestClient, path: str, limit_s: float = 120.0) -> html.HtmlElement:
    """The page of a comparison once it is made."""
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        page = html.fromstring(web.get(path).text)
        if not page.xpath("//*[@id='progress']/@hx-get"):
            return page
        time.sleep(0.1)
    raise AssertionError("the comparison did not end")


def test_pasted_reports_are_compared(web: TestClient, kept: Library) -> None:
    before = kept.totals().articles
    data = {"form": secret(web), "text": [BRIDGE_EN + "More.", BRIDGE_AR, BRIDGE_FA]}
    answer = web.post("/compare", data=data)
    assert answer.url.path.startswith("/compare/")
    page = finish(web, answer.url.path)
    assert "3 reports" in text(page)
    assert "3 inputs = 3 compared + 0 dropped" in text(page)
    (story,) = page.xpath("//section[@aria-labelledby='try-stories']//a/@href")
    shown = html.fromstring(web.get(story).text)
    assert len(shown.xpath("//tr[contains(@class, 'row')]")) > 2
    assert not shown.xpath("//section[@id='decide']")
    part = html.fromstring(web.get(f"{story}/evidence/1").text)
    assert part.xpath("//blockquote")
    assert kept.totals().articles == before


def test_files_are_compared_and_every_one_accounted_for(web: TestClient) -> None:
    uploads = [
        ("files", ("../../bridge en.txt", BRIDGE_EN.encode(), "text/plain")),
        ("files", ("جسر.txt", BRIDGE_AR.encode(), "text/plain")),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n\0\0", "image/png")),
    ]
    answer = web.post("/compare", data={"form": secret(web)}, files=uploads)
    page = finish(web, answer.url.path)
    assert "3 inputs = 2 compared + 1 dropped" in text(page)
    assert "picture.png" in text(page)
    assert "../" not in text(page)


def test_comparison_is_kept_in_the_library_when_asked(web: TestClient, kept: Library) -> None:
    report = BRIDGE_EN.replace("Tidewatch Courier", "Harbour Gazette").replace("14,000", "15,000")
    before = kept.totals().articles
    answer = web.post("/compare", data={"form": secret(web), "text": [report]})
    finish(web, answer.url.path)
    answer = web.post(f"{answer.url.path}/keep", data={"form": secret(web)})
    assert answer.url.path.startswith("/stories/")
    assert kept.totals().articles == before + 1


def test_one_report_alone_is_said_to_need_another(web: TestClient) -> None:
    answer = web.post("/compare", data={"form": secret(web), "text": [BRIDGE_EN]})
    assert "nothing to compare it with" in text(finish(web, answer.url.path))


def test_nothing_given_is_said(web: TestClient) -> None:
    answer = web.post("/compare", data={"form": secret(web), "text": ["", "  "]})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_another_field_without_script_keeps_what_was_typed(web: TestClient) -> None:
    answer = web.post("/compare", data={"form": secret(web), "text": ["one", "two"], "more": "1"})
    areas = html.fromstring(answer.text).xpath("//textarea[@name='text']")
    assert [area.text_content().strip() for area in areas] == ["one", "two", ""]


def test_addresses_are_not_fetched_unless_the_server_allows_it(web: TestClient, look: Look) -> None:
    assert not look("/").xpath("//textarea[@name='addresses']")
    answer = web.post("/compare", data={"form": secret(web), "addresses": "http://127.0.0.1:9/x"})
    page = finish(web, answer.url.path)
    assert "1 inputs = 0 compared + 1 dropped" in text(page).replace("1 input =", "1 inputs =")
    assert "fetches no addresses" in text(page)


def test_example_is_compared(web: TestClient) -> None:
    answer = web.post("/compare", data={"form": secret(web), "example": "naval-agreement"})
    page = finish(web, answer.url.path)
    assert "5 inputs = 5 compared + 0 dropped" in text(page)
    (story,) = page.xpath("//section[@aria-labelledby='try-stories']//a/@href")
    marks = html.fromstring(web.get(f"{story}?open=2").text).xpath("//td[@id='e2']//mark")
    assert marks


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_on_offer_has_reports(name: str) -> None:
    reports = [one for one in (examples_folder() / name).iterdir() if one.suffix in {".txt", ".html"}]
    assert len(reports) >= 5


def test_unknown_example_is_dropped_with_a_reason() -> None:
    (outcome,) = read_given(Given(examples=("../../secrets",)), Settings())
    assert "no example" in outcome.reason  # type: ignore[union-attr]


def test_pasted_markup_is_read_as_a_page() -> None:
    assert pasted("  <!DOCTYPE html><p>x", 1).kind == "html"
    assert pasted("2 < 3 and <b> is a tag", 1).kind == "text"


def test_comparison_can_be_stopped(web: TestClient) -> None:
    reports = [BRIDGE_EN.replace("1,340", str(number)) for number in range(200, 230)]
    answer = web.post("/compare", data={"form": secret(web), "text": reports})
    path = answer.url.path
    web.post(f"{path}/cancel", data={"form": secret(web)})
    page = finish(web, path)
    assert page.xpath("//main//a[@href='/']")
    assert not page.xpath("//*[@role='alert']")
    job = html.fromstring(web.get("/jobs").text).xpath("//tbody/tr[1]")[0]
    assert "stopped" in text(job) or "done" in text(job)


HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(2)>

"><svg onload=alert(3)> {{ 7*7 }} title

12 May 2026

The minister \u202eevil\u202c said <style>*{display:none}</style> that ' onmouseover='alert(4) it was closed.

"""


def test_hostile_text_stays_text(web: TestClient) -> None:
    long = "x" * 200_000
    data = {"form": secret(web), "text": [HOSTILE + BRIDGE_EN, HOSTILE + BRIDGE_AR + long]}
    answer = web.post("/compare", data=data)
    done = finish(web, answer.url.path)
    (story, *_) = done.xpath("//section//li/a/@href")
    for page in (
        done,
        html.fromstring(web.get(story).text),
        html.fromstring(web.get(f"{story}?open=1").text),
    ):
        assert not page.xpath(
            "//main//script | //main//img | //main//style | //main//@onload | //main//@onmouseover"
        )
        assert "49" not in page.xpath("string(//h1)")
    assert "\u202e" not in web.get(story).text
