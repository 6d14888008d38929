"""The letters of the pages come from the package, with their licences, under addresses that never change."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

FOLDER = files("khabar.serve.web").joinpath("static")
STYLE = FOLDER.joinpath("fonts.css").read_text(encoding="utf-8")
FONTS = sorted(file.name for file in FOLDER.joinpath("fonts").iterdir() if file.name.endswith(".woff2"))
MOST_BYTES = 1_500_000


def test_every_font_is_named_with_the_digest_of_what_it_holds() -> None:
    named = dict(re.findall(r'url\("/static/fonts/([\w-]+\.woff2)\?v=(\w+)"\)', STYLE))
    assert sorted(named) == FONTS
    for name, digest in named.items():
        data = FOLDER.joinpath("fonts", name).read_bytes()
        assert hashlib.sha256(data).hexdigest().startswith(digest), name


def test_no_font_comes_from_elsewhere() -> None:
    assert not re.findall(r"https?:|//|local\(", re.sub(r"/\*.*?\*/", "", STYLE, flags=re.S))


def test_the_fonts_are_small_and_each_has_its_licence() -> None:
    assert sum(len(FOLDER.joinpath("fonts", name).read_bytes()) for name in FONTS) < MOST_BYTES
    licences = [file.name for file in FOLDER.joinpath("fonts").iterdir() if file.name.endswith(".OFL.txt")]
    for name in FONTS:
        own = [licence for licence in licences if name.startswith(licence.removesuffix(".OFL.txt"))]
        assert own, name
        assert "SIL OPEN FONT LICENSE" in FOLDER.joinpath("fonts", own[0]).read_text(encoding="utf-8")
