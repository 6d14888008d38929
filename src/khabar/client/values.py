"""JSON of the API back to the types that it was written from (show/json.py)."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from khabar.model.article import PageFacts
from khabar.model.mentions import DateMention, TimeClaim
from khabar.model.span import Excerpt, Span
from khabar.model.story import HeadLine, Lookalike, MadeBy, Relation, Story

T = TypeVar("T")
# Where JSON calls a field otherwise than the type.
_NAMES: Mapping[type, Mapping[str, str]] = {
    Story: {"reasons": "evidence"},
    Lookalike: {"reasons": "evidence"},
    Relation: {"origin": "from", "taker": "to"},
    DateMention: {"end": "last_day"},
    TimeClaim: {"span": "place"},
}
_KNOWN: dict[type[Any], dict[str, Any]] = {}
_PAGE = "page"  # what JSON calls the field of the type PageFacts


def read_value(kind: type[T], data: Any) -> T:
    """The value of this type that the JSON stands for; what it does not say has its default."""
    value: T = _read(kind, data)
    return value


def _read(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [one for one in typing.get_args(kind) if one is not types.NoneType]
        return None if data is None else _read(inner[0], data)
    if origin is tuple:
        return _read_tuple(typing.get_args(kind), data)
    if origin is dict or kind is Any:
        return data
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _read_dataclass(kind, data)
    return data


def _read_tuple(inner: tuple[Any, ...], data: Any) -> Any:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], one) for one in data)
    return tuple(_read(one, each) for one, each in zip(inner, data, strict=True))


def _read_dataclass(kind: type[Any], data: Any) -> Any:
    hints = _hints(kind)
    said = [field for field in hints if _says(kind, field, data)]
    return kind(**{field: _field(kind, field, hints[field], data) for field in said})


def _says(kind: type[Any], field: str, data: Mapping[str, Any]) -> bool:
    return _name(kind, field) in data or _is_place(kind, field)


def _field(kind: type[Any], field: str, hint: Any, data: Mapping[str, Any]) -> Any:
    name = _name(kind, field)
    if kind is HeadLine and field == "tellings":
        return tuple((one["language"], _read(Excerpt, one)) for one in data["tellings"])
    if kind is MadeBy and field == "settings":
        return tuple(data["settings"].items())
    if name in data:
        return _read(hint, data[name])
    if data.get("start") is None:  # places and excerpts stand in the object itself
        return None
    return _read(Excerpt if field == "excerpt" else Span, data)


def _is_place(kind: type[Any], field: str) -> bool:
    """Whether JSON writes the field as `start`, `end` and the like of the object itself."""
    return field in ("span", "excerpt") and kind is not TimeClaim


def _name(kind: type[Any], field: str) -> str:
    if _hints(kind)[field] is PageFacts:
        return _PAGE
    return _NAMES.get(kind, {}).get(field, field)


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _KNOWN:
        hints = typing.get_type_hints(kind)
        _KNOWN[kind] = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
    return _KNOWN[kind]
