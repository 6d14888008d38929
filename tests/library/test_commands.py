"""The commands of the library, as a person and as a program calls them."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from khabar.cli import khabar
from khabar.errors import NotFound
from khabar.library import restore

COMMANDS = (
    *("init", "add", "stories", "story", "articles", "article", "person"),
    *("merge", "split", "confirm", "reject", "note", "undo", "decisions"),
    *("totals", "backup", "restore", "check", "reindex"),
)


@pytest.fixture
def where(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    place = tmp_path / "khabar.db"
    restore(template, place)
    monkeypatch.setenv("KHABAR_LIBRARY", str(place))
    monkeypatch.setenv("COLUMNS", "100")
    return str(place)


def call(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    khabar.main(list(words), standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = call(capsys, name, "--help")
    assert "Usage: " in told
    command = khabar.get_command(click.Context(khabar), name)
    assert command is not None
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_lists_for_people_and_for_programs(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    stories = json.loads(call(capsys, "stories", "--json"))["stories"]
    assert len(stories) == 3
    shown = call(capsys, "stories")
    assert all(story["id"] in shown for story in stories)
    articles = json.loads(call(capsys, "articles", "--story", stories[0]["id"], "--json"))["articles"]
    kept = json.loads(call(capsys, "article", articles[0]["id"], "--json"))
    assert kept["article"]["id"] == articles[0]["id"]
    assert call(capsys, "article", articles[0]["id"], "--text") == kept["article"]["text"]


def test_a_person_is_shown_with_every_spelling(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = call(capsys, "person", "کریم داودی")
    assert "Karim Daoudi" in shown
    assert "كريم داودي" in shown
    with pytest.raises(NotFound):
        call(capsys, "person", "Zebulon Quarrington")


def test_a_decision_is_told_and_undone(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (one["id"] for one in json.loads(call(capsys, "stories", "--json"))["stories"][:2])
    told = json.loads(call(capsys, "note", first, "ask again", "--by", "Amal", "--json"))
    assert (told["kind"], told["story"], told["by"]) == ("note", first, "Amal")
    assert "ask again" in call(capsys, "decisions")
    assert "undone" in call(capsys, "undo")
    with pytest.raises(NotFound, match="nothing to undo"):
        call(capsys, "undo")
    assert second in call(capsys, "stories")


def test_backup_restore_and_check(where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Written" in call(capsys, "backup", str(tmp_path / "copy.db"))
    other = str(tmp_path / "other.db")
    assert "Restored" in call(capsys, "restore", str(tmp_path / "copy.db"), "--library", other)
    assert "0 faults" in call(capsys, "check", "--library", other)
    assert json.loads(call(capsys, "totals", "--json"))["articles"] == 6
