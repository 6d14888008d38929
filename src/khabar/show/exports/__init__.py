"""What a comparison can be written as, for other programs and for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from khabar.errors import SettingError
from khabar.model.story import Comparison
from khabar.show.exports.entities import to_ftm
from khabar.show.exports.linked import to_jsonld
from khabar.show.exports.spreadsheets import to_csv, to_parquet, to_xlsx
from khabar.show.exports.tables import TABLES, make_table, make_tables
from khabar.show.exports.word import to_docx
from khabar.show.files import json_text
from khabar.show.html import to_html
from khabar.show.json import to_json

__all__ = ["FORMS", "MEDIA_TYPES", "ONE_TABLE", "TABLES", "check_form", "export"]

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "ftm": "application/x-ndjson",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FORMS = tuple(MEDIA_TYPES)
ONE_TABLE = ("csv", "parquet")  # forms that hold one table, which must be named


def export(comparison: Comparison, form: str, table: str = "statements") -> bytes:
    """The comparison in one of `FORMS`; `table`, one of `TABLES`, says which for `ONE_TABLE`.

    Errors: SettingError names the value and what is allowed.
    """
    check_form(form, table)
    return _WRITERS[form](comparison, table)


def check_form(form: str, table: str) -> None:
    """Nothing where there is such a form and such a table. Errors: SettingError names what is allowed."""
    if form not in _WRITERS:
        raise SettingError(f"{form!r} is no form to export to; it must be one of {', '.join(FORMS)}.")
    if table not in TABLES:
        raise SettingError(f"{table!r} is no table; it must be one of {', '.join(TABLES)}.")


def _text(written: str) -> bytes:
    return written.encode("utf-8", "backslashreplace")


def _lines(comparison: Comparison) -> bytes:
    return _text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in to_ftm(comparison)))


_WRITERS: Mapping[str, Callable[[Comparison, str], bytes]] = {
    "csv": lambda comparison, table: to_csv(make_table(comparison, table)),
    "xlsx": lambda comparison, _: to_xlsx(make_tables(comparison)),
    "parquet": lambda comparison, table: to_parquet(make_table(comparison, table)),
    "json": lambda comparison, _: _text(json_text(to_json(comparison))),
    "jsonld": lambda comparison, _: _text(json_text(to_jsonld(comparison))),
    "ftm": lambda comparison, _: _lines(comparison),
    "html": lambda comparison, _: _text(to_html(comparison)),
    "docx": lambda comparison, _: to_docx(comparison),
}
