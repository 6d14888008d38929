"""The file of the user's own names: TSV, or TOML with a [[names]] table for each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from khabar.annotate.names.own import Key, OwnName
from khabar.errors import SettingError
from khabar.model.mentions import NameKind

KINDS = ", ".join(kind.value for kind in NameKind)
_ADVICE = "Write name, kind and aliases, parted by tabs (or a .toml file with [[names]] tables)."


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    name: object
    kind: object
    aliases: object


def read_own_names(path: Path) -> tuple[OwnName, ...]:
    """The names in the file, in its order. Errors: SettingError names the file, the line and the value."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"names is {str(path)!r}, which cannot be read ({error}). {_ADVICE}") from error
    rows = _of_toml(path, text) if path.suffix.lower() == ".toml" else _of_tsv(text)
    found: list[OwnName] = []
    lines: dict[Key, int] = {}
    for row in rows:
        one = _checked(path, row)
        for key in one.keys:
            if lines.setdefault(key, row.line) != row.line:
                raise _error(path, row, f"{one.name!r} is written like a name of line {lines[key]}")
        found.append(one)
    return tuple(found)


def _of_tsv(text: str) -> Iterator[_Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            name, kind, *aliases = (cell.strip() for cell in (*line.split("\t"), ""))
            yield _Row(number, name, kind, [alias for alias in aliases if alias])


def _of_toml(path: Path, text: str) -> Iterator[_Row]:
    try:
        tables = tomllib.loads(text).get("names", [])
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path} cannot be read as TOML ({error}). {_ADVICE}") from error
    lines = [
        number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[names]]")
    ]
    if not isinstance(tables, list) or len(tables) != len(lines):
        raise SettingError(f"{path} has no list of [[names]] tables. {_ADVICE}")
    for line, table in zip(lines, tables, strict=True):
        yield _Row(line, table.get("name"), table.get("kind"), table.get("aliases", []))


def _checked(path: Path, row: _Row) -> OwnName:
    if not isinstance(row.name, str) or not row.name.strip():
        raise _error(path, row, f"the name is {row.name!r}; it must be words")
    if row.kind not in list(NameKind):
        raise _error(path, row, f"the kind of {row.name!r} is {row.kind!r}; it must be one of {KINDS}")
    if not isinstance(row.aliases, list) or not all(isinstance(alias, str) for alias in row.aliases):
        raise _error(
            path, row, f"the aliases of {row.name!r} are {row.aliases!r}; they must be a list of words"
        )
    own = OwnName(row.name, NameKind(str(row.kind)), tuple(row.aliases))
    wordless = [form for form in (own.name, *own.aliases) if not OwnName(form, own.kind).keys]
    if wordless:
        raise _error(path, row, f"{wordless[0]!r} has no letters; it must be words")
    return own


def _error(path: Path, row: _Row, what: str) -> SettingError:
    return SettingError(f"{path}, line {row.line}: {what}. {_ADVICE}")
