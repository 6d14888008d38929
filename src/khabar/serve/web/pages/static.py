"""Files of the package that pages load: styles, scripts, fonts."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import Response

from khabar.errors import NotFound

router = APIRouter()
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=60"


@router.get("/static/{name:path}")
def get_file(request: Request, name: str) -> Response:
    """A file; for ever where the address names its digest."""
    data, kind, digest = _read(name)
    headers = {"cache-control": _FOREVER if request.query_params.get("v") else _SHORT, "etag": f'"{digest}"'}
    if request.headers.get("if-none-match") == f'"{digest}"':
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)


def address_of(name: str) -> str:
    """The address of a file with the digest of what it holds."""
    return f"/static/{name}?v={_read(name)[2]}"


@cache
def _read(name: str) -> tuple[bytes, str, str]:
    parts = name.split("/")
    suffix = "." + name.rpartition(".")[2]
    if suffix not in _TYPES or any(not part or part.startswith(".") or "\\" in part for part in parts):
        raise NotFound(f"there is no file {name[:100]!r} here.")
    folder = (
        files("khabar.show") / "templates" if name == "report.css" else files("khabar.serve.web") / "static"
    )
    file = folder.joinpath(*parts)
    if not file.is_file():
        raise NotFound(f"there is no file {name[:100]!r} here.")
    data = file.read_bytes()
    return data, _TYPES[suffix], hashlib.sha256(data).hexdigest()[:12]
