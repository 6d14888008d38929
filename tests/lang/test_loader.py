"""Packs load, fall back, and say exactly what is wrong with a file that does not follow the schema."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from khabar.errors import LanguageDataError
from khabar.lang.loader import load_languages, read_languages

HEADER = "form\tmeaning\texample\tsource\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a base pack and an English pack that has no tables."""
    for code in ("base", "en"):
        (tmp_path / code).mkdir()
        shutil.copy(str(files("khabar.lang") / code / "lang.toml"), tmp_path / code / "lang.toml")
    return tmp_path


def write_table(root: Path, name: str, text: str) -> None:
    (root / "en" / name).write_text(text, encoding="utf-8")


def test_an_unknown_language_gets_the_base_pack_under_its_own_code() -> None:
    pack = load_languages().pack("xx")
    assert (pack.code, pack.known, pack.has("months")) == ("xx", False, False)
    assert "." in pack.sentence_ends
    assert ("«", "»") in pack.quote_pairs


def test_a_regional_code_gets_the_pack_of_its_language() -> None:
    assert load_languages().pack("ar-SY") is load_languages().pack("ar")


def test_the_base_pack_is_no_language() -> None:
    assert "base" not in {pack.code for pack in load_languages().all()}
    assert not load_languages().pack("base").known


def test_a_missing_table_is_an_absent_ability(root: Path) -> None:
    pack = read_languages(root).pack("en")
    assert not pack.has("months")
    assert pack.rows("months", "weekdays") == ()


def test_a_table_is_read_row_by_row(root: Path) -> None:
    write_table(root, "weekdays.tsv", HEADER + "Monday\t1\tOn Monday.\tCLDR\nTuesday\t2\tOn Tuesday.\tCLDR\n")
    pack = read_languages(root).pack("en")
    assert [(row.form, row.meaning) for row in pack.rows("weekdays")] == [("Monday", "1"), ("Tuesday", "2")]


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        (
            "weekdays.tsv",
            HEADER + "Monday\t8\tOn Monday.\tx\n",
            ["en/weekdays.tsv:2", "'8'", "1 (Monday) to 7"],
        ),
        (
            "months.tsv",
            HEADER + "June\tgregorian:13\tJune.\tx\n",
            ["months.tsv:2", "gregorian:13", "from 1 to 12"],
        ),
        ("months.tsv", HEADER + "June\tgregorian:6\tJune.\n", ["months.tsv:2", "3 cells", "must have 4"]),
        ("months.tsv", HEADER + "June\tgregorian:6\t\tx\n", ["months.tsv:2", "example is ''"]),
        ("months.tsv", HEADER + "June \tgregorian:6\tJune.\tx\n", ["months.tsv:2", "form is 'June '"]),
        ("months.tsv", "form\tmeaning\n", ["months.tsv:1", "form, meaning, example, source"]),
        ("months.tsv", HEADER + 2 * "June\tgregorian:6\tJune.\tx\n", ["months.tsv:3", "'June'", "line 2"]),
        ("montsh.tsv", HEADER, ["en/montsh.tsv", "'montsh'", "months"]),
    ],
)
def test_a_broken_table_is_named_with_line_value_and_what_is_allowed(
    root: Path, name: str, text: str, parts: list[str]
) -> None:
    write_table(root, name, text)
    with pytest.raises(LanguageDataError) as caught:
        read_languages(root)
    assert [part for part in parts if part not in str(caught.value)] == []


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ('direction = "ltr"', 'direction = "up"', ["en/lang.toml", "'up'", "ltr, rtl"]),
        ("has_case = true", 'has_case = "yes"', ["has_case", "'yes'", "true or false"]),
        ('name = "English"\n', "", ["name is None", "a string"]),
        ('["gregorian"]', '["julian"]', ["'julian'", "gregorian, jalali, hijri"]),
        ('["0123456789"]', '["01234"]', ["'01234'", "ten digits"]),
        ('script = "Latn"', 'skript = "Latn"', ["'skript'", "script"]),
        ("clitics = []", "clitics = [", ["en/lang.toml"]),
    ],
)
def test_a_broken_fact_is_named_with_what_is_allowed(
    root: Path, old: str, new: str, parts: list[str]
) -> None:
    file = root / "en" / "lang.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LanguageDataError) as caught:
        read_languages(root)
    assert [part for part in parts if part not in str(caught.value)] == []


def test_bytes_that_are_no_utf8_are_named(root: Path) -> None:
    (root / "en" / "months.tsv").write_bytes(HEADER.encode() + b"\xff\n")
    with pytest.raises(LanguageDataError, match=r"en/months\.tsv.*UTF-8"):
        read_languages(root)


def test_without_a_base_pack_nothing_loads(root: Path) -> None:
    shutil.rmtree(root / "base")
    with pytest.raises(LanguageDataError, match=r"base/lang\.toml"):
        read_languages(root)
