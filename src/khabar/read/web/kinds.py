"""Which answers are not worth their body: what no reader here can make a report of."""

from __future__ import annotations

from khabar.read.web.failure import Failure
from khabar.read.web.fetched import header_in

_NOT_READ = {
    "image": "a picture", "video": "a film", "audio": "sound", "font": "a font", "model": "a model",
    "text/css": "a style sheet", "text/javascript": "a script", "application/javascript": "a script",
    "application/x-javascript": "a script", "application/wasm": "a program",
    "application/x-shockwave-flash": "a program", "application/vnd.apple.mpegurl": "a film",
    "application/x-mpegurl": "a film",
}  # fmt: skip


def refuse_kind(_: int, headers: tuple[tuple[str, str], ...]) -> None:
    """Errors: Failure where the headers announce what cannot be read."""
    media = header_in(headers, "Content-Type").partition(";")[0].strip().lower()
    name = _NOT_READ.get(media) or _NOT_READ.get(media.partition("/")[0])
    if name:
        raise Failure(f"not a page but {name} ({media})")
