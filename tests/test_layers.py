"""Rooms import only what is below or beside them, never in a circle; pure ones reach for nothing outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import khabar

PACKAGE = Path(khabar.__file__).parent
LAYERS = (
    {"errors", "progress", "linkage", "cores"},
    {"model", "settings"},
    {"lang"},
    {"read", "extract", "annotate", "encode"},
    {"group", "align"},
    {"compare", "trace"},
    {"show"},
    {"pipeline"},
    {"library"},
    {"serve", "batch", "client"},
    {"cli", "__init__"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
PURE = ("model", "extract", "annotate", "group", "align", "compare", "trace")
OUTSIDE = {"os", "io", "time", "socket", "urllib", "sqlite3", "subprocess", "tempfile", "shutil", "random"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_beneath() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        named = {name.split(".")[1] for name in imports(path) if name.startswith("khabar.")}
        found.setdefault(room_of(path), set()).update(named - {room_of(path)})
    return found


def test_every_room_has_its_layer() -> None:
    assert rooms_beneath().keys() <= LEVEL.keys()


def test_no_room_imports_from_one_above_it() -> None:
    upward = [(room, other) for room, others in rooms_beneath().items() for other in others]
    assert [pair for pair in upward if LEVEL[pair[1]] > LEVEL[pair[0]]] == []


def test_no_rooms_import_each_other() -> None:
    beneath = rooms_beneath()
    assert set(TopologicalSorter(beneath).static_order()) == beneath.keys()


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_reaches_for_nothing_outside(room: str) -> None:
    named = {(path.name, name) for path in (PACKAGE / room).rglob("*.py") for name in imports(path)}
    assert {one for one in named if one[1].split(".")[0] in OUTSIDE} == set()
