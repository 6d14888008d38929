"""JSON and JSON lines: each record one report, its fields found by the user's map or by well-known names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from khabar.model.claims import Claim
from khabar.model.outcome import Dropped, Outcome
from khabar.model.page import Page, PageKind
from khabar.read.decode import decode
from khabar.read.faults import Unreadable
from khabar.read.fields import ID, TEXT, Value, claim_field
from khabar.read.found import Found, Reading
from khabar.read.limits import read_all, too_large
from khabar.read.pages import page_of_text
from khabar.read.telegram import is_export, read_export

_HEAD = 200  # characters in which a title may stand below a date or a section
_MARKUP = re.compile(r"</(?:p|div|span|a|article|body|html|h[1-6]|ul|li)>|<(?:br|p)\s*/?>", re.I)
_LISTS = (
    "articles",
    "items",
    "results",
    "data",
    "hits",
    "documents",
    "docs",
    "records",
    "posts",
    "entries",
    "news",
)


def read_json(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """A page for each record of a JSON file: a list, an object that holds one, or one record alone."""
    data = read_all(found.stream, reading.item_bytes)
    if not data.strip():
        yield found.drop("this file is empty")
        return
    try:
        value = _load(decode(data, header=found.charset).text)
    except Unreadable as error:
        lines = data.lstrip().split(b"\n", 1)
        if len(lines) < 2 or not _is_json(lines[0]):
            raise error from None
        yield from _read_lines(found, reading, iter(data.splitlines()))
        return
    if is_export(value):
        yield from read_export(found, value)
    else:
        yield from _read_values(found, reading, _records(value))


def read_json_lines(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """A page for each line; the file is never held as a whole."""
    yield from _read_lines(found, reading, _lines(found, reading.item_bytes))


def _lines(found: Found, limit_bytes: int) -> Iterator[bytes]:
    while line := found.stream.readline(limit_bytes + 1):
        if len(line) > limit_bytes:
            raise Unreadable(too_large(len(line), limit_bytes, more=True), whole=True)
        yield line


def _read_lines(found: Found, reading: Reading, lines: Iterator[bytes]) -> Iterator[Outcome[Page]]:
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n\0\xef\xbb\xbf"):
            continue
        count += 1
        path = f"{found.path}#{number}"
        try:
            value = _load(decode(line.rstrip(b"\r\n")).text)
        except Unreadable as error:
            yield Dropped(path, "read", error.reason)
            continue
        yield _read_record(found, reading, value, path)
    if not count:
        yield found.drop("this file is empty")


def _load(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise Unreadable("its JSON is nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"not JSON: {str(error)[:120]}") from None


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(_load(decode(line).text), dict)
    except Unreadable:
        return False


def _records(value: object) -> list[object] | None:
    """The records of a file; None where the whole value is one."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for name in _LISTS:
            inner = value.get(name)
            if isinstance(inner, list) and any(isinstance(one, dict) for one in inner):
                return inner
            if (
                name in ("hits", "data")
                and isinstance(inner, dict)
                and (deeper := _records(inner)) is not None
            ):
                return deeper
    return None


def _read_values(found: Found, reading: Reading, records: list[object] | None) -> Iterator[Outcome[Page]]:
    if records is None:
        yield found.drop("this JSON is no record and no list of records; name its fields by --fields")
        return
    if not records:
        yield found.drop("this list of records is empty")
    for number, value in enumerate(records, 1):
        yield _read_record(found, reading, value, f"{found.path}#{number}")


def _read_record(found: Found, reading: Reading, value: object, path: str) -> Outcome[Page]:
    inner = value.get("_source") if isinstance(value, dict) else None
    record = inner if isinstance(inner, dict) else value
    if not isinstance(record, dict):
        return Dropped(path, "read", f"not a record but {_name_of(record)}")
    values = reading.fields.find(record)
    if TEXT not in values:
        return Dropped(path, "read", _no_text(record, reading))
    return _page(found, values, path)


def _page(found: Found, values: Mapping[str, Value], path: str) -> Outcome[Page]:
    claims = [
        Claim(field, value.text, value.origin)
        for wanted, value in values.items()
        if (field := claim_field(wanted)) is not None
    ]
    kind = PageKind.HTML if _MARKUP.search(values[TEXT].text) else PageKind.TEXT
    text = _with_title(values[TEXT].text, values["title"].text if "title" in values else "", kind)
    address = values["address"].text if "address" in values else None
    path = path if ID not in values else f"{path.rsplit('#', 1)[0]}#{values[ID].text[:80]}"
    one = replace(found, path=path, claims=(*found.claims, *claims), address=address)
    return page_of_text(one, text, kind, "json")


def _with_title(text: str, title: str, kind: PageKind) -> str:
    """The text with its title before it: a record keeps apart what a page shows together.

    A text that has the title at its head stays as it is.
    """
    words = " ".join(title.split())
    head = " ".join(text[: 2 * len(title) + _HEAD].split())
    if not words or words in head:
        return text
    return f"<h1>{escape(words)}</h1>\n{text}" if kind is PageKind.HTML else f"{words}\n\n{text}"


def _no_text(record: Mapping[str, object], reading: Reading) -> str:
    named = dict(reading.fields.pairs).get(TEXT)
    shown = ", ".join(list(record)[:12])
    if named:
        return f"no text: this record has no field {named!r} with words; it has {shown}"
    return f"no text: name the field that holds it, --fields text=FIELD; this record has {shown}"


def _name_of(value: object) -> str:
    return {list: "a list", str: "words", bool: "yes or no", type(None): "nothing"}.get(
        type(value), "a number"
    )
