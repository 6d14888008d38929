"""Control characters made visible, so that the words of a page cannot steer the reader's screen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

BIDI = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
OTHER = {"\ufeff": "BOM", "\x1b": "ESC", "\u2028": "LS", "\u2029": "PS", "\x7f": "DEL", "\x00": "NUL"}
NAMES = BIDI | OTHER
# line feed, carriage return and tab are lay-out, everything else below is a control or a broken character
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def name(control: str) -> str:
    """A short name for a control character: "RLO", "ESC", or its number."""
    return NAMES.get(control, f"{ord(control):02X}")


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in order: ("words", None) for what may be shown, (control, its name) for the rest."""
    at = 0
    for found in CONTROL.finditer(text):
        if at < found.start():
            yield text[at : found.start()], None
        yield found.group(), name(found.group())
        at = found.end()
    if at < len(text):
        yield text[at:], None


def visible(text: str) -> str:
    """The text with each control character as its name in brackets; ZWNJ and combining marks stay."""
    return CONTROL.sub(lambda found: f"⟨{name(found.group())}⟩", text)


def one_line(text: str) -> str:
    """Visible text with every run of white space as one space."""
    return " ".join(visible(text).split())


def direction(text: str) -> str:
    """Which way most letters of the text run: "rtl" or "ltr"."""
    kinds = [unicodedata.bidirectional(letter) for letter in text[:2000]]
    backward = sum(kind in {"R", "AL"} for kind in kinds)
    return "rtl" if backward > kinds.count("L") else "ltr"
