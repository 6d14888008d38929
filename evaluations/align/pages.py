"""The text that a reader of a saved page sees, read without khabar's own extractor."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html

from khabar.model.span import Span

HIDDEN = ("head", "script", "style", "noscript", "template")
INLINE = frozenset({"a", "b", "bdi", "em", "font", "i", "small", "span", "strong", "sub", "sup"})


def page_text(path: Path) -> str:
    """The visible text of a saved page, clutter included; for .txt all but a byte-order mark."""
    if path.suffix == ".txt":
        return path.read_bytes().decode("utf-8-sig")
    root = html.document_fromstring(path.read_bytes(), parser=_parser(path))
    for element in root.xpath("|".join(f"//{tag}" for tag in HIDDEN)):
        element.drop_tree()
    return "".join(_pieces(root))


def places(text: str, words: str) -> tuple[Span, ...]:
    """Every place where the words stand in the text, whatever white space parts them there."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return tuple(Span(*match.span()) for match in re.finditer(pattern, text)) if pattern else ()


def _parser(path: Path) -> html.HTMLParser:
    """A parser told the charset that the page declares, for lxml guesses where the declaration comes late."""
    declared = re.search(rb"charset=[\"']?([\w-]+)", path.read_bytes()[:1024])
    return html.HTMLParser(encoding=declared.group(1).decode("ascii") if declared else "utf-8")


def _pieces(element: html.HtmlElement) -> list[str]:
    """The text below an element in document order; a block stands on lines of its own."""
    if not isinstance(element.tag, str):  # a comment
        return [element.tail or ""]
    edge = "" if element.tag in INLINE else "\n"
    inner = [piece for child in element for piece in _pieces(child)]
    return [edge, element.text or "", *inner, edge, element.tail or ""]
