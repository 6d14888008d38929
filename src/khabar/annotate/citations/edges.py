"""The credits around the running text: datelines, tags behind paragraphs, source lines and photo credits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khabar.annotate.citations.credit import (
    BODIES,
    LONGEST_NAME_WORDS,
    MARKED,
    Credit,
    Place,
    behind_space,
    name_end,
    plain_name,
)
from khabar.annotate.outlets import Outlets
from khabar.annotate.quotes.scene import words_of
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

# As in "TEHRAN (Reuters) -", "Tehran-IRNA-", "Coast, May 3 (AFP) —".
_DATELINE = re.compile(r"^[^\n.!؟?]{0,60}?[(\[/–—-]\s*([^()\[\]/\n–—-]{2,40}?)\s*(?:[)\]/]|[–—-])")
_TAG = re.compile(r"[(\[/–—-]\s*([^()\[\]/\n–—-]{2,40}?)\s*[)\]/.]?\s*$")
_TAG_REACH = 60
_PART = re.compile(r"[^,،&+]+")


def credits_at_edges(article: Article, outlets: Outlets) -> Iterator[Credit]:
    """Datelines at the start and tags at the end of a paragraph, where they name a known outlet or a name."""
    places = {name.span: name for name in article.names if name.kind is not NameKind.PERSON}
    for number, span in enumerate(article.body):
        head = article.text[span.start : min(span.end, span.start + 2 * _TAG_REACH)]
        dateline = _DATELINE.match(head) if number < 3 else None
        if dateline and _is_outlet(dateline.group(1), outlets, places, span.start + dateline.start(1)):
            yield _edge_credit(span.start, dateline, "in the dateline", places, Place.DATELINE)
        tail_start = max(span.start, span.end - _TAG_REACH)
        tag = _TAG.search(article.text[tail_start : span.end])
        if tag and outlets.knows(plain_name(tag.group(1))):
            yield _edge_credit(tail_start, tag, "a tag at the end", places, Place.TAG)
        elif tag and (several := list(_listed(article, tail_start, tag, outlets))):
            yield from several
        elif tag:
            yield from _agencies(article, Span(tail_start + tag.start(1), tail_start + tag.end(1)))


def _listed(article: Article, base: int, tag: re.Match[str], outlets: Outlets) -> Iterator[Credit]:
    """The outlets of a tag that names several: "(AFP, Reuters)"."""
    for part in _PART.finditer(tag.string, tag.start(1), tag.end(1)):
        if outlets.knows(plain_name(part.group())):
            span = Span(base + part.start(), base + part.end()).trimmed(article.text)
            yield Credit(span, plain_name(part.group()), None, "a tag at the end", Place.TAG)


def _agencies(article: Article, span: Span) -> Iterator[Credit]:
    """A tag that names several outlets, or none: "(AFP, Reuters)", "- with agencies"."""
    for language in article.languages:
        hits = lexicon(language, "source_words").find(span.of(article.text))
        if any(hit.row.meaning == "generic" for hit in hits):
            yield Credit(span, "", None, "a tag at the end, no outlet named", Place.TAG)
            return


def _edge_credit(
    base: int, match: re.Match[str], reason: str, names: dict[Span, NameMention], place: Place
) -> Credit:
    span = Span(base + match.start(1), base + match.end(1))
    name = names.get(span)
    return Credit(span, plain_name(match.group(1)), name.entity if name else None, reason, place)


def _is_outlet(words: str, outlets: Outlets, names: dict[Span, NameMention], at: int) -> bool:
    if outlets.knows(plain_name(words)):
        return True
    name = names.get(Span(at, at + len(words)))
    return name is not None and name.kind in BODIES


def credits_in_piece(article: Article, span: Span, outlets: Outlets) -> Iterator[Credit]:
    """A source line or a photo credit among what is not the body."""
    text = span.of(article.text)
    for language in article.languages or ("",):
        for hit in lexicon(language, "source_words").find(text):
            if hit.row.meaning not in ("credit", "photo"):
                continue
            end = name_end(text, hit.span.end, len(text))
            marked = MARKED.match(text, behind_space(text, hit.span.end))
            start = marked.start(1) if marked else behind_space(text, hit.span.end)
            end = marked.end(1) if marked else end
            name = plain_name(text[start:end])
            sure = (
                marked
                or outlets.knows(name)
                or ":" in text[hit.span.start : start]
                or "-" in text[hit.span.end : start]
            )
            if not sure or not name or len(words_of(name)) > LONGEST_NAME_WORDS:
                continue
            generic = _is_generic(name, language)
            place = Span(span.start + hit.span.start, span.start + end)
            kind = Place.PHOTO if hit.row.meaning == "photo" else Place.SOURCE_LINE
            yield Credit(place, "" if generic else name, None, f"behind “{hit.span.of(text)}”", kind)


def _is_generic(name: str, language: str) -> bool:
    hits = lexicon(language, "source_words").find(name)
    return any(hit.row.meaning == "generic" and len(hit.span) == len(name) for hit in hits)
