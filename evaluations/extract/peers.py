"""Other extractors behind one signature, for the same pages. Each is imported only where it is asked."""

from __future__ import annotations

import re

from evaluations.extract.pages import Found

_TAG = re.compile(r"<[^>]*>")


def read_with_trafilatura(html: str) -> Found:
    """Body, title and day by trafilatura."""
    import trafilatura  # noqa: PLC0415

    found = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True)
    if found is None:
        return Found("")
    return Found(found.text or "", found.title, found.date)


def read_with_readability(html: str) -> Found:
    """Body and title by readability-lxml; it looks for no date."""
    from lxml.etree import ParserError  # noqa: PLC0415
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    try:
        page = Document(html)
        return Found(fromstring(page.summary(html_partial=True)).text_content(), page.short_title())
    except (ParserError, ValueError):
        return Found("")


def read_with_resiliparse(html: str) -> Found:
    """Body by resiliparse's main content; title as in the head; it looks for no date."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    body = extract_plain_text(html, main_content=True, links=False, alt_texts=False, form_fields=False)
    return Found(body, HTMLTree.parse(html).title)
