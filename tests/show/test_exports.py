"""Exports are read back with the programs' own libraries."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pyarrow import parquet

from khabar.errors import SettingError
from khabar.model.story import Comparison
from khabar.show.exports import FORMS, TABLES, export


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_csv_opens_as_utf8_in_spreadsheets_and_points_at_the_words(comparison: Comparison) -> None:
    data = export(comparison, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    texts = {article.id: article.text for article in comparison.articles}
    told = [row for row in read_csv(data) if row["words"]]
    assert told
    for row in told:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["words"]
    states = {(row["story"], row["statement"], row["report"]) for row in read_csv(data)}
    assert len(states) == sum(len(one.statements) * len(one.articles) for one in comparison.stories)


def test_no_cell_is_a_formula(comparison: Comparison) -> None:
    hostile = '=HYPERLINK("http://example.org")'
    named = replace(comparison.articles[0], outlet=hostile)
    changed = replace(comparison, articles=(named, *comparison.articles[1:]))
    cells = [row["outlet"] for row in read_csv(export(changed, "csv", "reports"))]
    assert "'" + hostile in cells
    assert hostile not in cells
    sheet = openpyxl.load_workbook(io.BytesIO(export(changed, "xlsx")))["reports"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == hostile]
    assert [cell.data_type for cell in found] == ["s"]


def test_workbook_has_every_table_and_right_to_left_sheets(comparison: Comparison) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(comparison, "xlsx")))
    assert book.sheetnames == list(TABLES)
    sheet = book["statements"]
    assert sheet.max_row - 1 == len(read_csv(export(comparison, "csv")))
    assert sheet.sheet_view.rightToLeft
    right = [cell for row in sheet.iter_rows(min_row=2) for cell in row if "ا" in str(cell.value)]
    assert {cell.alignment.readingOrder for cell in right} == {2}


def test_parquet_keeps_words_and_types(comparison: Comparison) -> None:
    for name in TABLES:
        table = parquet.read_table(io.BytesIO(export(comparison, "parquet", name)))
        assert table.num_rows == len(read_csv(export(comparison, "csv", name)))
    statements = parquet.read_table(io.BytesIO(export(comparison, "parquet"))).to_pylist()
    texts = {article.id: article.text for article in comparison.articles}
    told = [row for row in statements if row["words"] is not None]
    assert all(texts[row["article"]][row["start"] : row["end"]] == row["words"] for row in told)


def test_entities_are_valid_follow_the_money(comparison: Comparison) -> None:
    reason = "followthemoney is not installed: nothing was held against it"
    model = pytest.importorskip("followthemoney", reason=reason).model
    lines = [json.loads(line) for line in export(comparison, "ftm").decode().splitlines()]
    proxies = [model.get_proxy(line, cleaned=False) for line in lines]
    ids = {proxy.id for proxy in proxies}
    for proxy, line in zip(proxies, lines, strict=True):
        proxy.schema.validate(proxy.to_dict())
        kept = {name: set(proxy.get(name)) for name in line["properties"]}
        # their library drops the half space when it reads a value; what we wrote has it
        written = {
            name: {one.replace("\u200c", "") for one in values} for name, values in line["properties"].items()
        }
        assert written == kept
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids
    schemata = {proxy.schema.name for proxy in proxies}
    assert {"Article", "Event", "Documentation", "Person", "Mention"} <= schemata


def without_half_spaces(properties: dict[str, list[str]]) -> dict[str, set[str]]:
    return {name: {one.replace("\u200c", "") for one in values} for name, values in properties.items()}


def test_linked_data_refers_to_what_is_there_only(comparison: Comparison) -> None:
    graph = json.loads(export(comparison, "jsonld"))["@graph"]
    ids = {node["@id"] for node in graph}
    assert sum(node["@type"] == "NewsArticle" for node in graph) == len(comparison.articles)
    assert set(links(graph)) <= ids


def links(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["@id"]] if value.keys() == {"@id"} else []
        return own + [one for part in value.values() for one in links(part)]
    return [one for part in value for one in links(part)] if isinstance(value, list) else []


def test_word_document_turns_right_to_left_runs_only(comparison: Comparison) -> None:
    document = docx.Document(io.BytesIO(export(comparison, "docx")))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    right = [run for run in runs if any("\u0600" <= letter <= "\u06ff" for letter in run.text)]
    assert right
    assert all(run.font.rtl for run in right)
    assert not any(run.font.rtl for run in runs if run.text.isascii())
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for story in comparison.stories:
        for statement in story.statements:
            assert statement.text[:100] in text
    marks = [one._p.pPr.find(qn("w:bidi")) for one in document.paragraphs if one._p.pPr is not None]
    assert any(mark is not None for mark in marks)


@pytest.mark.parametrize(("form", "table"), [("pdf", "statements"), ("csv", "moods")])
def test_unknown_forms_and_tables_are_named_with_what_is_allowed(
    form: str, table: str, comparison: Comparison
) -> None:
    with pytest.raises(SettingError, match="must be one of"):
        export(comparison, form, table)


def test_control_characters_do_not_break_office_files(comparison: Comparison) -> None:
    broken = replace(comparison.articles[0], outlet="a\x00b\x0b\ud800c")
    changed = replace(comparison, articles=(broken, *comparison.articles[1:]))
    for form in FORMS:
        assert export(changed, form)
