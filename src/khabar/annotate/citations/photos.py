"""Credits of photographs that stand among the words of the body: "(Photo: AFP)", "Getty Images"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khabar.annotate.citations.credit import LONGEST_NAME_WORDS, Credit, Place, plain_name
from khabar.annotate.outlets import Outlets
from khabar.annotate.quotes.scene import words_of
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.span import Span

_LONGEST_LINE = 160  # code points; what is longer is a paragraph, not a credit
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{4,80})[)\]]")
_PARTS = re.compile(r"\s*[/|·]\s*")


def photo_credits(article: Article, outlets: Outlets) -> Iterator[Credit]:
    """The photo credits in brackets, or on a short line of their own, in the body."""
    for paragraph in article.body:
        if len(paragraph) <= _LONGEST_LINE:
            yield from _in(article, paragraph, outlets)
            continue
        for match in _BRACKETS.finditer(article.text, paragraph.start, paragraph.end):
            yield from _in(article, Span(match.start(1), match.end(1)), outlets)


def _in(article: Article, line: Span, outlets: Outlets) -> Iterator[Credit]:
    text = line.of(article.text)
    for language in article.languages:
        hit = next(
            (one for one in lexicon(language, "source_words").find(text) if _opens(text, one.span)), None
        )
        if hit is None or hit.row.meaning != "photo":
            continue
        rest = text[hit.span.end :]
        for part in _PARTS.split(rest):
            name = plain_name(part)
            if name and len(words_of(name)) <= LONGEST_NAME_WORDS and outlets.knows(name):
                at = line.start + hit.span.end + rest.index(part)
                span = Span(line.start + hit.span.start, at + len(part.rstrip()))
                yield Credit(span, name, None, f"behind “{hit.span.of(text)}”", Place.PHOTO)
        return


def _opens(text: str, span: Span) -> bool:
    return not text[: span.start].strip(" ([-–—")
