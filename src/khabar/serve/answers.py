"""Values as answers: JSON with a tag by which a client asks whether anything has changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from khabar.show.files import LONE_SURROGATE

JSON = "application/json"
NDJSON = "application/x-ndjson"


def to_plain(value: object) -> Any:
    """The value as JSON takes it, dataclasses as objects."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): to_plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_plain(one) for one in value]
    return value


def encode(value: object) -> bytes:
    """The value as JSON in readable letters; halves of letters, which UTF-8 does not have, are escaped."""
    text = json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", text).encode()


def answer(request: Request, value: object, status: int = 200) -> Response:
    """The value as JSON, or 304 where the client has it already."""
    return answer_bytes(request, encode(value), JSON, status=status)


def answer_bytes(
    request: Request, body: bytes, media: str, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """The same for what is written already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    kept = {"etag": tag, "cache-control": "private, no-cache", **(headers or {})}
    if request.method in ("GET", "HEAD") and _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=kept)
    return Response(body, status, kept if request.method == "GET" else dict(headers or {}), media)


def _has(given: str, tag: str) -> bool:
    tags = [one.strip().removeprefix("W/") for one in given.split(",")]
    return tag in tags or "*" in tags


def answer_lines(events: Iterator[Mapping[str, Any]]) -> Response:
    """A line of JSON for each event, as it comes."""
    return StreamingResponse((encode(event) + b"\n" for event in events), media_type=NDJSON)
