"""Takes a picture of every page of the web app: .venv/bin/python docs/pictures/pages.py FOLDER.

Both directions in both themes, wide and on a phone; the constructed examples only. Those that the README
shows are taken by take.py, after all were looked at.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader chose, and how many pixels wide their screen is."""

    language: str
    theme: str
    calendar: str
    width: int


LOOKS = (
    Look("en", "light", "gregorian", 1280),
    Look("fa", "light", "jalali", 1280),
    Look("ar", "dark", "hijri", 1280),
    Look("en", "dark", "gregorian", 1280),
    Look("fa", "dark", "jalali", 390),
    Look("ar", "light", "hijri", 390),
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
    reports = library.articles()
    twofold, story = next((one.id, one.story) for one in reports if len(one.languages) > 1)
    library.story(story)
    return {
        "start": "/",
        "stories": "/stories",
        "story": f"/stories/{story}",
        "evidence": f"/stories/{story}?open=2#s2",
        "table by origin": f"/stories/{story}?group=origin&order=difference&hide=shared#board",
        "origins": f"/stories/{story}#origins",
        "names": f"/stories/{story}#names",
        "decide": f"/stories/{story}#decide",
        "articles": "/articles",
        "article": f"/articles/{reports[0].id}",
        "bilingual": f"/articles/{twofold}#pair",
        "people": "/people",
        "person": f"/people/{library.story(story).who[0]}",
        "search": "/search?q=train",
        "sources": "/sources",
        "alerts": "/alerts",
        "jobs": "/jobs",
        "decisions": "/decisions",
        "method": "/method",
        "not there": "/stories/s0",
    }


def open_look(browser: Any, address: str, look: Look, height: int = 900) -> Any:
    """A browser profile in which the reader chose so."""
    size = {"width": look.width, "height": height}
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    chosen = {"language": look.language, "theme": look.theme, "calendar": look.calendar}
    context.add_cookies(
        [{"name": f"khabar_{name}", "value": value, "url": address} for name, value in chosen.items()]
    )
    return context


def take(browser: Any, address: str, shown: dict[str, str], look: Look, to: Path) -> None:
    """The pictures of one look."""
    context = open_look(browser, address, look)
    for name, path in shown.items():
        page = context.new_page()
        page.goto(address + path)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.screenshot(path=to / f"{name.replace(' ', '-')}-{look.language}-{look.theme}-{look.width}.png")
        page.close()
    context.close()


def browser_program() -> str:
    """Where Chromium is; ends with what to do where it is not."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    return program or sys.exit("Chromium is not here. Install the package chromium.")


def main() -> None:
    """Takes all pictures."""
    program = browser_program()
    to = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "reports" / "pictures")
    to.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        fill(Path(folder)) as library,
        sync_playwright() as playwright,
    ):
        server, address = serve(library)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = pages(library)
        for look in LOOKS:
            take(browser, address, shown, look, to)
        browser.close()
        server.should_exit = True
    print(f"The pictures are in {to}.")


if __name__ == "__main__":
    main()
