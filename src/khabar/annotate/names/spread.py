"""A name that is tagged in one report is found in the others."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from khabar.annotate.names.clitics import plain_clitics
from khabar.annotate.names.gazetteer import known_id, name_key, word_key
from khabar.annotate.names.own import OwnName, own_by_key
from khabar.annotate.names.people import is_article, name_words
from khabar.annotate.names.peoples import may_be_people
from khabar.annotate.names.tokens import Token, find_tokens
from khabar.lang.loader import load_languages
from khabar.model.article import Article, Sentence
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_OFTEN = 2  # mentions of a place or organisation before it is looked for elsewhere
_LONGEST = 6
_SHORTEST_WORD = 4
Forms = dict[tuple[str, ...], NameKind]


def spread_names(articles: Sequence[Article], own: Sequence[OwnName] = ()) -> list[Article]:
    """The articles with the pool's names found wherever they are written the same way, the user's first."""
    listed = {key: one.kind for key, one in own_by_key(own).items() if len(key) <= _LONGEST}
    articles = [_with_own(article, listed) for article in articles] if listed else articles
    pool = _pool_forms(articles)
    return [_with_more(article, {**pool, **_surnames(article), **listed}) for article in articles]


def _with_own(article: Article, listed: Forms) -> Article:
    """The article with the user's names found; one takes the place of shorter names that lie within it."""
    names, starts = list(article.names), {key[0] for key in listed}
    for sentence in article.sentences:
        for mention in _more_in(article.text, sentence, listed, starts):
            over = [name for name in names if name.span.overlap(mention.span)]
            if all(mention.span.contains(name.span) for name in over):
                title = next((name.title for name in over if name.title), None)
                names = [name for name in names if name not in over]
                names.append(replace(mention, title=title, reason="in the user's list of names"))
    return replace(article, names=tuple(sorted(names, key=lambda mention: mention.span)))


def _pool_forms(articles: Sequence[Article]) -> Forms:
    """Persons' names of several words, and places and organisations that are met often or known."""
    counts: dict[tuple[str, ...], Counter[NameKind]] = defaultdict(Counter)
    for article in articles:
        for mention in article.names:
            counts[name_key(mention.text)][mention.kind] += 1
    forms: Forms = {}
    for key, kinds in counts.items():
        kind, count = kinds.most_common(1)[0]
        several = 1 < len(key) <= _LONGEST and (kind is NameKind.PERSON or count >= _OFTEN)
        single = len(key) == 1 and len(key[0]) >= _SHORTEST_WORD and kind is not NameKind.PERSON
        if several or (single and (count >= _OFTEN or known_id(key[0]))):
            forms[key] = kind
    return forms


def _surnames(article: Article) -> Forms:
    """How the full names of an article's persons end."""
    forms: Forms = {}
    for mention in article.names:
        words = name_words(mention.text)
        if mention.kind is NameKind.PERSON and len(words) > 1 and len(words[-1]) >= _SHORTEST_WORD:
            forms[name_key(mention.text)[-1:]] = NameKind.PERSON
            forms[(word_key(words[-1]),)] = NameKind.PERSON
    return forms


def _with_more(article: Article, forms: Forms) -> Article:
    taken = sorted(mention.span for mention in article.names)
    starts = {key[0] for key in forms}
    more = [
        mention
        for sentence in article.sentences
        for mention in _more_in(article.text, sentence, forms, starts)
        if _is_free(mention.span, taken)
    ]
    if not more:
        return article
    return replace(article, names=tuple(sorted((*article.names, *more), key=lambda mention: mention.span)))


def _is_free(span: Span, taken: list[Span]) -> bool:
    """Whether no name lies there; `taken` is sorted and without overlap."""
    at = bisect_left(taken, span)
    return not any(span.overlap(other) for other in taken[max(0, at - 1) : at + 1])


def _more_in(text: str, sentence: Sentence, forms: Forms, starts: set[str]) -> Iterator[NameMention]:
    part = sentence.span.of(text)
    tokens = [token for token in find_tokens(part) if token.is_word]
    clitics = plain_clitics(load_languages().pack(sentence.language).clitics)
    at = 0
    while at < len(tokens):
        found = _match(tokens, at, forms, starts, clitics)
        if found and found[0] == at + 1 and may_be_people(tokens[at].text[found[1] :], sentence.language):
            found = None
        if found:
            last, prefix, kind = found
            begin = sentence.span.start
            start = begin + _with_article(part, tokens, at) + prefix
            span = Span(start, begin + tokens[last - 1].span.end)
            yield NameMention(span, span.of(text), kind, reason="named elsewhere in these reports")
            at = last
        else:
            at += 1


def _with_article(text: str, tokens: list[Token], at: int) -> int:
    """Where a word begins, with the article that a hyphen joins to it: Al-Haddad."""
    start = tokens[at].span.start
    article = tokens[at - 1] if at else None
    joined = article and text[article.span.end : start] in ("-", "‐", "‑") and is_article(article.text)
    return article.span.start if article and joined else start


def _match(
    tokens: list[Token], at: int, forms: Forms, starts: set[str], clitics: tuple[str, ...]
) -> tuple[int, int, NameKind] | None:
    """The end, the letters before the name and its kind, for the longest form that begins at a word."""
    word = tokens[at].text
    for prefix in ("", *(c for c in clitics if word.startswith(c) and len(word) >= len(c) + _SHORTEST_WORD)):
        first = word_key(word[len(prefix) :])
        if first not in starts or word[len(prefix)].islower():
            continue
        key = (first, *(word_key(token.text) for token in tokens[at + 1 : at + _LONGEST]))
        for size in range(len(key), 0, -1):
            kind = forms.get(key[:size])
            if kind:
                return at + size, len(prefix), kind
    return None
