"""A page whose lines were stored backwards is read like any other, and leads back to its own text."""

from __future__ import annotations

import pytest

from khabar.extract.pages import extract, extract_reports
from khabar.lang.loader import load_languages
from khabar.lang.visual import places_of
from khabar.model.article import Extract
from khabar.model.outcome import Kept
from khabar.model.page import Page, PageKind
from khabar.pipeline import annotate_extract

TITLE = "بندر المرفأ يستقبل أول سفينة بعد الإصلاح"
DAY = "الأربعاء ١٢ مارس ٢٠٢٥"
BODY = (
    "قال مدير المرفأ سليم الحداد إن السفينة التي وصلت من Rotterdam يوم الثلاثاء كانت تحمل 350 حاوية (قمح).",
    "وأضاف أن العمل في الرصيف الجنوبي لن يتوقف بعد اليوم، وأن السفن التي تصل إلى المدينة سوف تدخل من بعد غد.",
)
PLAIN = "\n".join((TITLE, DAY, *BODY))
KEPT = ("Rotterdam", "350", "١٢", "٢٠٢٥")


def as_it_looks(line: str) -> str:
    """A line in the order in which its signs stand on paper, from left to right."""
    for word in KEPT:
        line = line.replace(word, word[::-1])
    return line[::-1].translate(str.maketrans("()«»", ")(»«"))


STORED = "\n".join(map(as_it_looks, PLAIN.split("\n")))
HTML = "<html><body><article><h1>{}</h1><p>{}</p><p>{}</p><p>{}</p></article></body></html>"


def taken(text: str, kind: PageKind = PageKind.TEXT) -> Extract:
    found = extract(Page("a", kind, text, "utf-8", "detected"), load_languages())
    assert isinstance(found, Kept)
    return found.item


def pages() -> list[tuple[str, PageKind, str]]:
    lines = STORED.split("\n")
    return [(STORED, PageKind.TEXT, PLAIN), (HTML.format(*lines), PageKind.HTML, PLAIN)]


@pytest.mark.parametrize(("text", "kind", "plain"), pages(), ids=["text", "html"])
def test_it_is_read_in_order(text: str, kind: PageKind, plain: str) -> None:
    found = taken(text, kind)
    assert found.text == plain
    assert found.title is not None
    assert found.title.of(found.text) == TITLE
    assert [span.of(found.text) for span in found.body] == list(BODY)
    assert any("stored backwards" in note for note in found.facts.notes)


def test_every_piece_leads_to_the_unaltered_text() -> None:
    found = taken(STORED)
    stored = found.facts.stored
    assert stored is not None
    assert stored.text == STORED
    for span, line in zip(found.body, STORED.split("\n")[2:], strict=True):
        assert [place.of(STORED) for place in places_of(stored, span)] == [line]


def test_its_day_and_sentences_are_those_of_the_plain_page() -> None:
    articles = []
    for text in (STORED, PLAIN):
        found = annotate_extract(taken(text), "a")
        assert isinstance(found, Kept)
        articles.append(found.item)
    backwards, plain = articles
    assert backwards.published.value == "2025-03-12"
    assert (backwards.published, backwards.dates) == (plain.published, plain.dates)
    assert backwards.sentences == plain.sentences


def test_an_ordinary_page_has_no_stored_text() -> None:
    found = taken(PLAIN)
    assert found.facts.stored is None
    assert found.facts.notes == ()


def test_entries_of_a_live_page_lead_to_the_text_of_the_page() -> None:
    entry = "{}\n" + "\n".join(BODY)
    plain = "\n".join(["تغطية مباشرة للمرفأ", DAY, *(entry.format(f"{hour}:30") for hour in (12, 11, 10, 9))])
    stored = "\n".join(line if line.endswith(":30") else as_it_looks(line) for line in plain.split("\n"))
    outcomes = [
        extract_reports(Page("a", PageKind.TEXT, text, "utf-8", "detected"), load_languages())
        for text in (plain, stored)
    ]
    ordinary, turned = ([one.item for one in found if isinstance(one, Kept)] for found in outcomes)
    assert len(turned) > 1
    assert [one.text for one in turned] == [one.text for one in ordinary]
    for one in turned:
        assert one.facts.stored is not None
        span = one.body[-1]
        places = places_of(one.facts.stored, span.moved(one.facts.offset))
        assert [place.of(stored) for place in places] == [as_it_looks(span.of(one.text))]
