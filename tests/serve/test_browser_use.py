"""The web app used as readers use it, in a real browser against a real server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from serve.browsing import EXAMPLES, Site, Visitor, open_story, visit

FIRST = """Harbour bridge opens after repairs

Port Salam, 3 March 2026 (Bay Courier) - The harbour bridge of Port Salam opened again on Tuesday after
repairs that cost 12 million dollars, mayor Rana Haddad said. Forty workers mended the piers in nine months.
"""
SECOND = """بازگشایی پل بندر پس از تعمیر

بندر سلام، ۱۲ اسفند ۱۴۰۴ (پیک خلیج) - پل بندر سلام روز سه‌شنبه پس از تعمیراتی با هزینه ۱۵ میلیون دلار
بازگشایی شد. رنا حداد، شهردار، گفت چهل کارگر در نه ماه پایه‌ها را تعمیر کردند.
"""


def compared(page: Any) -> None:
    """The comparison has ended, and told what it read."""
    page.wait_for_url("**/compare/*")
    page.wait_for_selector("#try-stories, #try-alone")
    page.wait_for_selector("#progress:not([hx-get])")


def test_pasted_reports_are_compared(visitor: Visitor) -> None:
    page = visitor.go("/")
    areas = page.locator("textarea[name=text]")
    areas.nth(0).fill(FIRST)
    areas.nth(1).fill(SECOND)
    page.locator("button.main").click()
    compared(page)
    assert "Harbour bridge opens after repairs" in page.locator("main").inner_text()
    assert "2 reports" in page.locator("main").inner_text()


def test_files_are_dropped_and_compared(visitor: Visitor) -> None:
    page = visitor.go("/")
    files = sorted((EXAMPLES / "naval-agreement").glob("*.txt"))[:2]
    dropped = page.evaluate_handle(
        """(files) => {
             const moved = new DataTransfer();
             for (const [name, text] of files) moved.items.add(new File([text], name, {type: "text/plain"}));
             return moved;
           }""",
        [[file.name, file.read_text(encoding="utf-8")] for file in files],
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    assert page.locator("input[type=file]").evaluate("(one) => one.files.length") == 2
    page.locator("button.main").click()
    compared(page)
    assert page.locator("#try-stories").count() == 1


def test_an_example_shows_its_story_with_evidence(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.locator("button[name=example]").first.click()
    compared(page)
    page.locator("a.title").first.click()
    page.wait_for_selector("#board .row")
    page.locator("a.number").first.click()
    page.wait_for_selector(".opened .card")
    assert page.locator("a.number").first.get_attribute("aria-expanded") == "true"
    assert page.locator(".opened .card").count() >= 2
    assert page.locator(".opened mark").count() >= 1


def test_nothing_given_is_said(visitor: Visitor) -> None:
    page = visitor.go("/")
    page.locator("button.main").click()
    page.wait_for_selector("[role=alert]")
    assert "nothing to compare" in page.locator("[role=alert]").inner_text()
    visitor.faults.clear()  # the browser reports the status 400 that this page has


def test_a_decision_is_made_and_undone(visitor: Visitor) -> None:
    story = visitor.site.story()
    page = open_story(visitor, story)
    before = len(visitor.site.library.decisions(story))
    page.keyboard.press("c")
    page.wait_for_selector(".decided")
    assert "Confirmed" in page.locator(".decided").inner_text()
    assert len(visitor.site.library.decisions(story)) == before + 1
    page.keyboard.press("u")
    page.wait_for_selector(".decided", state="detached")
    assert visitor.site.library.decisions(story)[0].undone


@pytest.mark.parametrize(
    ("words", "language"), [("وزیر", "fa"), ("القطار", "ar"), ("derailed", "en")], ids=["fa", "ar", "en"]
)
def test_search_finds_in_three_languages(visitor: Visitor, words: str, language: str) -> None:
    page = visitor.go("/")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    assert page.locator("main a[href^='/articles/'], main a[href^='/stories/']").count() >= 1


@pytest.mark.parametrize(("language", "words"), [("ar", "القصص"), ("fa", "رویدادها")])
def test_language_is_switched_and_kept(visitor: Visitor, language: str, words: str) -> None:
    page = visitor.go("/stories")
    page.locator(f".tongues button[lang={language}]").click()
    page.wait_for_selector(f"html[lang={language}]")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("h1").inner_text() == words
    visitor.go("/people")
    assert page.locator("html").get_attribute("lang") == language


def test_theme_is_switched(visitor: Visitor) -> None:
    page = visitor.go("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("select[name=theme]").select_option("dark")
    page.locator(".choices button").click()
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_days_are_in_the_calendar_of_choice(browser: Any, site: Site) -> None:
    one = visit(browser, site, language="fa", calendar="jalali")
    page = open_story(one)
    assert re.search("(اسفند ۱۴۰۴|۱۴۰۵)", page.locator(".story-head").inner_text())
    one.check()
    one.page.context.close()


def test_the_keyboard_alone_is_enough(visitor: Visitor) -> None:
    page = open_story(visitor)
    page.locator('.row > [tabindex="0"]').first.focus()
    page.keyboard.press("ArrowDown")
    second = "document.querySelectorAll('.statements tbody')[1]"
    assert page.evaluate(f"document.activeElement.closest('tbody') === {second}")
    page.keyboard.press("Enter")
    page.wait_for_selector(".row.open")
    page.keyboard.press("Escape")
    page.wait_for_selector(".row.open", state="detached")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").evaluate("(one) => one.open")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.name") == "text"


@pytest.mark.parametrize(("question", "note"), [("؟", "د"), ("?", "ى")], ids=["fa", "ar"])
def test_keys_count_by_their_place_on_any_keyboard(visitor: Visitor, question: str, note: str) -> None:
    page = open_story(visitor)
    press = """([key, code, shiftKey]) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true }))"""
    page.evaluate(press, [question, "Slash", True])
    assert page.locator("dialog#keys").evaluate("(one) => one.open")
    page.keyboard.press("Escape")
    page.evaluate(press, [note, "KeyN", False])
    assert page.evaluate("document.activeElement.name") == "text"


def test_a_choice_above_the_table_keeps_its_place(visitor: Visitor) -> None:
    page = open_story(visitor)
    page.locator("#board-group").focus()
    page.locator("#board-group").select_option("language")
    page.wait_for_selector("tr.over")
    assert page.evaluate("document.activeElement.id") == "board-group"


def test_chosen_files_are_named_in_the_readers_words(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.go("/")
    assert page.locator(".picked").inner_text() == "none chosen"
    (tmp_path / "گزارش.txt").write_text("x")
    page.set_input_files("input[type=file]", tmp_path / "گزارش.txt")
    assert page.locator(".picked").inner_text() == "گزارش.txt"


def test_the_first_stop_of_the_tab_key_skips_to_the_content(visitor: Visitor) -> None:
    page = visitor.go("/stories")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_phone_shows_everything_without_scrolling_sideways(browser: Any, site: Site, language: str) -> None:
    one = visit(browser, site, 360, 740, language=language)
    for path in ("/", "/stories", "/articles", "/search?q=train", "/method"):
        page = one.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page = open_story(one)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    one.check()
    one.page.context.close()


def test_the_letters_come_from_the_package(browser: Any, site: Site) -> None:
    one = visit(browser, site, language="ar")
    page = one.go("/")
    for font, letters in (("Vazirmatn", "خبر"), ("Noto Sans", "ḥṭʿʾā")):
        found = page.evaluate(
            "([font, letters]) => document.fonts.load(`16px '${font}'`, letters).then((all) => all.length)",
            [font, letters],
        )
        assert found >= 1, font
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Signs, Vazirmatn")
    assert any("vazirmatn" in url for url in one.asked)
    one.check()
    one.page.context.close()


def test_the_aid_translates_in_place_and_says_what_it_is(visitor: Visitor) -> None:
    pytest.importorskip("ctranslate2", reason="ctranslate2 is missing (khabar[translate])")
    page = open_story(visitor)
    page.locator("a.number").first.click()
    page.wait_for_selector("form.aid")
    assert page.locator("section.aid").count() == 0  # nothing before it is asked for
    page.locator("form.aid button").click()
    page.wait_for_selector("section.aid")
    told = page.locator("section.aid").inner_text()
    assert "machine’s translation" in told
    assert "not evidence" in told


def test_reading_needs_no_script(browser: Any, site: Site) -> None:
    story = site.story()
    site.library.story(story)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/stories/{story}?open=1")
    assert page.locator(".opened .card").count() >= 2
    context.close()
