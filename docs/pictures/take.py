"""Takes the pictures of the README from the constructed examples: .venv/bin/python docs/pictures/take.py.

Needs Chromium; nothing else than the examples may be shown here.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pages import Look, browser_program, fill, open_look, pages, serve
from playwright.sync_api import sync_playwright

from khabar.library import Library
from khabar.show.html import to_html

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: `top` is the first element in it, the height is in pixels."""

    file: str
    look: Look
    page: str
    top: str
    height: int


PICTURES = (
    Picture("web-en.png", Look("en", "light", "gregorian", 1280), "story", "body", 1100),
    Picture("web-fa.png", Look("fa", "light", "jalali", 1280), "evidence", "#s2", 900),
    Picture("web-ar-dark.png", Look("ar", "dark", "hijri", 1280), "story", "#origins", 960),
    Picture("phone-dark.png", Look("en", "dark", "gregorian", 390), "report", ".story h3", 844),
)


def write_report(library: Library, folder: Path) -> str:
    """The address of the HTML report on the story that the other pictures show."""
    story = next(one.story for one in library.articles() if len(one.languages) > 1)
    page = folder / "report.html"
    page.write_text(to_html(library.comparison([story]), theme="dark"), encoding="utf-8")
    return page.as_uri()


def take(browser: Any, address: str, shown: dict[str, str], picture: Picture) -> None:
    """The picture, beginning at its first element."""
    context = open_look(browser, address, picture.look, picture.height)
    page = context.new_page()
    page.goto(shown[picture.page].partition("#")[0])
    page.evaluate("document.fonts.ready.then(() => true)")
    page.locator(picture.top).first.evaluate("(one) => { one.scrollIntoView(); }")
    page.screenshot(path=HERE / picture.file)
    context.close()


def main() -> None:
    """Takes all pictures."""
    program = browser_program()
    with (
        tempfile.TemporaryDirectory() as folder,
        fill(Path(folder)) as library,
        sync_playwright() as playwright,
    ):
        server, address = serve(library)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = {name: address + path for name, path in pages(library).items()}
        shown["report"] = write_report(library, Path(folder))
        for picture in PICTURES:
            take(browser, address, shown, picture)
        browser.close()
        server.should_exit = True


if __name__ == "__main__":
    sys.exit(main())
