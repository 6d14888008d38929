"""The credits around the running text: datelines, tags behind paragraphs, source lines and photo credits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from khabar.annotate.citations.credit import (
    LONGEST_NAME_WORDS,
    MARKED,
    Credit,
    behind_space,
    name_end,
    plain_name,
)
from khabar.annotate.outlets import outlet_id
from khabar.annotate.quotes.scene import words_of
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

# As in "TEHRAN (Reuters) -", "Tehran-IRNA-", "Coast, May 3 (AFP) —".
_DATELINE = re.compile(r"^[^\n.!؟?]{0,60}?[(\[/–—-]\s*([^()\[\]/\n–—-]{2,40}?)\s*(?:[)\]/]|[–—-])")
_TAG = re.compile(r"[(\[/–—-]\s*([^()\[\]/\n–—-]{2,40}?)\s*[)\]/.]?\s*$")
_TAG_REACH = 60


def credits_at_edges(article: Article) -> Iterator[Credit]:
    """Datelines at the start and tags at the end of a paragraph, where they name a known outlet or a name."""
    places = {name.span: name for name in article.names if name.kind is not NameKind.PERSON}
    for number, span in enumerate(article.body):
        head = article.text[span.start : min(span.end, span.start + 2 * _TAG_REACH)]
        dateline = _DATELINE.match(head) if number < 3 else None
        if dateline and _is_outlet(dateline.group(1), places, span.start + dateline.start(1)):
            yield _edge_credit(span.start, dateline, "in the dateline", places)
        tail_start = max(span.start, span.end - _TAG_REACH)
        tag = _TAG.search(article.text[tail_start : span.end])
        if tag and outlet_id(plain_name(tag.group(1))):
            yield _edge_credit(tail_start, tag, "a tag at the end", places)


def _edge_credit(base: int, match: re.Match[str], reason: str, names: dict[Span, NameMention]) -> Credit:
    span = Span(base + match.start(1), base + match.end(1))
    name = names.get(span)
    return Credit(span, plain_name(match.group(1)), name.entity if name else None, reason)


def _is_outlet(words: str, names: dict[Span, NameMention], at: int) -> bool:
    if outlet_id(plain_name(words)):
        return True
    name = names.get(Span(at, at + len(words)))
    return name is not None and name.kind is NameKind.ORGANISATION


def credits_in_piece(article: Article, span: Span) -> Iterator[Credit]:
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
                or outlet_id(name)
                or ":" in text[hit.span.start : start]
                or "-" in text[hit.span.end : start]
            )
            if not sure or not name or len(words_of(name)) > LONGEST_NAME_WORDS:
                continue
            generic = _is_generic(name, language)
            place = Span(span.start + hit.span.start, span.start + end)
            yield Credit(place, "" if generic else name, None, f"behind “{hit.span.of(text)}”")


def _is_generic(name: str, language: str) -> bool:
    hits = lexicon(language, "source_words").find(name)
    return any(hit.row.meaning == "generic" and len(hit.span) == len(name) for hit in hits)
