from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.read.decode import declared_charset, decode

ARABIC = "أعلن وزير الزراعة، سالم الحمداني، أن الحكومة ستدعم مزارعي القمح.\r\nوقال إن التوزيع يبدأ غداً."
PERSIAN = "وزير راه روز سه‌شنبه گفت که پل تازه تا پايان پاييز آماده مي‌شود.\nاو افزود: «کار چند ماه مانده است.»"
ENGLISH = "The ferry “Northern Light” is back – the café owners’ association is glad. It cost £2m."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (ARABIC, "utf-8"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (PERSIAN, "utf-8"),
        (PERSIAN, "cp1256"),
        (PERSIAN, "utf-16-le"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32-le"),
        ("Hallo", "utf-8"),
    ],
)
def test_a_charset_without_declaration_is_found(text: str, charset: str) -> None:
    found = decode(text.encode(charset))
    assert found.text == text
    assert found.broken == 0


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_takes_no_place(mark: bytes, charset: str) -> None:
    found = decode(mark + ARABIC.encode(charset))
    assert (found.text, found.charset, found.charset_from) == (ARABIC, charset, "bom")


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1256">',
        "<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>",
        '<?xml version="1.0" encoding="windows-1256"?>',
    ],
)
def test_a_page_declares_its_charset(head: str) -> None:
    page = f"<html>{head}<p>سعر</p>"
    found = decode(page.encode("cp1256"), html=True)
    assert (found.text, found.charset_from) == (page, "declared")


def test_a_declaration_that_valid_utf8_contradicts_is_not_believed() -> None:
    page = '<meta charset="windows-1256"><p>' + ARABIC
    assert decode(page.encode(), html=True).text == page


def test_an_unknown_declaration_is_passed_over() -> None:
    assert declared_charset(b'<meta charset="klingon"><meta charset="cp1256">') == "cp1256"
    assert declared_charset(b"<p>charset=cp1256") is None


def test_each_broken_byte_shows_and_is_counted() -> None:
    data = ARABIC.encode()
    found = decode(data[:21] + b"\xff\xfe\xe0\x80" + data[21:])
    assert found.charset == "utf-8"
    assert found.broken == 4 + (found.text.count("\ufffd") - 4)
    assert found.text.endswith(ARABIC[20:])


def test_a_replacement_character_that_was_in_the_file_is_not_counted() -> None:
    assert decode("a\ufffdb é".encode() + b"\xff").broken == 1


@given(st.text())
def test_utf8_comes_back_as_it_was_written(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


@given(st.binary())
def test_any_bytes_end_in_text(data: bytes) -> None:
    assert decode(data).broken >= 0
    assert decode(data, html=True).broken >= 0
