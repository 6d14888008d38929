"""The user's list of names: two ways to write it, and messages that name file, line and value."""

from pathlib import Path

import pytest

from khabar.annotate.names.own import OwnName
from khabar.errors import SettingError
from khabar.model.mentions import NameKind
from khabar.read.own_names import read_own_names


def test_rows_of_a_table_and_of_toml_say_the_same(tmp_path: Path) -> None:
    tsv, toml = tmp_path / "own.tsv", tmp_path / "own.toml"
    tsv.write_text("# mine\nSamer Haddad\tperson\tسامر حداد\tحداد\n\nTyre\tplace\n", encoding="utf-8")
    toml.write_text(
        '[[names]]\nname = "Samer Haddad"\nkind = "person"\naliases = ["سامر حداد", "حداد"]\n'
        '[[names]]\nname = "Tyre"\nkind = "place"\n',
        encoding="utf-8",
    )
    wanted = (
        OwnName("Samer Haddad", NameKind.PERSON, ("سامر حداد", "حداد")),
        OwnName("Tyre", NameKind.PLACE),
    )
    assert read_own_names(tsv) == read_own_names(toml) == wanted


@pytest.mark.parametrize(
    ("name", "written", "message"),
    [
        (
            "own.tsv",
            "Tyre\tplace\nHaddad\tman\n",
            "line 2: the kind of 'Haddad' is 'man'; it must be one of person",
        ),
        ("own.tsv", "Tyre\n", "line 1: the kind of 'Tyre' is ''"),
        ("own.tsv", "\tperson\n", "line 1: the name is ''"),
        ("own.tsv", "Tyre\tplace\n--\tplace\n", "line 2: '--' has no letters"),
        ("own.tsv", "Tyre\tplace\nSur\tplace\tTYRE\n", "line 2: 'Sur' is written like a name of line 1"),
        ("own.toml", '\n[[names]]\nname = 3\nkind = "place"', "line 2: the name is 3"),
        ("own.toml", '[[names]]\nname = "T"\nkind = ["x"]', "line 1: the kind of 'T' is ['x']"),
        (
            "own.toml",
            '[[names]]\nname = "T"\nkind = "place"\naliases = "U"',
            "line 1: the aliases of 'T' are 'U'",
        ),
        ("own.toml", "names = 3", "has no list of [[names]] tables"),
        ("own.toml", "names = ", "cannot be read as TOML"),
    ],
)
def test_errors_name_file_line_and_value(tmp_path: Path, name: str, written: str, message: str) -> None:
    (tmp_path / name).write_text(written, encoding="utf-8")
    with pytest.raises(SettingError) as error:
        read_own_names(tmp_path / name)
    assert str(tmp_path / name) in str(error.value)
    assert message in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"absent\.tsv.*cannot be read"):
        read_own_names(tmp_path / "absent.tsv")
