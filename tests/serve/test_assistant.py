"""The library as an assistant meets it: over standard input and output, read-only, with citations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from tests.library.reports import BRIDGE_AR, BRIDGE_EN, COMET_EN

from khabar.library import Library

pytest.importorskip("mcp", reason="the package mcp is missing (khabar[mcp])")

from mcp import Client, StdioServerParameters

KHABAR = Path(sys.executable).with_name("khabar")


def ask(library: Library, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """What the tools answer, each called by a real client of a real process."""
    command = StdioServerParameters(command=str(KHABAR), args=["mcp", "--library", library.store.where])

    async def run() -> list[Any]:
        async with Client(command) as client:
            tools = (await client.list_tools()).tools
            assert {one.name for one in tools} == {"search", "story", "compare", "quotes"}
            assert all(one.annotations and one.annotations.read_only_hint for one in tools)
            return [await client.call_tool(name, given) for name, given in calls]

    found: list[Any] = anyio.run(run)
    return found


def citations(value: Any) -> list[dict[str, Any]]:
    """Every citation in an answer."""
    if isinstance(value, dict):
        own = [value] if {"article", "start", "end", "words"} <= value.keys() else []
        return own + [one for inner in value.values() for one in citations(inner)]
    return [one for inner in value for one in citations(inner)] if isinstance(value, list) else []


def test_every_answer_cites_words_that_stand_there(library: Library) -> None:
    before = library.totals()
    answers = ask(
        library,
        ("search", {"query": "Selmar bridge"}),
        ("story", {"id": "s1"}),
        ("quotes", {"speaker": "کریم داودی"}),
    )
    for answer in answers:
        assert not answer.is_error
        cited = citations(answer.structured_content)
        assert cited
        for one in cited:
            text = library.article(one["article"]).article.text
            assert text[one["start"] : one["end"]] == one["words"]
    assert answers[2].structured_content["speaker"]["id"] == library.people("Karim Daoudi")[0].entity.id
    assert library.totals().inputs == before.inputs


def test_reports_are_compared_and_not_kept(library: Library) -> None:
    (answer,) = ask(library, ("compare", {"reports": [BRIDGE_EN, BRIDGE_AR, COMET_EN]}))
    stories = answer.structured_content["stories"]
    assert sorted(len(one["reports"]) for one in stories) == [1, 2]
    assert library.totals().articles == 6


def test_what_cannot_be_answered_is_said(library: Library) -> None:
    missing, few, nobody = ask(
        library,
        ("story", {"id": "s99"}),
        ("compare", {"reports": ["one"]}),
        ("quotes", {"speaker": "Nobody Atall"}),
    )
    assert missing.is_error
    assert "there is no story" in missing.content[0].text
    assert few.is_error
    assert nobody.structured_content["quotes"] == []
    assert "Nobody in the library" in nobody.structured_content["notes"][0]
