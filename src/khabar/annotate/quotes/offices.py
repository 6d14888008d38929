"""Who is meant by "the minister" or "the town's governor": persons by the words that describe them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property

from khabar.lang.fold import Fold, folded_text
from khabar.lang.lexicons import lexicon
from khabar.lang.loader import load_languages
from khabar.model.article import Article
from khabar.model.mentions import NameKind, NameMention

_WORD = re.compile(r"\w+")
# What stands behind a name, up to the next pause; a comma shows that it describes whom the name names.
_APPOSED = re.compile(r"([،,]?)\s*([^،,؛;.:\n]{3,60})")
_MOST_WORDS = 6
_SHORTEST = 2
_LETTERS_ALIKE = 4


class Offices:
    """The descriptions of an article's persons, by entity: heads ("minister") and the words around them."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._asked: dict[str, list[str]] = {}

    def who(self, description: str, language: str, last: str | None) -> str | None:
        """The one person described so; of several the one who spoke last, else None."""
        fits = self._fitting(description, language)
        if len(fits) == 1:
            return fits[0]
        return last if last in fits else None

    def _fitting(self, description: str, language: str) -> list[str]:
        if description not in self._asked:
            wanted = _stems(description, language)
            usable = 0 < len(wanted) <= _MOST_WORDS
            known = self._known.items() if usable else ()
            self._asked[description] = [who for who, own in known if any(_fits(wanted, one) for one in own)]
        return self._asked[description]

    @cached_property
    def _known(self) -> dict[str, list[list[str]]]:
        known: dict[str, list[list[str]]] = defaultdict(list)
        sentences = self._article.sentences
        at = 0
        before: list[list[str]] = []
        for mention in self._article.names:
            if mention.kind is not NameKind.PERSON or not mention.entity:
                continue
            while at + 1 < len(sentences) and not sentences[at].span.contains(mention.span):
                at += 1
                before = []
                if sentences[at].span.start > mention.span.end:
                    break
            own = self._descriptions(mention)
            known[mention.entity] += [*own, *self._counterparts(own, before, sentences[at].language)]
            before = own
        return known

    def _descriptions(self, mention: NameMention) -> list[list[str]]:
        text, language = self._article.text, self._language(mention)
        found = []
        if mention.title:
            found += [_stems(part, language) for part in _heads(mention.title.of(text), language)]
            if mention.title.start < mention.span.start:
                found.append(_stems(text[mention.title.start : mention.span.start], language))
        after = _APPOSED.match(text[mention.span.end : mention.span.end + 70])
        if after:
            heads = _heads(after.group(2), language) if after.group(1) else [after.group(2)]
            found += [_stems(part, language)[:_MOST_WORDS] for part in heads]
        return found

    def _counterparts(self, own: list[list[str]], before: list[list[str]], language: str) -> list[list[str]]:
        """ "His Tunisian counterpart" has the office of the one named before, and a country of their own."""
        words = _counterpart_words(language)
        rests = [one[1:] for one in own if one and one[0] in words]
        return [office[:2] + rest for rest in rests for office in before]

    def _language(self, mention: NameMention) -> str:
        sentences = self._article.sentences
        return next((one.language for one in sentences if one.span.contains(mention.span)), "")


def _heads(words: str, language: str) -> list[str]:
    """A title from each office in it to its end: "minister and chief of staff, general"."""
    starts = {0, *(hit.span.start - len(hit.prefix) for hit in lexicon(language, "titles").find(words))}
    return [words[start:] for start in sorted(starts)]


@cache
def _counterpart_words(language: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("speech_words")
    return frozenset(
        _bare(folded_text(row.form, Fold.LEXICON), language) for row in rows if row.meaning == "counterpart"
    )


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


def _stems(text: str, language: str) -> list[str]:
    small = _small_words(language)
    words = [word for word in _WORD.findall(folded_text(text, Fold.LEXICON)) if word not in small]
    return [_bare(word, language) for word in words if len(word) >= _SHORTEST]


@cache
def _small_words(language: str) -> frozenset[str]:
    rows = load_languages().pack(language).rows("function_words")
    return frozenset(folded_text(row.form, Fold.LEXICON) for row in rows)


def _bare(word: str, language: str) -> str:
    """A word without the article that is written onto its front."""
    for front in _articles(language):
        if word.startswith(front) and len(word) > len(front) + _SHORTEST:
            return word[len(front) :]
    return word


@cache
def _articles(language: str) -> tuple[str, ...]:
    rows = load_languages().pack(language).rows("speech_words")
    forms = {folded_text(row.form.rstrip("-ـ"), Fold.LEXICON) for row in rows if row.meaning == "definite"}
    return tuple(sorted(forms, key=len, reverse=True))
