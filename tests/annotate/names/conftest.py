"""Reports made for the tests of names: sentences with names given, or found by the tagger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.model.article import Article, Sentence
from khabar.model.mentions import NameKind, NameMention, Published
from khabar.model.span import Span

KINDS = {
    "p": NameKind.PERSON,
    "o": NameKind.ORGANISATION,
    "t": NameKind.OUTLET,
    "l": NameKind.PLACE,
    "w": NameKind.LAW,
}
Report = Callable[..., Article]


def make_report(number: str, language: str, *sentences: str, names: str = "") -> Article:
    """A report of these sentences; `names` marks first occurrences, as "p:سامر حداد|l:سوريا"."""
    text = "\n".join(sentences)
    spans, at = [], 0
    for n, sentence in enumerate(sentences):
        spans.append(Sentence(f"{number}.{n}", Span(at, at + len(sentence)), language))
        at += len(sentence) + 1
    mentions = [_mention(text, entry) for entry in names.split("|") if entry]
    return Article(
        id=number,
        path=number,
        text=text,
        outlet=None,
        outlet_from="",
        title=None,
        languages=(language,),
        published=Published(),
        body=tuple(sentence.span for sentence in spans),
        boilerplate=(),
        blocks=(),
        sentences=tuple(spans),
        names=tuple(sorted(mentions, key=lambda mention: mention.span)),
    )


def _mention(text: str, entry: str) -> NameMention:
    kind, _, name = entry.partition(":")
    title, plus, name = name.rpartition("+")
    at = text.index(name)
    span = Span(text.rindex(title, 0, at), text.rindex(title, 0, at) + len(title)) if plus else None
    return NameMention(Span(at, at + len(name)), name, KINDS[kind], title=span)


@pytest.fixture(scope="session")
def report() -> Report:
    return make_report
