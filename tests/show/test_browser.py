"""The page in a real browser: no request, no error, keys and evidence work, nothing is wider than a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from khabar.model.story import Comparison
from khabar.show.html import to_html
from show import sample

PAGES = {
    "full": sample.comparison,
    "hostile": sample.hostile,
    "fifty": lambda: sample.many(50),
    "thirty": lambda: sample.crowd(30),
    "alone": sample.alone,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pages")
    for name, make in PAGES.items():
        made: Comparison = make()
        (place / f"{name}.html").write_text(to_html(made), encoding="utf-8")
    return place


def visit(browser: Any, folder: Path, name: str, width: int = 1400, **how: Any) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 900}, **how)
    page.noted = []
    page.on("console", lambda message: page.noted.append(message.text))
    page.on("pageerror", lambda error: page.noted.append(str(error)))
    page.on("request", lambda request: page.noted.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    page.noted.remove((folder / f"{name}.html").as_uri())
    return page


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_quiet_and_no_wider_than_the_screen(
    browser: Any, folder: Path, name: str, width: int
) -> None:
    page = visit(browser, folder, name, width)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.noted == []
    page.close()


def test_keys_walk_the_table_and_open_the_evidence(browser: Any, folder: Path) -> None:
    page = visit(browser, folder, "full")
    page.locator(".statements .row th").first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert "قول داده است" in page.evaluate("document.activeElement.textContent")
    third = page.locator(".evidence details").nth(2)
    assert not third.locator(".cards").is_visible()
    page.keyboard.press("Enter")
    assert third.locator(".cards").is_visible()
    page.keyboard.press("Escape")
    assert not third.locator(".cards").is_visible()
    assert "قول داده است" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    assert page.noted == []
    page.close()


def test_walking_past_the_edge_stays(browser: Any, folder: Path) -> None:
    page = visit(browser, folder, "full")
    page.locator(".statements .row th").first.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.matches('.statements .row th')")
    page.close()


def test_one_cell_is_in_the_tab_order(browser: Any, folder: Path) -> None:
    page = visit(browser, folder, "full")
    page.locator(".statements .row td").nth(5).click()
    assert page.locator(".row > [tabindex='0']").count() == 1
    assert page.locator(".evidence details").nth(1).locator(".cards").is_visible()
    page.close()


def test_evidence_opens_without_script(browser: Any, folder: Path) -> None:
    page = visit(browser, folder, "full", java_script_enabled=False)
    assert not page.locator(".tools").is_visible()
    page.locator(".evidence summary").nth(2).click()
    assert page.locator(".cards").nth(2).is_visible()
    page.close()


def test_theme_follows_the_system_and_the_switch(browser: Any, folder: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    page = visit(browser, folder, "full", color_scheme="dark")
    assert page.evaluate(ground) == "rgb(20, 24, 27)"
    page.locator("[data-do=theme]").click()
    assert page.evaluate(ground) == "rgb(251, 250, 247)"
    page.reload()
    assert page.evaluate(ground) == "rgb(251, 250, 247)"
    page.close()


def test_paper_shows_all_evidence_in_black_on_white(browser: Any, folder: Path) -> None:
    page = visit(browser, folder, "full", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    heights = page.evaluate("[...document.querySelectorAll('.cards')].map((one) => one.offsetHeight)")
    assert len(heights) == 10
    assert min(heights) > 0
    assert not page.locator(".tools").is_visible()
    page.close()


def test_head_and_first_column_stay_in_sight(browser: Any, folder: Path) -> None:
    page = visit(browser, folder, "thirty")
    before = page.locator(".statements .row th").first.bounding_box()
    page.evaluate(
        "{ const box = document.querySelector('.scroll'); box.scrollLeft = 900; box.scrollTop = 200; }"
    )
    after = page.locator(".statements .row th").first.bounding_box()
    assert after["x"] == before["x"]
    head = page.locator(".statements thead th").nth(4).bounding_box()
    box = page.locator(".scroll").first.bounding_box()
    assert abs(head["y"] - box["y"]) <= 2
    page.close()


def test_every_colour_on_the_page_has_contrast(browser: Any, folder: Path) -> None:
    for scheme in ("light", "dark"):
        page = visit(browser, folder, "full", color_scheme=scheme)
        page.locator("[data-do=open]").click()
        pairs = page.evaluate(
            """() => [...new Set([...document.querySelectorAll('main *')]
                .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
                .map((one) => {
                    let ground = one;
                    const clear = () => getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)';
                    while (clear()) ground = ground.parentElement;
                    return getComputedStyle(one).color + '|' + getComputedStyle(ground).backgroundColor;
                }))]"""
        )
        assert len(pairs) > 5
        for pair in pairs:
            assert ratio(*pair.split("|")) >= 4.5, pair
        page.close()


def ratio(one: str, other: str) -> float:
    from show.test_html import contrast

    def as_hex(colour: str) -> str:
        parts = colour.removeprefix("rgb(").removesuffix(")").split(", ")
        return "#" + "".join(f"{int(part):02X}" for part in parts)

    return contrast(as_hex(one), as_hex(other))
