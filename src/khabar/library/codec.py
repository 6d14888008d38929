"""The frozen types as compact JSON and back; what was written before a field existed is read too."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from khabar.errors import LibraryError
from khabar.model.span import Span

T = TypeVar("T")
Write = Callable[[Any, str], Any]
Read = Callable[[Any, str], Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Codec:
    """How one type is written and read; the second value is the text that spans point into."""

    write: Write
    read: Read


def to_plain(value: Any, text: str = "") -> Any:
    """The value as JSON takes it. Fields at their defaults are left out, and words that a span gives."""
    return codec_of(type(value)).write(value, text)


def from_plain(kind: type[T], plain: Any, text: str = "") -> T:
    """The value that `to_plain` wrote. Errors: LibraryError where it is not what was written."""
    try:
        value: T = codec_of(kind).read(plain, text)
    except (AssertionError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise LibraryError(
            f"a kept {kind.__name__} cannot be read ({error!r}). `khabar check` says more."
        ) from error
    return value


def codec_of(kind: Any) -> Codec:
    """The codec of a type of the model: dataclasses, enums, tuples, optional and plain values."""
    return _made_codec(kind)


@cache
def _made_codec(kind: Any) -> Codec:
    if kind is Span:
        return Codec(lambda span, _: [span.start, len(span)], lambda two, _: Span(two[0], two[0] + two[1]))
    if dataclasses.is_dataclass(kind):
        return _of_dataclass(typing.cast(type, kind))
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return _of_tuple(inner)
    if origin in (types.UnionType, typing.Union):
        return _of_optional(next(one for one in inner if one is not type(None)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Codec(lambda one, _: one.value, lambda value, _: kind(value))
    if kind in (str, int, float, bool):
        return Codec(lambda one, _: one, lambda one, _: one)
    raise AssertionError(f"no codec for {kind!r}: teach it to library/codec.py")


def _of_optional(kind: Any) -> Codec:
    inner = codec_of(kind)
    return Codec(
        lambda one, text: None if one is None else inner.write(one, text),
        lambda one, text: None if one is None else inner.read(one, text),
    )


def _of_tuple(kinds: tuple[Any, ...]) -> Codec:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        inner = codec_of(kinds[0])
        return Codec(
            lambda many, text: [inner.write(one, text) for one in many],
            lambda many, text: tuple(inner.read(one, text) for one in many),
        )
    each = [codec_of(kind) for kind in kinds]
    return Codec(
        lambda many, text: [codec.write(one, text) for codec, one in zip(each, many, strict=True)],
        lambda many, text: tuple(codec.read(one, text) for codec, one in zip(each, many, strict=True)),
    )


def _of_dataclass(kind: type) -> Codec:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    codecs = {field.name: codec_of(hints[field.name]) for field in fields}
    defaults = {field.name: field.default for field in fields}
    quotes = hints.get("span") is Span and hints.get("text") is str  # the words of its span, most often

    def write(one: Any, text: str) -> dict[str, Any]:
        plain = {}
        for name, codec in codecs.items():
            value = getattr(one, name)
            if value != defaults[name] and not (quotes and name == "text" and value == one.span.of(text)):
                plain[name] = codec.write(value, text)
        return plain

    def read(plain: dict[str, Any], text: str) -> Any:
        values = {name: codecs[name].read(value, text) for name, value in plain.items() if name in codecs}
        if quotes and "text" not in values:
            values["text"] = values["span"].of(text)
        return kind(**values)

    return Codec(write, read)
