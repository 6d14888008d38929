"""A page that carries its own original is compared with it as two reports are."""

from __future__ import annotations

import pytest

from khabar import compare
from khabar.model.story import Comparison, DifferenceKind

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Harbour strike ends</title>
<meta property="og:site_name" content="Bay Ledger">
<meta property="article:published_time" content="2026-03-04T12:00:00Z">
</head><body><article>
<h1>Harbour strike ends in Selwan</h1>
<p>The dockers of Selwan will return to work on Monday after a strike of 12 days, the union said.</p>
<p>Major General Sami Haddad, who heads the port authority, said that at least 40 ships
were waiting in the bay.</p>
<p>He did not say when all of them would be unloaded.</p>
<p>Most workshops near the quay reopened on Tuesday.</p>
<hr>
<p dir="rtl" lang="ar">يعود عمال ميناء سلوان إلى العمل يوم الأربعاء بعد إضراب استمر 21 يوما، بحسب النقابة.</p>
<p dir="rtl" lang="ar">وقال العميد سامي حداد رئيس هيئة الميناء إن 40 سفينة تنتظر في الخليج.</p>
<p dir="rtl" lang="ar">ولم يذكر متى سيتم تفريغها جميعا.</p>
<p dir="rtl" lang="ar">وأعيد فتح بعض الورش قرب الرصيف يوم الثلاثاء.</p>
</article></body></html>"""
OTHER = """Coast Courier
5 March 2026

Selwan dockers go back to work

Dockers in Selwan go back to work on Monday, their union said, after 12 days of strike.

Some forty ships are waiting in the bay, according to the port authority.
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "other.txt").write_text(OTHER, "utf-8")
    return compare([str(folder)])


@pytest.mark.parametrize(
    ("kind", "original", "translation"),
    [
        (DifferenceKind.NUMBER, "21", "12"),
        (DifferenceKind.DATE, "الأربعاء", "Monday"),
        (DifferenceKind.TITLE, "العميد", "Major General"),
        (DifferenceKind.STRENGTH, "40", "at least 40"),
        (DifferenceKind.STRENGTH, "بعض", "Most"),
    ],
)
def test_a_translation_is_held_against_the_original_on_its_page(
    compared: Comparison, kind: DifferenceKind, original: str, translation: str
) -> None:
    inside = [
        {one.a.text, one.b.text}
        for one in compared.stories[0].differences
        if one.kind is kind and one.b is not None and one.a.article == one.b.article
    ]
    assert {original, translation} in inside


def test_one_weekday_is_no_difference(compared: Comparison) -> None:
    pairs = [(one.a.text, one.b.text) for one in compared.stories[0].differences if one.b is not None]
    assert ("Monday", "Monday") not in pairs
