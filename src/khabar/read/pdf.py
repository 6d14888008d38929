"""PDF documents: their text in reading order, their properties as claims.

They are read in a process of their own with limits of time and memory, for a PDF can ask for both without
end.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from khabar.model.claims import Claim, ClaimField
from khabar.model.outcome import Outcome
from khabar.model.page import Page, PageKind
from khabar.read.faults import Unreadable
from khabar.read.found import Found, Reading
from khabar.read.limits import read_all
from khabar.read.pages import page_of_text

TIME_S = 60
_CHILD = Path(__file__).with_name("pdf_child.py")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([Zz+-])?(\d\d)?'?(\d\d)?")
_NO_TITLE = re.compile(r"(?:untitled|about:blank|microsoft word - .*|.*\.(?:docx?|html?|indd|tex|pdf))", re.I)


def read_pdf(found: Found, reading: Reading) -> Iterator[Outcome[Page]]:
    """The document as one page: a paragraph a line."""
    told = _read_apart(read_all(found.stream, reading.item_bytes))
    if told.get("fault"):
        raise Unreadable(f"this PDF cannot be read: {told['fault']}")
    found.claims += tuple(_claims(told.get("info", {})))
    text = str(told.get("text", ""))
    if not text.strip():
        yield found.drop(
            "no text: this PDF holds pictures of pages only; it needs recognition of letters (OCR)"
        )
        return
    yield page_of_text(found, text, PageKind.TEXT, "pdf")


def _read_apart(data: bytes) -> Mapping[str, object]:
    """What the other process made of the bytes. Errors: Unreadable."""
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIME_S, check=False)
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"this PDF took longer than {TIME_S} seconds to read") from None
    except ValueError:
        raise Unreadable("this PDF is broken, or needs more memory than one report may take") from None
    return told if isinstance(told, dict) else {}


def _claims(info: object) -> Iterator[Claim]:
    said = info if isinstance(info, dict) else {}
    for name, field in (
        ("Title", ClaimField.TITLE),
        ("Author", ClaimField.BYLINE),
        ("CreationDate", ClaimField.CAPTURED),
        ("ModDate", ClaimField.MODIFIED),
        ("Subject", ClaimField.DESCRIPTION),
        ("Lang", ClaimField.LANGUAGE),
    ):
        words = " ".join(str(said.get(name, "")).replace("\0", "").split())
        if words and not (field is ClaimField.TITLE and _NO_TITLE.fullmatch(words)):
            yield Claim(field, _moment(words) if "Date" in name else words, f"PDF property {name}")


def _moment(words: str) -> str:
    """A date as PDF writes it, D:20230308101500+03'30', in ISO 8601; other words as they are."""
    match = _DATE.match(words)
    if match is None:
        return words
    year, month, day, hour, minute, second, sign, zone_h, zone_m = match.groups()
    date = "-".join(part for part in (year, month, day) if part)
    if hour is None:
        return date
    zone = "Z" if sign in ("Z", "z") else f"{sign}{zone_h}:{zone_m or '00'}" if sign and zone_h else ""
    return f"{date}T{hour}:{minute or '00'}:{second or '00'}{zone}"
