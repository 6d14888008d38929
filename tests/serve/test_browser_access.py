"""Every page for every reader: WCAG 2.2 AA by axe, in both directions and both themes."""

from __future__ import annotations

from typing import Any

import pytest

from serve.browsing import Site, missing, open_story, visit

LOOKS = (("en", "light"), ("en", "dark"), ("fa", "light"), ("ar", "dark"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def paths(site: Site) -> list[str]:
    """Every page that an address leads to."""
    article = site.library.articles(limit=1)[0].id
    person = site.library.story(site.story()).who[0]
    return [
        "/", "/stories", "/articles", f"/articles/{article}", "/people", f"/people/{person}",
        "/search?q=train", "/sources", "/alerts", "/jobs", "/decisions", "/method", "/nowhere",
    ]  # fmt: skip


def faults_of(page: Any) -> list[str]:
    """What axe finds on the page as it is now."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        missing("the package axe-playwright-python")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_every_page_is_open_to_all(browser: Any, site: Site, language: str, theme: str) -> None:
    one = visit(browser, site, language=language, theme=theme)
    page = open_story(one)
    page.locator("a.number").first.click()
    page.wait_for_selector(".opened .card")
    faults = {"story": faults_of(page)}
    for path in paths(site):
        faults[path] = faults_of(one.go(path))
    one.faults = [fault for fault in one.faults if "404" not in fault]  # the page that is nowhere
    one.check()
    page.context.close()
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_phone_is_open_to_all(browser: Any, site: Site, language: str) -> None:
    one = visit(browser, site, 360, 740, language=language)
    page = open_story(one)
    page.locator("a.number").first.click()
    page.wait_for_selector(".opened .card")
    faults = faults_of(page) + faults_of(one.go("/"))
    page.context.close()
    assert faults == []
