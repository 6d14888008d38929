"""Reads the language packs that ship with khabar and checks every file against the schema."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from khabar.errors import LanguageDataError
from khabar.lang.schema import HEADER, TABLES, Pack, Row
from khabar.model.mentions import Calendar

BASE = "base"
_FIELDS: Mapping[str, type] = MappingProxyType(
    {
        "name": str,
        "own_name": str,
        "iso3": str,
        "direction": str,
        "script": str,
        "calendars": list,
        "has_case": bool,
        "sentence_ends": list,
        "digits": list,
        "clitics": list,
    }
)


@dataclass(frozen=True, slots=True)
class Languages:
    """Every language pack, by code."""

    packs: Mapping[str, Pack]

    def pack(self, code: str) -> Pack:
        """The pack of a language; for one without a pack the base pack under that code (`known` is False)."""
        found = self.packs.get(code) or self.packs.get(code.partition("-")[0].lower())
        if found is not None and found.code != BASE:
            return found
        return replace(self.packs[BASE], code=code, known=False)

    def all(self) -> tuple[Pack, ...]:
        """The packs of all supported languages in the order of their codes, without the base pack."""
        return tuple(self.packs[code] for code in sorted(self.packs) if code != BASE)


class Same:
    """Packs as a key: equal to themselves only, since they are read once and never change."""

    __slots__ = ("languages",)

    def __init__(self, languages: Languages) -> None:
        self.languages = languages

    def __hash__(self) -> int:
        return id(self.languages.packs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.languages.packs is other.languages.packs


@cache
def load_languages() -> Languages:
    """The language packs that ship with khabar, read and checked once.

    Errors: LanguageDataError names the file, the line, the value and what is allowed.
    """
    return read_languages(files("khabar.lang"))


def read_languages(root: Traversable) -> Languages:
    """The language packs of one folder: a folder each, with a lang.toml in it."""
    folders = [folder for folder in root.iterdir() if folder.joinpath("lang.toml").is_file()]
    packs = {folder.name: _read_pack(folder) for folder in sorted(folders, key=lambda folder: folder.name)}
    if BASE not in packs:
        raise LanguageDataError(
            f"{root}: there is no {BASE}/lang.toml, which every other language falls back on"
        )
    return Languages(MappingProxyType(packs))


def _read_pack(folder: Traversable) -> Pack:
    facts = _read_facts(folder.joinpath("lang.toml"), f"{folder.name}/lang.toml")
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".tsv")), key=lambda e: e.name
    )
    tables = {entry.name[:-4]: _read_table(entry, f"{folder.name}/{entry.name}") for entry in entries}
    return Pack(
        code=folder.name,
        name=facts["name"],
        own_name=facts["own_name"],
        iso3=facts["iso3"],
        direction=facts["direction"],
        script=facts["script"],
        calendars=tuple(Calendar(name) for name in facts["calendars"]),
        has_case=facts["has_case"],
        sentence_ends=tuple(facts["sentence_ends"]),
        digits=tuple(facts["digits"]),
        clitics=tuple(facts["clitics"]),
        tables=MappingProxyType(tables),
    )


def _read_facts(file: Traversable, where: str) -> dict[str, Any]:
    try:
        facts = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageDataError(f"{where}: {error}") from error
    for key in facts.keys() - _FIELDS.keys():
        raise LanguageDataError(f"{where}: unknown field {key!r}; allowed are {', '.join(_FIELDS)}")
    for key, kind in _FIELDS.items():
        _check_field(facts, key, kind, where)
    _check_choice(facts["direction"], ("ltr", "rtl"), "direction", where)
    for name in facts["calendars"]:
        _check_choice(name, tuple(Calendar), "calendars", where)
    for digits in facts["digits"]:
        if len(digits) != 10 or not digits.isdigit():
            raise LanguageDataError(f"{where}: digits holds {digits!r}; each must be ten digits, zero first")
    return facts


def _check_field(facts: Mapping[str, object], key: str, kind: type, where: str) -> None:
    value = facts.get(key)
    right = isinstance(value, kind)
    if isinstance(value, list):
        right = right and all(isinstance(part, str) and part for part in value)
    if not right or value == "":
        wanted = "a list of strings" if kind is list else {str: "a string", bool: "true or false"}[kind]
        raise LanguageDataError(f"{where}: {key} is {value!r}; it must be {wanted}")


def _check_choice(value: str, allowed: tuple[str, ...], key: str, where: str) -> None:
    if value not in allowed:
        raise LanguageDataError(f"{where}: {key} is {value!r}; allowed are {', '.join(allowed)}")


def _read_table(file: Traversable, where: str) -> tuple[Row, ...]:
    table = file.name[:-4]
    if table not in TABLES:
        raise LanguageDataError(f"{where}: there is no table {table!r}; allowed are {', '.join(TABLES)}")
    lines = _lines(file, where)
    if tuple(lines[0].split("\t")) != HEADER:
        wanted = ", ".join(HEADER)
        raise LanguageDataError(f"{where}:1: the header is {lines[0]!r}; it must be {wanted}, tab between")
    rows = tuple(_read_row(line, table, f"{where}:{n}") for n, line in enumerate(lines[1:], 2))
    _check_unique(rows, where)
    return rows


def _lines(file: Traversable, where: str) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LanguageDataError(f"{where}: {error}; the file must be UTF-8") from error
    # Not splitlines: it also cuts at characters that a form may hold.
    return text.removesuffix("\n").split("\n")


def _read_row(line: str, table: str, where: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        raise LanguageDataError(
            f"{where}: {len(cells)} cells in {line!r}; it must have {len(HEADER)}, tab between"
        )
    for name, cell in zip(HEADER, cells, strict=True):
        if not cell or cell != cell.strip(" "):
            raise LanguageDataError(
                f"{where}: {name} is {cell!r}; it must not be empty nor start or end in a space"
            )
    row = Row(*cells)
    if not TABLES[table].accepts(row.meaning):
        raise LanguageDataError(f"{where}: meaning is {row.meaning!r}; allowed is {TABLES[table].allowed}")
    return row


def _check_unique(rows: tuple[Row, ...], where: str) -> None:
    lines: dict[tuple[str, str], int] = {}
    for n, row in enumerate(rows, 2):
        first = lines.setdefault((row.form, row.meaning), n)
        if first != n:
            raise LanguageDataError(
                f"{where}:{n}: {row.form!r} means {row.meaning!r} in line {first} already"
            )
