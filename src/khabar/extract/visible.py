"""The visible text of an HTML page, with what the markup says about each line of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from khabar.extract.hints import BLOCKS, HEADINGS, UNSEEN, VOID, hint_of, is_hidden, is_tab
from khabar.extract.microdata import Microdata
from khabar.model.article import BoilerplateKind
from khabar.model.span import Span

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NAMED = (BoilerplateKind.BYLINE, BoilerplateKind.SECTION)
_KEEPS_SPACE = frozenset(("pre", "textarea"))


@dataclass(slots=True, eq=False)
class Part:
    """An element that matters: a block, a link or one with a hint. `weight` is the running text below it."""

    parent: Part | None
    hint: BoilerplateKind | None
    tag: str = ""
    tab: bool = False  # in one of several panes that the reader switches between
    region: BoilerplateKind | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One line of the visible text: where it is, the part that holds it, how much of it is links."""

    span: Span
    part: Part
    linked: float
    heading: bool
    top_heading: bool


@dataclass(slots=True)
class Metadata:
    """What the page says about itself outside its visible text, as it is written there."""

    title: str = ""
    metas: list[tuple[str, str]] = field(default_factory=list)
    times: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)  # microdata
    links: list[tuple[str, str]] = field(default_factory=list)  # relation and target
    language: str = ""
    media: set[str] = field(default_factory=set)  # "video", "audio"
    places: list[int] = field(default_factory=list)  # where in the text each of `times` stands


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is seen: the whole visible text in document order, one line for each block."""

    text: str
    pieces: tuple[Piece, ...]
    parts: tuple[Part, ...]
    metadata: Metadata
    depth: int  # of the deepest element


def see(html: str) -> View:
    """The visible text of a page. Entities are decoded, white space runs together as browsers show it.

    Left out are the head, scripts, styles, comments and what is marked as hidden (unless nothing else is
    left). Joiners, bidi controls and no-break spaces stay. The parser hands over events and no tree, so that
    deep or endless markup costs no more than its length.
    """
    view = _read(html, hidden_too=False)
    return view if view.pieces else _read(html, hidden_too=True)


def _read(html: str, hidden_too: bool) -> View:
    parser = etree.HTMLParser(target=_Reader(hidden_too), encoding="utf-8", recover=True, huge_tree=True)
    # Bytes with a charset set from outside: what the page declares must not be applied to decoded text.
    parser.feed(html.encode("utf-8", "replace"))
    view: View = parser.close()
    return view


class _Reader:
    """Takes the parser's events and writes down lines."""

    def __init__(self, hidden_too: bool) -> None:
        self.hidden_too = hidden_too
        root = Part(None, None)
        self.stack: list[tuple[str, Part, bool]] = [("", root, False)]  # tag, part, whether it is unseen
        self.parts = [root]
        self.pieces: list[Piece] = []
        self.out: list[str] = []
        self.length = 0
        self.line: list[str] = []
        self.linked = 0
        self.links = self.headings = self.tops = self.keeps_space = 0
        self.metadata = Metadata()
        self.microdata = Microdata(self.metadata.items)
        self.catching: list[str] | None = None
        self.deepest = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element opens."""
        self._note(tag, attrs)
        self.microdata.start(tag, attrs, len(self.stack), tag in VOID)
        if tag == "br" or tag in BLOCKS:
            self._end_line()
        if tag in VOID:
            return
        _, part, unseen = self.stack[-1]
        unseen = unseen or self._is_unseen(tag, attrs)
        hint = None if unseen else hint_of(tag, attrs)
        if not unseen and (tag in BLOCKS or hint is not None):
            part = Part(part, hint, tag, part.tab or is_tab(attrs))
            self.parts.append(part)
        if hint in _NAMED or attrs.get("rel") == "author":
            self.microdata.named(f"element {hint or BoilerplateKind.BYLINE}", len(self.stack))
        self.stack.append((tag, part, unseen))
        self.deepest = max(self.deepest, len(self.stack))
        self.links += tag == "a"
        self.headings += tag in HEADINGS
        self.tops += tag == "h1"
        self.keeps_space += tag in _KEEPS_SPACE

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag in VOID or len(self.stack) == 1:
            return
        if tag in BLOCKS:
            self._end_line()
        if tag in ("title", "script"):
            self._caught(tag)
        self.stack.pop()
        self.microdata.end(len(self.stack))
        self.links -= tag == "a"
        self.headings -= tag in HEADINGS
        self.tops -= tag == "h1"
        self.keeps_space -= tag in _KEEPS_SPACE

    def data(self, data: str) -> None:
        """Words between elements."""
        if self.catching is not None:
            self.catching.append(data)
        if self.stack[-1][2]:
            return
        self.microdata.data(data)
        if self.keeps_space:
            for number, row in enumerate(data.splitlines()):
                if number:
                    self._end_line()
                self._add(row)
        else:
            self._add(_SPACE.sub(" ", data))

    def comment(self, text: str) -> None:
        """Not seen."""

    def close(self) -> View:
        """The page has ended."""
        self._end_line()
        return View("".join(self.out), tuple(self.pieces), tuple(self.parts), self.metadata, self.deepest)

    def _is_unseen(self, tag: str, attrs: dict[str, str]) -> bool:
        hideable = not self.hidden_too and tag not in ("html", "body")
        return tag in UNSEEN or (hideable and is_hidden(attrs))

    def _add(self, text: str) -> None:
        self.line.append(text)
        if self.links:
            self.linked += len(text.strip())

    def _end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.line)) if not self.keeps_space else "".join(self.line)
        linked, self.line, self.linked = self.linked, [], 0
        stripped = text.strip()
        if not stripped:
            return
        if self.out:
            self.out.append("\n")
            self.length += 1
        self.out.append(stripped)
        span = Span(self.length, self.length + len(stripped))
        self.length = span.end
        part = self.stack[-1][1]
        self.pieces.append(
            Piece(span, part, min(1.0, linked / len(stripped)), self.headings > 0, self.tops > 0)
        )

    def _note(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "meta":
            name = attrs.get("property") or attrs.get("name") or attrs.get("http-equiv") or ""
            self.metadata.metas.append((name.lower(), attrs.get("content", "")))
        elif tag == "time" and attrs.get("datetime"):
            self.metadata.times.append(
                (attrs["datetime"], attrs.get("class", "") + " " + attrs.get("itemprop", ""))
            )
            self.metadata.places.append(self.length + (self.length > 0))
        elif tag == "link" and attrs.get("rel") and attrs.get("href"):
            self.metadata.links.append((attrs["rel"].lower(), attrs["href"]))
        elif tag == "html" and attrs.get("lang"):
            self.metadata.language = attrs["lang"]
        elif tag in ("video", "audio", "amp-video", "amp-audio"):
            self.metadata.media.add(tag.removeprefix("amp-"))
        elif tag == "title" or (tag == "script" and "ld+json" in attrs.get("type", "")):
            self.catching = []

    def _caught(self, tag: str) -> None:
        if self.catching is None:
            return
        text, self.catching = "".join(self.catching), None
        if tag == "script":
            self.metadata.scripts.append(text)
        elif not self.metadata.title:
            self.metadata.title = _SPACE.sub(" ", text).strip()
