"""Takes the pictures of the README from the constructed examples: .venv/bin/python docs/pictures/take.py.

Needs Chromium; nothing else than the examples may be shown here.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from khabar import compare
from khabar.show.html import to_html

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
STORY = Path("examples/mehravand-earthquake")  # the pictures show the reports' paths
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def write_page(folder: Path) -> Path:
    """The report on the story as a file."""
    page = folder / "report.html"
    with contextlib.chdir(ROOT):
        reports = sorted(path for path in STORY.iterdir() if path.suffix in {".txt", ".html"})
        page.write_text(to_html(compare(reports)), encoding="utf-8")
    return page


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: `top` is the first element in it, the size is in pixels."""

    file: str
    colours: str
    width: int
    height: int
    top: str


PICTURES = (
    Picture("report.png", "light", 1280, 1080, "body"),
    Picture("phone-dark.png", "dark", 390, 844, ".story h3"),
)


def take(browser: Any, page: Path, picture: Picture) -> None:
    """The picture, with the evidence of the first row open."""
    size = {"width": picture.width, "height": picture.height}
    context = browser.new_context(viewport=size, color_scheme=picture.colours, reduced_motion="reduce")
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.locator(".evidence details").first.evaluate("(one) => { one.open = true; }")
    shown.locator(picture.top).first.evaluate("(one) => { one.scrollIntoView(); }")
    shown.screenshot(path=HERE / picture.file)
    context.close()


def main() -> None:
    """Takes all pictures."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("Chromium is not here. Install the package chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = write_page(Path(folder))
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, page, picture)
        browser.close()


if __name__ == "__main__":
    main()
