"""Title, body and boilerplate together hold every character that is not white space, once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.extract import extract, extract_reports
from khabar.extract.draft import Draft
from khabar.extract.dump import clean
from khabar.extract.lines import split_lines
from khabar.extract.pages import extract as extract_page
from khabar.lang.loader import load_languages
from khabar.model.article import Extract
from khabar.model.outcome import Dropped, Kept
from khabar.model.page import Page, PageKind

LANGUAGES = load_languages()
PIECES = (
    "Three boats sank in the harbour on Tuesday, the harbour master said.",
    "غرقت ثلاثة قوارب في الميناء يوم الثلاثاء، وقال مدير الميناء إن التحقيق بدأ.",
    "سه قایق روز سه‌شنبه در بندر غرق شد و رئیس بندر گفت بررسی آغاز شده است.",
    "Three boats sink in harbour",
    "Three boats sink in harbour – Site of the Coast – Coastland",
    "غرق ثلاثة قوارب في الميناء",
    "المصدر: وكالة الشاطئ",
    "اكتب تعليق",
    "التعليقات",
    "2026-03-10",
    "8731",
    "photo_2026-03-10_11-12-13وقال",
    "IMG_2031.jpg",
    "اقرأ أيضا",
    "© 2026 Coast",
    "Share | Tweet | Print",
    "• item",
    "By Jane Doe",
    "***",
    "\u200c",
    "\ufeff",
    "a",
)
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=25)
TEXTS = st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", "\r", " "])).map(
    lambda x: x[1].join(x[0])
)
TAGS = (
    "p",
    "div",
    "nav",
    "ul",
    "li",
    "h1",
    "b",
    "a",
    "script",
    "footer",
    "aside",
    "pre",
    "table",
    "td",
    "time",
)
HTML = st.lists(
    st.sampled_from(
        [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ['<p class="date">', "<br>", "&nbsp;"]
    )
    | st.sampled_from(PIECES)
    | st.text(max_size=20),
    max_size=40,
).map("".join)


def assert_covers(text: str, spans: list[tuple[int, int]]) -> None:
    last = 0
    for start, end in sorted(spans):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip(), "something between the pieces is lost"
        assert text[start:end].strip() == text[start:end]
        last = end
    assert not text[last:].strip(), "something at the end is lost"


def pieces_of(found: Extract) -> list[tuple[int, int]]:
    spans = [*found.body, *(piece.span for piece in found.boilerplate)]
    return [(span.start, span.end) for span in (*spans, *([found.title] if found.title else []))]


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_text_is_covered(text: str) -> None:
    outcome = extract(Page("a.txt", PageKind.TEXT, text, "utf-8", "detected"), LANGUAGES)
    if isinstance(outcome, Kept):
        assert outcome.item.text == text
        assert outcome.item.body
        assert_covers(text, pieces_of(outcome.item))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_is_dropped_is_covered_too(text: str) -> None:
    draft = Draft(text, split_lines(text))
    clean(draft, LANGUAGES)
    title = [(draft.title.start, draft.title.end)] if draft.title else []
    spans = [*draft.body(), *(piece.span for piece in draft.boilerplate())]
    assert_covers(text, [(span.start, span.end) for span in spans] + title)


STAMPS = (
    "14:32",
    "13:58 Gates closed",
    "12:15 –",
    "۱۲:۱۵",
    "10 March 2026 09:20",
    "14:32 GMT",
    "Gates closed",
)


@given(
    st.lists(st.sampled_from(PIECES[:3]) | st.sampled_from(STAMPS), min_size=6, max_size=30),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
@settings(max_examples=200, deadline=None)
def test_the_reports_of_a_page_share_out_its_text_and_each_is_covered(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    page = Page("a.txt", PageKind.TEXT, text, "utf-8", "detected")
    outcomes = extract_reports(page, LANGUAGES)
    found = [one.item for one in outcomes if isinstance(one, Kept)]
    for one in found:
        assert text[one.facts.offset :].startswith(one.text)
        assert_covers(one.text, pieces_of(one))
    if len(found) == len(outcomes) > 1:
        assert "".join(one.text for one in found) == text


@given(HTML)
@settings(max_examples=400, deadline=None)
def test_a_page_is_covered(html: str) -> None:
    outcome = extract_page(Page("a.html", PageKind.HTML, html, "utf-8", "detected"), LANGUAGES)
    if isinstance(outcome, Kept):
        assert_covers(outcome.item.text, pieces_of(outcome.item))
    else:
        assert outcome.reason.startswith("no running text")


@pytest.mark.parametrize("text", ["8731\n2026-03-10", "التعليقات\nاكتب تعليق"])
def test_a_page_without_running_text_is_dropped_with_what_it_holds(text: str) -> None:
    outcome = extract(Page("a.txt", PageKind.TEXT, text, "utf-8", "detected"), LANGUAGES)
    assert isinstance(outcome, Dropped)
    assert outcome.reason.startswith("no running text: only")
