"""The user's names and the switch for matching reach the result, and are told in it."""

from pathlib import Path

import pytest

from khabar.errors import SettingError
from khabar.pipeline import compare_paths
from khabar.settings import load_settings


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("وصل سامر حداد إلى بيروت\n\nقال سامر حداد إن الميناء مفتوح.\n", "utf-8")
    (folder / "b.txt").write_text(
        "Samer Haddad arrived in Beirut\n\nSamer Haddad said that the port was open.\n", "utf-8"
    )
    return folder


def test_the_file_of_names_decides(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("Judge Haddad\tperson\tسامر حداد\tSamer Haddad\n", "utf-8")
    made = compare_paths([reports], load_settings({"names": tmp_path / "own.tsv"}, {}, tmp_path))
    assert [e.name for e in made.entities if "سامر حداد" in e.forms] == ["Judge Haddad"]
    assert "names" in dict(made.made_by.settings)
    assert str(tmp_path) not in str(made.made_by)


def test_matching_over_scripts_can_be_switched_off(reports: Path, tmp_path: Path) -> None:
    for choice, forms in (("on", 2), ("off", 1)):
        made = compare_paths([reports], load_settings({"match_names": choice}, {}, tmp_path))
        assert [len(e.forms) for e in made.entities if "سامر حداد" in e.forms] == [forms]
        assert dict(made.made_by.settings)["match_names"] == choice


def test_a_list_that_cannot_be_read_stops_before_any_work(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("Haddad\tman\n", "utf-8")
    with pytest.raises(SettingError, match=r"own\.tsv, line 1: the kind of 'Haddad' is 'man'"):
        compare_paths([reports], load_settings({"names": tmp_path / "own.tsv"}, {}, tmp_path))
