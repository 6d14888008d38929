"""What a server refused, as an error."""

from __future__ import annotations

import json
from typing import Any

from khabar.errors import KhabarError, NotFound


class Problem(KhabarError):  # noqa: N818  (RFC 9457 calls it so)
    """The server did not do what it was asked; `status` is that of HTTP."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


def problem_of(status: int, body: bytes) -> KhabarError:
    """The error that an answer means: NotFound, else Problem."""
    detail = _detail(body) or f"the server answered with status {status}"
    return NotFound(detail) if status == 404 else Problem(status, detail)


def _detail(body: bytes) -> str:
    try:
        found: Any = json.loads(body)
    except ValueError:
        return ""
    return str(found.get("detail", "")) if isinstance(found, dict) else ""
