"""The five seed reports come out as they were marked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khabar.extract import extract
from khabar.lang.loader import load_languages
from khabar.model.article import BoilerplateKind, Extract
from khabar.model.outcome import kept
from khabar.model.span import Span
from khabar.read import read_paths

MARKED = Path(__file__).parents[2] / "evaluations" / "extract" / "seeds.json"
REPORTS = json.loads(MARKED.read_text(encoding="utf-8"))["reports"]


def extract_seed(shared: Path, name: str) -> Extract:
    [page] = kept(read_paths([shared / "seeds" / name]))
    [found] = kept([extract(page, load_languages())])
    return found


def kinds(found: Extract) -> set[BoilerplateKind]:
    return {piece.kind for piece in found.boilerplate}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_title_and_body_are_where_they_were_marked(shared: Path, name: str) -> None:
    found = extract_seed(shared, name)
    assert found.title == Span(*REPORTS[name]["title"])
    assert found.body == tuple(Span(*span) for span in REPORTS[name]["body"])


def test_the_second_copy_of_the_body_is_a_repeat(shared: Path) -> None:
    found = extract_seed(shared, "000_c1e22e8cae20c8ab.txt")
    repeats = [piece.span for piece in found.boilerplate if piece.kind is BoilerplateKind.REPEAT]
    assert len(repeats) == 1
    assert len(repeats[0]) > 1000


def test_the_file_name_is_cut_exactly(shared: Path) -> None:
    found = extract_seed(shared, "002_2fc5d2ec209e6642.txt")
    [name] = [
        piece.span.of(found.text) for piece in found.boilerplate if piece.kind is BoilerplateKind.FILE_NAME
    ]
    assert name.startswith("photo_")
    assert name.isascii()


def test_outlets_are_read_where_the_page_says_them_and_nowhere_else(shared: Path) -> None:
    named = {name[:3]: extract_seed(shared, name).outlet for name in REPORTS}
    assert all(named[seed] for seed in ("000", "001", "002", "003"))
    assert named["004"] is None
