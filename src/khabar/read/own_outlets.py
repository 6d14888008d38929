"""The file of the user's own outlets: TSV, or TOML with an [[outlets]] table for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from khabar.annotate.names.gazetteer import name_key
from khabar.annotate.outlets import KINDS, Outlet
from khabar.errors import SettingError

_COLUMNS = ("name", "kind", "country", "language", "domain", "owner", "forms")
_ADVICE = (
    "Write name, kind, country, language, domain, owner and forms, parted by tabs and the forms by |, "
    "or a .toml file with [[outlets]] tables; only the name is needed."
)


def read_own_outlets(path: Path) -> tuple[Outlet, ...]:
    """The outlets in the file, in its order. Errors: SettingError names the file, the line and the value."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"outlets is {str(path)!r}, which cannot be read ({error}). {_ADVICE}") from error
    rows = _of_toml(path, text) if path.suffix.lower() == ".toml" else _of_tsv(text)
    found: list[Outlet] = []
    ids: dict[str, str] = {}
    for place, row in rows:
        one = _checked(path, place, row)
        if ids.setdefault(one.id, place) != place:
            raise _error(path, place, f"{one.name!r} is written like the outlet of {ids[one.id]}")
        found.append(one)
    return tuple(found)


def _of_tsv(text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if line.strip() and not line.startswith("#") and cells[0] != _COLUMNS[0]:
            row: dict[str, Any] = dict(zip(_COLUMNS, cells, strict=False))
            row["forms"] = [form for form in str(row.get("forms", "")).split("|") if form]
            yield f"line {number}", row


def _of_toml(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        tables = tomllib.loads(text).get("outlets")
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path} cannot be read as TOML ({error}). {_ADVICE}") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SettingError(f"{path} has no list of [[outlets]] tables. {_ADVICE}")
    for number, table in enumerate(tables, 1):
        yield f"outlet {number}", table


def _checked(path: Path, place: str, row: Mapping[str, Any]) -> Outlet:
    for name in row:
        if name not in _COLUMNS:
            raise _error(path, place, f"{name!r} is no column; they are {', '.join(_COLUMNS)}")
    words = {name: row.get(name, "") for name in _COLUMNS[:-1]}
    forms = row.get("forms", [])
    if not all(isinstance(word, str) for word in words.values()):
        raise _error(path, place, "every cell but the forms must be words")
    if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
        raise _error(path, place, f"the forms are {forms!r}; they must be a list of words")
    if words["kind"] and words["kind"] not in KINDS:
        raise _error(path, place, f"the kind is {words['kind']!r}; it must be one of {', '.join(KINDS)}")
    key = name_key(words["name"])
    if not key:
        raise _error(path, place, f"the name is {words['name']!r}; it must be words")
    return Outlet(f"own:{' '.join(key)}", **words, forms=(words["name"], *forms))


def _error(path: Path, place: str, fault: str) -> SettingError:
    return SettingError(f"{path}, {place}: {fault}. {_ADVICE}")
