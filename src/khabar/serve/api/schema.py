"""The description of the API (OpenAPI 3.1), with the finding as `khabar schema` describes it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from khabar.serve.problems import MEDIA_TYPE
from khabar.show.schema import schema

Schema = dict[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")
_HERE = "#/components/schemas/"
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what to do about it."},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what"],
                "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
            },
        },
    },
}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_EVENT: Schema = {
    "type": "object",
    "required": ["event"],
    "properties": {
        "event": {"enum": ["job", "progress", "result", "problem", "cancelled"]},
        "job": {"type": "string"},
        "stage": {"type": "string"},
        "done": _COUNT,
        "total": {"type": "integer", "minimum": 0, "description": "0 while it is not known"},
        "result": {"type": "object", "description": "a comparison, or what became of what was added"},
    },
}
_ABOUT = (
    "Reports, the stories that they tell, and how their accounts differ. Offsets are half-open and count "
    "code points of an article's text. Errors are problem details (RFC 9457). Lists go on by `next`, given "
    "back as `after`. Answers have an ETag. Long work answers with a line of JSON for each event: job, "
    "progress, and at the end result, problem or cancelled."
)


def of(name: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that gives this part of the finding."""
    return {200: {"content": {"application/json": {"schema": {"$ref": _HERE + name}}}}}


def page_of(name: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that lists this part of the finding."""
    listed = {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": _HERE + name}},
            "next": {"type": ["string", "null"]},
        },
    }
    return {200: {"content": {"application/json": {"schema": listed}}}}


def describe(app: FastAPI) -> Schema:
    """The whole description."""
    found = get_openapi(
        title="khabar", version="1", openapi_version="3.1.0", description=_ABOUT, routes=app.routes
    )
    parts = found.setdefault("components", {})
    parts.setdefault("schemas", {}).update(_finding(), Problem=PROBLEM)
    parts["schemas"].pop("HTTPValidationError", None)
    parts["schemas"].pop("ValidationError", None)
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"token": []}, {}]
    for path in found["paths"].values():
        for method in _METHODS:
            if method in path:
                _with_problems(path[method])
    return found


def _with_problems(operation: Schema) -> None:
    body = {"content": {MEDIA_TYPE: {"schema": {"$ref": _HERE + "Problem"}}}}
    operation["responses"].pop("422", None)
    operation["responses"]["4XX"] = {"description": "It cannot be done as asked.", **body}
    operation["responses"]["5XX"] = {"description": "It cannot be done now.", **body}


def _finding() -> Schema:
    whole = schema()
    parts = whole.pop("$defs")
    for name in ("$schema", "$id"):
        whole.pop(name)
    moved: Schema = _moved({**parts, "comparison": whole})
    made_by = moved["comparison"]["properties"]["made_by"]
    return {**moved, **_kept(moved, made_by)}


def _kept(moved: Schema, made_by: Schema) -> Schema:
    """What the library adds to the finding."""
    text, maybe, texts = {"type": "string"}, {"type": ["string", "null"]}, _list({"type": "string"})
    article = _object(
        story=text, added=text, address=maybe, paths=texts, supersedes=maybe, article=_ref("article"),
        made_by=made_by,
    )  # fmt: skip
    quote = moved["article"]["properties"]["quotes"]["items"]
    said = _object(article=text, outlet=maybe, published=maybe, **quote["properties"])
    added = _object(
        inputs=_COUNT, kept=_COUNT, known=_COUNT,
        dropped=_list(_object(path=text, stage=text, reason=text)), articles=texts, stories=texts,
    )  # fmt: skip
    return {
        "saying": moved["story"]["properties"]["sayings"]["items"],
        "KeptArticle": article,
        "KeptStory": _object(line=_ref("StoryLine"), story=_ref("story")),
        "KeptQuote": said,
        "Added": added,
        "WorkEvent": _EVENT,
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": _HERE + name}


def _moved(value: Any) -> Any:
    """The same with references to where these parts stand here."""
    if isinstance(value, dict):
        return {
            key: one.replace("#/$defs/", _HERE) if key == "$ref" else _moved(one)
            for key, one in value.items()
        }
    return [_moved(one) for one in value] if isinstance(value, list) else value
