"""The rank or office that stands beside a person's name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from khabar.annotate.names.gazetteer import name_counts, name_key, word_key
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.lang.match import Hit, Lexicon
from khabar.model.span import Span

_WORDS_BETWEEN = 5  # "وزير الدفاع السوري، علي": what may stand between an office and its holder
_WORDS_AFTER = 1  # "Ṭāherī, the mayor"
_STOPS = re.compile(r"[.!?؟؛;:\n\r]")
_WORD = re.compile(r"[^\W\d_]+")


def title_hits(text: str, titles: Lexicon) -> list[Span]:
    """The places of titles in a text, in order."""
    hits: list[Hit] = titles.find(text)
    return sorted({hit.span for hit in hits})


def find_title(
    text: str, name: Span, hits: list[Span], between: Span, verbs: list[Span]
) -> tuple[Span, Span | None]:
    """The name without a title that was read into it, and the title beside it.

    The title is looked for in `between`, from where the last person ends to where the next begins. Over one
    of `verbs` it does not reach: "the minister said on Monday that Jones ...".
    """
    name = _cut_title(text, name, hits)
    chain = name.start
    for hit in reversed([hit for hit in hits if between.start <= hit.start and hit.end <= name.start]):
        spoken = any(hit.end <= verb.start < chain for verb in verbs)
        if spoken or not _is_near(text[hit.end : chain], _WORDS_BETWEEN):
            break
        if between.start and _belongs_before(text, hit, between.start, name.start):
            break
        chain = hit.start
    if chain < name.start:
        return name, _trimmed(text, Span(chain, name.start), hits)
    follows = [hit for hit in hits if name.end <= hit.start and hit.end <= between.end]
    if follows and _is_near(text[name.end : follows[0].start], _WORDS_AFTER):
        open_end = between.end == len(text) or not _is_near(
            text[follows[0].end : between.end], _WORDS_BETWEEN
        )
        if open_end or _belongs_before(text, follows[0], name.end, between.end):
            return name, follows[0]
    return name, None


def _belongs_before(text: str, hit: Span, before: int, after: int) -> bool:
    """Whether a title between two persons is the first one's: nearer to that one, or cut off by a comma."""
    first, second = text[before : hit.start], text[hit.end : after]
    joined_on = first[-1:].isalpha()  # "and" is written onto the title: ورئيس
    if joined_on or not _is_near(first, _WORDS_AFTER):
        return False
    near, far = len(_WORD.findall(first)), len(_WORD.findall(second))
    return near < far or (near == far and any(mark in second for mark in ",،"))


def _cut_title(text: str, name: Span, hits: list[Span]) -> Span:
    """The name from behind the titles it begins with; a name that is nothing but titles stays."""
    for hit in hits:
        if hit.start <= name.start < hit.end < name.end:
            rest = list(_WORD.finditer(text, hit.end, name.end))
            if rest and (len(rest) > 1 or not _is_given_name(hit.of(text))):
                name = Span(rest[0].start(), name.end)
    return name


def _is_given_name(title: str) -> bool:
    """Whether a title is a given name as well (أمير): before a surname only the pool of reports can tell."""
    return word_key(title) in name_counts()


def _is_near(between: str, words: int) -> bool:
    return not _STOPS.search(between) and len(_WORD.findall(between)) <= words


def _trimmed(text: str, span: Span, hits: list[Span]) -> Span:
    """To the end of its last word, with the full stop that is part of a title: "Maj. Gen."."""
    words = list(_WORD.finditer(text, span.start, span.end))
    if not words:
        return span
    last = words[-1].end()
    ends = (hit.end for hit in hits if hit.start < last <= hit.end <= span.end)
    return Span(span.start, max(ends, default=last))


@lru_cache(maxsize=10_000)
def title_meanings(title: str, language: str) -> frozenset[str]:
    """What the words of a title mean by the language's table; nothing where it has none."""
    if not title:
        return frozenset()
    return frozenset(hit.row.meaning for hit in lexicon(language, "titles").find(title))


@cache
def title_words() -> frozenset[str]:
    """One-word titles of every language, by their letters: a rank may be read as a first name elsewhere."""
    rows = (row for pack in load_languages().all() for row in pack.rows("titles"))
    keys = (name_key(row.form) for row in rows)
    return frozenset(key[0].removeprefix("ال") for key in keys if len(key) == 1)
