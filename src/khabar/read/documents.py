"""Word documents (.docx): their paragraphs and tables as text, their properties as claims."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Outcome
from khabar.model.page import Page, PageKind
from khabar.read.faults import Unreadable, reason_of
from khabar.read.found import Found, Reading
from khabar.read.limits import read_all, too_large
from khabar.read.pages import page_of_text

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_FILES = 5_000
_BREAKS = {f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}tab": "\t", f"{_WORD}noBreakHyphen": "\u2011"}


def read_docx(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """The document as one page: each paragraph a line, those in the cells of tables too."""
    data = read_all(found.stream, reading.item_bytes)
    _check_size(data, reading)
    try:
        from docx import Document  # noqa: PLC0415  (only those who have such files pay for it)

        document = Document(io.BytesIO(data))
        text = "\n".join(_paragraphs(document.element.body))
        found.claims += tuple(_claims(document.core_properties))
    except ImportError:
        raise Unreadable("install python-docx to read Word documents") from None
    except Unreadable:
        raise
    except Exception as error:  # the library fails in many ways on broken documents
        raise Unreadable(f"this Word document is broken: {reason_of(error)}") from error
    yield page_of_text(found, text, PageKind.TEXT, "docx")


def _check_size(data: bytes, reading: Reading) -> None:
    """Errors: Unreadable where the parts of the document are more than a report can be."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    if len(parts) > _MOST_FILES:
        raise Unreadable(f"it holds {len(parts):,} parts, the limit is {_MOST_FILES:,}")
    words = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if words > reading.item_bytes:
        raise Unreadable(too_large(words, reading.item_bytes))
    reading.budget.check_ratio(sum(part.file_size for part in parts), len(data))


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of each paragraph in order; what was deleted in tracked changes stays deleted."""
    for element in body.iter(f"{_WORD}p"):
        words = "".join(_words(element))
        if words.strip():
            yield words


def _words(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(f"{_WORD}t", *_BREAKS):
        if next(element.iterancestors(f"{_WORD}p")) is not paragraph:
            continue  # of a text box inside, which is a paragraph of its own
        yield _BREAKS.get(element.tag) or element.text or ""


def _claims(properties: Any) -> Iterator[Claim]:
    said = (
        (ClaimField.TITLE, properties.title, "Word property title"),
        (ClaimField.BYLINE, properties.author, "Word property author"),
        (ClaimField.CAPTURED, properties.created, "Word property created"),
        (ClaimField.MODIFIED, properties.modified, "Word property modified"),
        (ClaimField.LANGUAGE, properties.language, "Word property language"),
        (ClaimField.DESCRIPTION, properties.subject, "Word property subject"),
    )
    for field, value, origin in said:
        words = value.isoformat() if hasattr(value, "isoformat") else str(value or "").strip()
        if words and words != "python-docx":
            yield Claim(field, words, origin)
