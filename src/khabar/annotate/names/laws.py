"""Laws, treaties, agreements and numbered decisions, found by the words that they are named with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from khabar.annotate.names.gazetteer import ARTICLE, known_id
from khabar.lang.lexicons import lexicon
from khabar.lang.match import Hit
from khabar.lang.schema import Pack
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"[\s«\"'“(]{0,3}(\d{1,5})(?![\d%])")
_GAP = re.compile(r"[\s«\"'“‘(]{0,3}")
_QUOTED = re.compile(r"\s?(?:«[^»\n]{2,60}»|\"[^\"\n]{2,60}\"|“[^”\n]{2,60}”)")
_CLOSING = {"«": "»", '"': '"', "“": "”", "‘": "’", "'": "'", "(": ")"}
_MOST_WORDS = 8  # longer names of laws are met in footnotes
_MOST_BETWEEN = 3


def with_laws(mentions: Sequence[NameMention], text: str, pack: Pack) -> list[NameMention]:
    """The names of a sentence with its laws; a law takes the place of the names within it."""
    found = list(mentions)
    for law in _find_laws(text, found, pack):
        over = [name for name in found if name.span.overlap(law.span)]
        if all(name.span.end <= law.span.end for name in over):
            before = [_cut(name, law, text) for name in over if name.span.start < law.span.start]
            found = [*(name for name in found if name not in over), *before, law]
    return sorted(found, key=lambda name: name.span)


def _cut(name: NameMention, law: NameMention, text: str) -> NameMention:
    """The part of a name before a law that was read into it: the council's law is not the council."""
    words = text[name.span.start : law.span.start].rstrip()
    span = Span(name.span.start, name.span.start + len(words))
    return replace(name, span=span, text=words)


def _find_laws(text: str, names: Sequence[NameMention], pack: Pack) -> list[NameMention]:
    hits = lexicon(pack.code, "law_words").find(text)
    joins = {hit.span.start: hit.span.end for hit in hits if hit.row.meaning == "between"}
    starts = {name.span.start: name for name in names}
    laws: list[NameMention] = []
    for hit in hits:
        span = _law_at(hit, text, starts, joins, pack)
        if span and not (laws and laws[-1].span.overlap(span)):
            reason = f"{hit.span.of(text)} and what it is named by"
            laws.append(NameMention(span, span.of(text), NameKind.LAW, reason=reason))
    return laws


def _law_at(
    hit: Hit, text: str, names: dict[int, NameMention], joins: dict[int, int], pack: Pack
) -> Span | None:
    meaning, start = hit.row.meaning, hit.span.start
    if meaning == "after":
        return _capitals_before(hit.span, text, pack) if pack.has_case else None
    if meaning == "between" or (hit.prefix and meaning != "number" and _has_article(hit)):
        return None  # "the agreement" is no name
    if meaning == "number":
        number = _NUMBER.match(text, _past(text, hit.span.end, joins))
        return Span(start - _article(hit), number.end(1)) if number else None
    quoted = _QUOTED.match(text, hit.span.end)
    if quoted and meaning == "before" and len(_WORD.findall(quoted.group())) <= _MOST_WORDS:
        return Span(start, quoted.end())
    named = _name_after(text, _past(text, hit.span.end, joins), names)
    if named and (meaning == "before" or _is_city(named)):
        return _closed(text, Span(start, named.span.end))
    return _capitals_after(hit.span, text, joins, pack) if pack.has_case and meaning == "before" else None


def _has_article(hit: Hit) -> bool:
    return hit.prefix.endswith((ARTICLE, "لل"))


def _article(hit: Hit) -> int:
    """How many letters the article of a numbered law has: القرار 4711."""
    return len(ARTICLE) if hit.prefix.endswith(ARTICLE) else 0


def _is_city(name: NameMention) -> bool:
    """Whether an agreement may be named after it: of two countries it says only who agreed."""
    known = known_id(name.text)
    return name.kind is NameKind.PLACE and not (known or "").startswith("country:")


def _past(text: str, at: int, joins: dict[int, int]) -> int:
    """Behind the words that may stand between: "number", "of the Security Council"."""
    for _ in range(_MOST_BETWEEN):
        begin = at + len(text[at:]) - len(text[at:].lstrip())
        if begin not in joins:
            return at
        at = joins[begin]
    return at


def _name_after(text: str, at: int, names: dict[int, NameMention]) -> NameMention | None:
    gap = _GAP.match(text, at)
    named = names.get(gap.end()) if gap else None
    return named if named and named.span.start > at else None


def _closed(text: str, span: Span) -> Span:
    """With the mark that closes what it opens."""
    for opening, closing in _CLOSING.items():
        inside = span.of(text)
        if opening in inside and closing not in inside.partition(opening)[2]:
            return Span(span.start, span.end + 1) if text[span.end : span.end + 1] == closing else span
    return span


def _capitals_after(trigger: Span, text: str, joins: dict[int, int], pack: Pack) -> Span | None:
    """Words in capitals behind, small joining words between them: Convention on the Rights of the Child."""
    days = {hit.span.start for hit in lexicon(pack.code, "weekdays", "months").find(text)}
    end, last, words = trigger.end, trigger.end, 0
    for word in _WORD.finditer(text, trigger.end):
        if text[end : word.start()].strip() or words == _MOST_WORDS or word.start() in days:
            break
        if word.group()[0].isupper():
            last = word.end()
        elif word.start() not in joins:
            break
        end, words = word.end(), words + 1
    return Span(trigger.start, last) if last > trigger.end else None


def _capitals_before(trigger: Span, text: str, pack: Pack) -> Span | None:
    """Words in capitals before: the Harbour Safety Act. A function word at their front is none of them."""
    words = list(_WORD.finditer(text, max(0, trigger.start - 80), trigger.start))
    small = {hit.span.start for hit in lexicon(pack.code, "function_words").find(text)}
    start = trigger.start
    for word in reversed(words[-_MOST_WORDS:]):
        near = not text[word.end() : start].strip()
        if not near or not word.group()[0].isupper() or word.start() in small:
            break
        start = word.start()
    return Span(start, trigger.end) if start < trigger.start and trigger.of(text)[0].isupper() else None
