"""Takes a picture of every page of the web app: .venv/bin/python docs/pictures/pages.py FOLDER.

English and Persian in light colours, English and Arabic in dark ones, and a phone; the constructed
examples only. Those that the README shows are copied to docs/pictures by hand, after all were looked at.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from khabar.library import Library
from khabar.serve.app import make_app
from khabar.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KEPT = ("naval-agreement", "mehravand-earthquake", "delta-derailment")
LOOKS = (
    ("en", "light", "gregorian", 1280),
    ("fa", "light", "jalali", 1280),
    ("ar", "dark", "hijri", 1280),
    ("en", "dark", "gregorian", 1280),
    ("fa", "dark", "jalali", 390),
)


def fill(folder: Path) -> Library:
    """A library with the examples."""
    library = Library.open(folder / "khabar.db", Settings(), create=True)
    os.chdir(ROOT)  # the pictures show the reports' paths
    paths = [path for name in KEPT for path in (Path("examples") / name).iterdir()]
    library.add(sorted(path for path in paths if path.suffix in {".txt", ".html"}))
    return library


def serve(library: Library) -> tuple[uvicorn.Server, str]:
    """A server over it, and its address."""
    config = uvicorn.Config(make_app(library, Settings()), "127.0.0.1", 0, log_level="error", lifespan="on")
    socket = config.bind_socket()
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, args=([socket],), daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return server, f"http://127.0.0.1:{socket.getsockname()[1]}"


def pages(library: Library) -> dict[str, str]:
    """Every page that is shown, by its name."""
    story = max(library.stories(least=2), key=lambda one: one.reports).id
    library.story(story)
    return {
        "start": "/",
        "stories": "/stories",
        "story": f"/stories/{story}",
        "evidence": f"/stories/{story}?open=1#s1",
        "origins": f"/stories/{story}#origins",
        "article": f"/articles/{library.articles(limit=1)[0].id}",
        "people": f"/people/{library.story(story).who[0]}",
        "search": "/search?q=train",
        "sources": "/sources",
        "decisions": "/decisions",
        "method": "/method",
    }


def take(
    browser: Any, address: str, shown: dict[str, str], look: tuple[str, str, str, int], to: Path
) -> None:
    """The pictures of one look."""
    language, theme, calendar, width = look
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    chosen = {"language": language, "theme": theme, "calendar": calendar}
    context.add_cookies(
        [{"name": f"khabar_{name}", "value": value, "url": address} for name, value in chosen.items()]
    )
    for name, path in shown.items():
        page = context.new_page()
        page.goto(address + path)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.screenshot(path=to / f"{name}-{language}-{theme}-{width}.png")
        page.close()
    context.close()


def main() -> None:
    """Takes all pictures."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        sys.exit("Chromium is not here. Install the package chromium.")
    to = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports" / "pictures")
    to.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        fill(Path(folder)) as library,
        sync_playwright() as playwright,
    ):
        server, address = serve(library)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for look in LOOKS:
            take(browser, address, pages(library), look, to)
        browser.close()
        server.should_exit = True
    print(f"The pictures are in {to}.")


if __name__ == "__main__":
    main()
