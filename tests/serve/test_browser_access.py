"""Every page for every reader: WCAG 2.2 AA by axe, in both directions and both themes."""

from __future__ import annotations

from typing import Any

import pytest

from serve.browsing import Site, missing, open_story, visit

LOOKS = (("en", "light", 1280), ("fa", "dark", 1280), ("ar", "light", 1280), ("en", "dark", 390))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def paths(site: Site) -> list[str]:
    """Every page that an address leads to."""
    article = site.library.articles(limit=1)[0].id
    twofold = next(one.id for one in site.library.articles() if len(one.languages) > 1)
    person = site.library.story(site.story()).who[0]
    return [
        "/", "/stories", "/articles", f"/articles/{article}", f"/articles/{twofold}",
        "/people", f"/people/{person}",
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


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_every_page_is_open_to_all(browser: Any, site: Site, language: str, theme: str, width: int) -> None:
    one = visit(browser, site, width, language=language, theme=theme)
    page = open_story(one)
    page.locator("a.number").first.click()
    page.wait_for_selector(".opened .card")
    faults = {"story": faults_of(page)}
    page.keyboard.press("Shift+?")
    faults["keys"] = faults_of(page)
    for path in paths(site):
        faults[path] = faults_of(one.go(path))
    one.go("/").locator(".examples button").first.click()
    page.wait_for_selector(".dropped")
    faults["comparison"] = faults_of(page)
    one.faults = [fault for fault in one.faults if "404" not in fault]  # the page that is nowhere
    one.check()
    page.context.close()
    assert {path: found for path, found in faults.items() if found} == {}


# what a reader may meet in ASCII digits: words of a report, names of files, keys and ids
NOT_OURS = (
    "bdi, q, blockquote, code, kbd, output, select, .words, .whole, .statement-text, .side, "
    "[lang='und-Latn'], .control, .id, .address"
)


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_numbers_of_ours_are_in_the_readers_digits(browser: Any, site: Site, language: str) -> None:
    one = visit(browser, site, language=language, calendar="jalali")
    looked = """(skipped) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const node = walker.currentNode;
        const ours = !node.parentElement.closest(skipped);
        if (ours && /(?<![A-Za-z])[0-9]/.test(node.data)) found.push(node.data.trim());
      }
      return found;
    }"""
    story = f"/stories/{site.story()}?open=1"
    found = {path: one.go(path).evaluate(looked, NOT_OURS) for path in (story, *paths(site))}
    one.page.context.close()
    assert {path: some for path, some in found.items() if some} == {}
