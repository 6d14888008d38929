"""Microdata of a page: properties that its elements carry, taken down while the page is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_MOST = 200  # properties; a page of a shop or a forum has thousands
_LONGEST = 500  # characters of one value; the text of the report is a property too
_VALUE = {"a": "href", "link": "href", "time": "datetime", "meta": "content", "img": "src"}
_BY_WORDS = frozenset(
    ("articlesection", "name", "author", "publisher")
)  # of a link: its words, not its target


@dataclass(slots=True)
class _Open:
    """A property whose element is still open."""

    depth: int
    name: str
    scope: bool
    words: list[str]
    length: int = 0


@dataclass(slots=True)
class Microdata:
    """Properties with their values in order; one inside another's scope is named "author.name"."""

    found: list[tuple[str, str]] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)

    def named(self, name: str, depth: int) -> None:
        """An element opens whose class says what its words are, "element byline"."""
        if len(self.found) + len(self.opened) < _MOST:
            self.opened.append(_Open(depth, name, False, []))

    def start(self, tag: str, attrs: Mapping[str, str], depth: int, void: bool) -> None:
        """An element opens at a depth."""
        name = attrs.get("itemprop", "").split(" ")[0].lower()[:50]
        if not name or len(self.found) + len(self.opened) >= _MOST:
            return
        scopes = [each.name for each in self.opened if each.scope]
        path = ".".join([*scopes[-1:], name])
        value = attrs.get("content") or (attrs.get(_VALUE.get(tag, ""), "") if name not in _BY_WORDS else "")
        if value:
            self.found.append((path, value[:_LONGEST]))
        elif not void:
            self.opened.append(_Open(depth, name if not scopes else path, "itemscope" in attrs, []))

    def data(self, text: str) -> None:
        """Words between elements."""
        for each in self.opened:
            if each.length <= _LONGEST:
                each.words.append(text)
                each.length += len(text)

    def end(self, depth: int) -> None:
        """The element at a depth closes."""
        while self.opened and self.opened[-1].depth >= depth:
            each = self.opened.pop()
            text = " ".join("".join(each.words).split())
            if 0 < len(text) <= _LONGEST:
                self.found.append((each.name, text))
