"""Errors as answers: problem details (RFC 9457), in the words that the command line uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from khabar.errors import KhabarError

MEDIA_TYPE = "application/problem+json"


class Refusal(KhabarError):  # noqa: N818  (it is the answer, not a fault)
    """A request that is not carried out: its status, a sentence, and headers that belong to it."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.headers = status, dict(headers or {})


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """The body of a problem; `type` is about:blank, so `title` is what HTTP calls the status."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }


def answer_problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """The problem as an answer."""
    body = json.dumps(problem(status, detail, **more), ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, status, dict(headers or {}), MEDIA_TYPE)


def status_of(error: KhabarError) -> int:
    """The status that an error of khabar means."""
    return error.status if isinstance(error, Refusal) else error.http_status
