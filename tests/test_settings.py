"""Settings: one list, one order, and messages that say what to do."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from khabar.errors import SettingError
from khabar.settings import ROWS, Settings, cache_folder, find_settings, load_settings


def test_every_row_is_a_field_with_the_same_default() -> None:
    assert [field.name for field in fields(Settings)] == [row.name for row in ROWS]
    assert [getattr(Settings(), row.name) for row in ROWS] == [row.default for row in ROWS]


def test_every_row_says_what_it_does() -> None:
    assert all(row.help.endswith(".") for row in ROWS)


def test_flag_before_variable_before_file_before_default(tmp_path: Path) -> None:
    file, variable, flag = {"threads": 5}, {"KHABAR_THREADS": "6"}, {"threads": 7}
    assert load_settings({}, {}, tmp_path) == Settings()
    (tmp_path / "khabar.toml").write_text(f"threads = {file['threads']}")
    assert load_settings({}, {}, tmp_path).threads == 5
    assert load_settings({}, variable, tmp_path).threads == 6
    assert load_settings(flag, variable, tmp_path).threads == 7
    origins = [found.origin for found in find_settings(flag, {"KHABAR_BIDI": "visual"}, tmp_path).values()]
    assert "--threads" in origins
    assert "KHABAR_BIDI" in origins
    assert "default" in origins


def test_a_flag_that_was_not_given_does_not_count(tmp_path: Path) -> None:
    assert load_settings({"threads": None}, {"KHABAR_THREADS": "6"}, tmp_path).threads == 6


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"KHABAR_THREADS": "many"},
            "KHABAR_THREADS is 'many'; it must be a whole number from 1 to 256.",
        ),
        ({"KHABAR_THREADS": "0"}, "KHABAR_THREADS is '0'; it must be a whole number from 1 to 256."),
        ({"KHABAR_SAME_AT": "1.5"}, "KHABAR_SAME_AT is '1.5'; it must be a number from 0 to 1."),
        ({"KHABAR_SAME_AT": "nan"}, "KHABAR_SAME_AT is 'nan'; it must be a number from 0 to 1."),
        ({"KHABAR_BIDI": "left"}, "KHABAR_BIDI is 'left'; it must be one of auto, logical, visual."),
    ],
)
def test_errors_name_value_and_limit(tmp_path: Path, variables: dict[str, str], message: str) -> None:
    with pytest.raises(SettingError) as error:
        load_settings({}, variables, tmp_path)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("thread = 3", "which is no setting. Did you mean 'threads'?"),
        ("xyz = 3", "`khabar settings` lists them all."),
        ("threads = ", "cannot be read as TOML"),
        ("threads = 1.5", "it must be a whole number"),
        ("threads = true", "it must be a whole number"),
        ("bidi = 3", "it must be words in quotation marks"),
    ],
)
def test_errors_in_the_file_name_the_file(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "khabar.toml").write_text(written)
    with pytest.raises(SettingError) as error:
        load_settings({}, {}, tmp_path)
    assert message in str(error.value)
    assert "khabar.toml" in str(error.value)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "khabar.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match=r"khabar\.toml cannot be read as TOML"):
        load_settings({}, {}, tmp_path)


def test_folders_know_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings({}, {"KHABAR_CACHE": "~/kept"}, tmp_path).cache == tmp_path / "kept"


def test_made_by_names_what_shapes_a_result_and_no_folder_of_this_machine() -> None:
    assert dict(Settings(same_at=0.25).pairs()) == {
        "precision": "int8",
        "same_at": "0.25",
        "match_names": "on",
    }


def test_the_cache_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABAR_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    assert cache_folder(tmp_path / "other") == tmp_path / "other"
    monkeypatch.delenv("KHABAR_CACHE")
    assert cache_folder().name == "khabar"
