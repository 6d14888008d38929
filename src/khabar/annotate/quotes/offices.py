"""Who is meant by "the minister" or "the town's governor": persons by the words that describe them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.model.article import Article, Sentence
from khabar.model.mentions import NameKind, NameMention
from khabar.model.span import Span

_WORD = re.compile(r"\w+")
_MOST_WORDS = 6
_SHORTEST = 2
_LETTERS_ALIKE = 4


class Offices:
    """The descriptions of an article's persons, by entity: heads ("minister") and the words around them."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def who(self, description: str, last: str | None) -> str | None:
        """The one person described so; of several the one who spoke last, else None."""
        wanted = _stems(description)
        if not wanted or len(wanted) > _MOST_WORDS:
            return None
        fits = [entity for entity, known in self._known.items() if any(_fits(wanted, one) for one in known)]
        if len(fits) == 1:
            return fits[0]
        return last if last in fits else None

    @cached_property
    def _known(self) -> dict[str, list[list[str]]]:
        known: dict[str, list[list[str]]] = defaultdict(list)
        sentences = self._article.sentences
        at = 0
        before: NameMention | None = None
        for mention in self._article.names:
            if mention.kind is not NameKind.PERSON or not mention.entity:
                continue
            while at + 1 < len(sentences) and not sentences[at].span.contains(mention.span):
                at += 1
                before = None
                if sentences[at].span.start > mention.span.end:
                    break
            known[mention.entity] += self._descriptions(mention, before)
            before = mention
        return known

    def _descriptions(self, mention: NameMention, before: NameMention | None) -> list[list[str]]:
        text = self._article.text
        found = []
        if mention.title:
            found += [_stems(part) for part in self._heads(mention)]
            if mention.title.start < mention.span.start:
                between = _stems(text[mention.title.start : mention.span.start])
                found.append(between)
        after = re.match(r"[،,]?\s*([^،,؛;.:\n]{3,60})", text[mention.span.end : mention.span.end + 70])
        if after:
            found.append(_stems(after.group(1))[:_MOST_WORDS])
        if before and before.title and mention.title:
            found.append(_stems(before.title.of(text))[:1] + _stems(mention.title.of(text)))
        return found

    def _heads(self, mention: NameMention) -> list[str]:
        """A title from each office in it to its end: "minister and chief of staff, general"."""
        assert mention.title is not None
        words = mention.title.of(self._article.text)
        language = self._language(mention)
        starts = {0, *(hit.span.start - len(hit.prefix) for hit in lexicon(language, "titles").find(words))}
        return [words[start:] for start in sorted(starts)]

    def _language(self, mention: NameMention) -> str:
        sentences = self._article.sentences
        return next((one.language for one in sentences if one.span.contains(mention.span)), "")


def _fits(wanted: Sequence[str], known: Sequence[str]) -> bool:
    """Whether a description begins with the head asked for and holds all other words."""
    if not known or not _alike(wanted[0], known[0]):
        return _of_other_head(wanted, known)
    return all(any(_alike(word, other) for other in known) for word in wanted[1:])


def _of_other_head(wanted: Sequence[str], known: Sequence[str]) -> bool:
    """English puts the head last: "the Omani minister" is the "minister of defence" of Oman."""
    return len(wanted) > 1 and all(any(_alike(word, other) for other in known) for word in wanted)


def _alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one == other or (shorter >= _LETTERS_ALIKE and one[:shorter] == other[:shorter])


_SMALL = frozenset(
    "the a an of in for to his her their its this that این آن in en de la le du des les".split()
)


def _stems(text: str) -> list[str]:
    words = [word for word in _WORD.findall(folded_text(text, Fold.LEXICON)) if word not in _SMALL]
    return [_bare(word) for word in words if len(word) >= _SHORTEST and word != "s"]


def _bare(word: str) -> str:
    for front in ("وال", "لل", "ال"):
        if word.startswith(front) and len(word) > len(front) + 2:
            return word[len(front) :]
    return word
