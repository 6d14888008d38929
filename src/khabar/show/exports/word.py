"""A comparison as a Word document, with right-to-left words set as such."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.span import Excerpt
from khabar.model.story import Comparison, Difference, Story, Weight
from khabar.show.headlines import counted, told_in
from khabar.show.marks import one_line
from khabar.show.table import MARKS, Catalogue, State, catalogue, rows
from khabar.show.wording import day, say

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MOST_WORDS = 600


def to_docx(comparison: Comparison) -> bytes:
    """The stories with their reports, statements, sayings and differences, each with its evidence."""
    import docx  # noqa: PLC0415

    document, known = docx.Document(), catalogue(comparison)
    for story in comparison.stories:
        _story(document, story, known)
    _dropped(document, comparison)
    _line(document, say("made_by", version=comparison.made_by.version, encoder=comparison.made_by.encoder))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _story(document: Document, story: Story, known: Catalogue) -> None:
    _write(document.add_heading(level=1), story.title or say("untitled"))
    who = ", ".join(known.names.get(one, one) for one in story.who) or say("unknown")
    where = known.names.get(story.where, story.where) if story.where else say("unknown")
    for key, value in (("who", who), ("where", where), ("when", day(story.when))):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{say(key)}: ").bold = True
        _write(paragraph, value)
    if len(story.articles) > 1:
        _head(document, story)
    _reports(document, story, known)
    _statements(document, story, known)
    _differences(document, story, known)


def _head(document: Document, story: Story) -> None:
    document.add_heading(say("head"), level=2)
    for line in story.head:
        language, excerpt = told_in(line, say("language"))
        paragraph = document.add_paragraph(style="List Bullet")
        _write(paragraph, excerpt.text, language)
        paragraph.add_run(f" ({counted(line, story)})").font.size = _small()


def _reports(document: Document, story: Story, known: Catalogue) -> None:
    document.add_heading(say("reports"), level=2)
    for name in story.articles:
        article = known.articles[name]
        paragraph = document.add_paragraph()
        _write(paragraph, f"{known.numbers[name]}  {article.outlet or say('outlet.unknown')}")
        _write(paragraph, f" · {'/'.join(article.languages)} · {_date(article)}")


def _date(article: Article) -> str:
    published = article.published
    printed = f" ({one_line(published.text)})" if published.text else ""
    return f"{day(published.value)}{printed} · {say(f'date.{published.status}')}"


def _statements(document: Document, story: Story, known: Catalogue) -> None:
    document.add_heading(say("statements"), level=2)
    for number, row in enumerate(rows(story, known), 1):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{number}. ").bold = True
        _write(paragraph, row.statement.text, bold=True)
        for cell in row.cells:
            if cell.state is State.ABSENT and len(story.articles) == 1:
                continue
            article = known.articles[cell.article]
            line = document.add_paragraph(style="List Bullet")
            name = (
                f"{MARKS[cell.state]} {known.numbers[cell.article]} {article.outlet or say('outlet.unknown')}"
            )
            _write(line, f"{name} · {say(cell.state)}")
            for one in cell.attestations:
                _write(document.add_paragraph(style="Quote"), one.excerpt.text, one.language)


def _differences(document: Document, story: Story, known: Catalogue) -> None:
    if not story.differences:
        return
    document.add_heading(say("differences"), level=2)
    for found in sorted(story.differences, key=lambda one: one.weight is Weight.WORDING):
        _difference(document, found, known)


def _difference(document: Document, found: Difference, known: Catalogue) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{say(f'kind.{found.kind}')}, {say(f'weight.{found.weight}')}: ").bold = True
    _write(paragraph, found.reason)
    for side in (found.a, found.b):
        if side is not None:
            _side(document, side, known)


def _side(document: Document, side: Excerpt, known: Catalogue) -> None:
    article = known.articles[side.article]
    paragraph = document.add_paragraph(style="Quote")
    paragraph.add_run(f"{known.numbers[side.article]}  ")
    _write(paragraph, side.text, article.languages[0] if article.languages else None)


def _dropped(document: Document, comparison: Comparison) -> None:
    if comparison.dropped:
        document.add_heading(say("dropped"), level=2)
        for one in comparison.dropped:
            _line(document, f"{one.path}: {one.reason}")


def _line(document: Document, text: str) -> None:
    _write(document.add_paragraph(), text)


def _write(paragraph: Paragraph, text: str, language: str | None = None, *, bold: bool = False) -> None:
    """Adds the words as one run; right-to-left words turn the run and, at the beginning, the paragraph."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    shown = _NOT_IN_XML.sub("\ufffd", text)
    shown = shown if len(shown) <= _MOST_WORDS else shown[:_MOST_WORDS] + "…"
    right = _RIGHT_TO_LEFT.search(shown) is not None
    first = not paragraph.runs
    run = paragraph.add_run(shown)
    run.bold = bold or None
    if right:
        run.font.rtl = True
        if language is not None and load_languages().pack(language).direction == "rtl":
            mark = OxmlElement("w:lang")
            mark.set(qn("w:bidi"), language)
            run._r.get_or_add_rPr().append(mark)
    if right and first:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _small() -> int:
    from docx.shared import Pt  # noqa: PLC0415

    return Pt(9)
