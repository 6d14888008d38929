"""The user's list of outlets: two ways to write it, and messages that name file, place and value."""

from pathlib import Path

import pytest

from khabar.annotate.outlets import Outlet
from khabar.errors import SettingError
from khabar.read.own_outlets import read_own_outlets


def test_rows_of_a_table_and_of_toml_say_the_same(tmp_path: Path) -> None:
    tsv, toml = tmp_path / "own.tsv", tmp_path / "own.toml"
    tsv.write_text(
        "# mine\nname\tkind\n"
        "Hill News\tagency\tXA\ten\thill.example\tThe Hill Trust\tHNA|أخبار التل\n\nCove\n",
        encoding="utf-8",
    )
    toml.write_text(
        '[[outlets]]\nname = "Hill News"\nkind = "agency"\ncountry = "XA"\nlanguage = "en"\n'
        'domain = "hill.example"\nowner = "The Hill Trust"\nforms = ["HNA", "أخبار التل"]\n'
        '[[outlets]]\nname = "Cove"\n',
        encoding="utf-8",
    )
    hill = Outlet(
        "own:hill news",
        "Hill News",
        "agency",
        "XA",
        "en",
        "hill.example",
        "The Hill Trust",
        ("Hill News", "HNA", "أخبار التل"),
    )
    assert (
        read_own_outlets(tsv) == read_own_outlets(toml) == (hill, Outlet("own:cove", "Cove", forms=("Cove",)))
    )


@pytest.mark.parametrize(
    ("name", "written", "message"),
    [
        ("own.tsv", "Cove\nHill\tpaper\n", "line 2: the kind is 'paper'; it must be one of agency"),
        ("own.tsv", "--\n", "line 1: the name is '--'; it must be words"),
        ("own.tsv", "Cove\nCOVE\n", "line 2: 'COVE' is written like the outlet of line 1"),
        ("own.toml", '[[outlets]]\nname = "Cove"\nsize = 3', "outlet 1: 'size' is no column"),
        ("own.toml", '[[outlets]]\nname = "Cove"\nforms = "C"', "outlet 1: the forms are 'C'"),
        ("own.toml", "[[outlets]]\nname = 3", "outlet 1: every cell but the forms must be words"),
        ("own.toml", "outlets = 3", "has no list of [[outlets]] tables"),
        ("own.toml", "outlets =", "cannot be read as TOML"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(
    name: str, written: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(written, encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        read_own_outlets(path)
    assert message in str(caught.value)
    assert name in str(caught.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        read_own_outlets(tmp_path / "none.tsv")
