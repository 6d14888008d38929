from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document  # type: ignore[import-untyped]

from khabar.model.outcome import Dropped
from khabar.read.glyphs import Glyph, text_of_pages
from read.places import ARABIC, PERSIAN, pages, read, said, zipped

TITLE = "جاده‌ای تازه دو روستا را به هم می‌پیوندد"
PARAGRAPHS = (
    "وزیر راه روز سه‌شنبه ۱۴ مرداد ۱۴۰۳ گفت که پل‌های تازه تا پایان پاییز آماده می‌شوند و ۲۵٫۵ میلیون تومان "
    "(برابر با 600 دلار) هزینه دارد.",
    "وقّع وزير الموانئ سالم الدرويش، اليوم الأربعاء 8 آذار/مارس 2023، اتفاقيةً لإصلاح المنارات في نيلان "
    "(المرحلة الأولى)، بنسبة 45.6% حسب Harbour Gazette. لا إله إلا الله.",
    "او افزود: «کارِ چند ماهِ مانده را می‌توان زودتر به پایان رساند»؛ اما شرکت Northern Bridge "
    "هنوز پاسخی نداده است.",
)
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def test_a_word_document_is_its_paragraphs_in_order_with_its_properties(tmp_path: Path) -> None:
    document = Document()
    document.core_properties.title = "خبر"
    document.core_properties.author = "Salem Darwish"
    document.add_paragraph(ARABIC)
    document.add_table(1, 2).cell(0, 1).text = "12"
    document.add_paragraph(PERSIAN).add_run(" پایان")
    document.save(str(tmp_path / "a.docx"))
    [page] = pages(tmp_path / "a.docx")
    assert page.text == f"{ARABIC}\n12\n{PERSIAN} پایان"
    assert (said(page)["title"], said(page)["byline"]) == ("خبر", "Salem Darwish")


def test_broken_word_documents_are_dropped(tmp_path: Path) -> None:
    bomb = zipped({"[Content_Types].xml": b" " * 80_000_000, "word/document.xml": b"<x/>"})
    for name, data in {"a.docx": zipped({"x": b"y"}), "b.docx": b"PK\3\4broken", "c.docx": bomb}.items():
        (tmp_path / name).write_bytes(data)
        [gone] = read(tmp_path / name)
        assert isinstance(gone, Dropped)


def small_pdf(content: bytes) -> bytes:
    """A PDF of one page, written by hand."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Lighthouse)/Author(S. Darwish)/CreationDate(D:20230308101500+03'30')>>",
    ]
    made, places = io.BytesIO(b""), []
    made.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj%s endobj\n" % (number, one))
    start = made.tell()
    made.write(
        b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    )
    made.write(b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % start)
    return made.getvalue()


def test_a_pdf_is_text_with_its_properties(tmp_path: Path) -> None:
    content = b"BT /F 12 Tf 50 700 Td (Ministers signed an agreement on) Tj 0 -14 Td (Wednesday.) Tj ET"
    (tmp_path / "a.pdf").write_bytes(small_pdf(content))
    [page] = pages(tmp_path / "a.pdf")
    assert page.text == "Ministers signed an agreement on Wednesday."
    claims = said(page)
    assert (claims["title"], claims["byline"]) == ("Lighthouse", "S. Darwish")
    assert claims["captured"] == "2023-03-08T10:15:00+03:30"


def test_a_pdf_without_letters_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(small_pdf(b"0 0 10 10 re f"))
    [gone] = read(tmp_path / "a.pdf")
    assert "OCR" in gone.reason  # type: ignore[union-attr]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-" + os.urandom(500), small_pdf(b"BT")[:300]])
def test_a_broken_pdf_is_dropped(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    [gone] = read(tmp_path / "a.pdf")
    assert isinstance(gone, Dropped)


@pytest.mark.skipif(BROWSER is None and not os.environ.get("CI"), reason="needs chromium to make a PDF")
def test_arabic_and_persian_come_out_of_a_browsers_pdf_as_they_were_written(tmp_path: Path) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    (tmp_path / "a.html").write_text(
        f"<!doctype html><html lang=fa dir=rtl><meta charset=utf-8><title>{TITLE}</title>"
        f"<style>body{{font:16px 'Noto Naskh Arabic','Noto Sans Arabic'}}p{{text-align:justify}}</style>"
        f"<h1>{TITLE}</h1>{body}",
        encoding="utf-8",
    )
    assert BROWSER is not None
    subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'profile'}", "--print-to-pdf=a.pdf", "a.html"],
        cwd=tmp_path, capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    [page] = pages(tmp_path / "a.pdf")
    assert page.text.split("\n") == [TITLE, *PARAGRAPHS]
    assert said(page)["title"] == TITLE
    assert said(page)["language"] == "fa"


def drawn(shown: str, base: float = 700.0) -> list[Glyph]:
    """A line as it stands on the paper, from left to right; ~ is a blank of no width."""
    glyphs, x = [], 50.0
    for char in shown:
        width = 0.0 if char == "~" else 5.0
        glyphs.append(Glyph(" " if char == "~" else char, x, x + width, base, 10.0))
        x += width
    return glyphs


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        ("مالس", "سلام"),
        ("ﻡﻼﺳ", "سلام"),
        ("دوش~یم", "می‌شود"),
        (".تسا هدش زاب North Pass هب", "به North Pass باز شده است."),
        ("نلاین يف 2023 سرام 8", "8 مارس 2023 في نیالن"),
        ("(نابایخ) رهش", "شهر (خیابان)"),
        ("رلاود 1,250,000 هب", "به 1,250,000 دوالر"),
        ("Ministers signed (again).", "Ministers signed (again)."),
    ],
)
def test_a_line_is_read_in_the_order_in_which_it_was_written(shown: str, read_as: str) -> None:
    assert text_of_pages([drawn(shown)]) == read_as


def test_lines_that_fill_the_width_go_on_and_others_end_a_paragraph() -> None:
    lines = ["one two three four five", "six seven eight nine te", "eleven.", "A new paragraph begins."]
    glyphs = [glyph for number, line in enumerate(lines) for glyph in drawn(line, 700.0 - 14 * number)]
    assert (
        text_of_pages([glyphs])
        == "one two three four five six seven eight nine te eleven.\nA new paragraph begins."
    )
