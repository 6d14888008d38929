"""Tables as files that spreadsheet programs and data tools open: CSV, XLSX, Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from khabar.show.exports.tables import Table, Value

# What a spreadsheet program takes for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What XML cannot hold, so no workbook can.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LONGEST_CELL = 32_767  # characters, the limit of the format
_WIDEST, _NARROWEST = 60, 8


def to_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheet programs misread Arabic; no cell is a formula.

    A text that begins like a formula gets an apostrophe before it.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_guarded(value) for value in row] for row in table.rows)
    return written.getvalue().encode("utf-8-sig", "backslashreplace")


def _guarded(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table. Every text is a text; sheets of right-to-left words run so."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(sheet: object, table: Table) -> None:
    from openpyxl.cell.cell import TYPE_STRING  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415

    assert isinstance(sheet, Worksheet)
    sheet.sheet_view.rightToLeft = _runs_right_to_left(table)
    sheet.freeze_panes = "A2"
    for at, row in enumerate((table.columns, *table.rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column, _kept(value))
            if isinstance(value, str):
                cell.data_type = TYPE_STRING  # a text that begins with = stays a text
                right = _RIGHT_TO_LEFT.search(value) is not None
                cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=2 if right else 1)
            if at == 1:
                cell.font = Font(bold=True)
    for column, name in enumerate(table.columns, 1):
        longest = max((len(str(row[column - 1] or "")) for row in table.rows), default=0)
        width = min(_WIDEST, max(_NARROWEST, len(name), longest))
        sheet.column_dimensions[get_column_letter(column)].width = width + 2


def _kept(value: Value) -> Value:
    return _NOT_IN_XML.sub("\ufffd", value)[:_LONGEST_CELL] if isinstance(value, str) else value


def _runs_right_to_left(table: Table) -> bool:
    """Whether most of its texts hold right-to-left letters."""
    values = [value for row in table.rows for value in row if isinstance(value, str)]
    texts = [value for value in values if len(value) > _NARROWEST]
    return 2 * sum(_RIGHT_TO_LEFT.search(text) is not None for text in texts) > len(texts)


def to_parquet(table: Table) -> bytes:
    """One table with its types."""
    import pyarrow  # noqa: PLC0415  (large, and only this needs it)
    from pyarrow import parquet  # noqa: PLC0415

    columns = {
        name: pyarrow.array([_encodable(row[at]) for row in table.rows], _type(table, at, pyarrow))
        for at, name in enumerate(table.columns)
    }
    written = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), written, compression="zstd")
    return written.getvalue()


def _encodable(value: Value) -> Value:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _type(table: Table, at: int, pyarrow: object) -> object:
    values = [row[at] for row in table.rows if row[at] is not None]
    whole = bool(values) and all(isinstance(value, int) for value in values)
    return getattr(pyarrow, "int64" if whole else "string")()
