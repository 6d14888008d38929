"""What stands beside a name for its reader: a spelling that they can read, the rank or office beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from khabar.lang.lexicons import lexicon
from khabar.model.article import Article
from khabar.model.mentions import Entity, NameMention
from khabar.model.span import Span
from khabar.show.wording import say

LATIN = "Latn"
_LEADS = "office:head"  # says that somebody leads, not what: any other office says more
_RELATIVE = "office:counterpart"  # what it means stands elsewhere in the text
_FAMILIES = ("rank", "office")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Held:
    """A rank or office that reports give: its meaning, and the words for it with their reports."""

    meaning: str
    wordings: tuple[tuple[str, str, tuple[str, ...]], ...]  # words, language, articles

    @property
    def reports(self) -> int:
        """How many reports give it."""
        return len({article for _, _, articles in self.wordings for article in articles})


@dataclass(frozen=True, slots=True)
class Reading:
    """A name as its reader reads it. `ours`: no report spells it so; not `certain`: vowels are left out."""

    text: str
    language: str
    ours: bool = False
    certain: bool = True


def language_at(article: Article, place: int) -> str:
    """The language of the sentence that a place lies in, else that of its article."""
    at = bisect_right(article.sentences, place, key=lambda sentence: sentence.span.start) - 1
    if at >= 0 and place < article.sentences[at].span.end:
        return article.sentences[at].language
    return article.languages[0] if article.languages else ""


def held_titles(articles: Iterable[Article]) -> dict[str, tuple[Held, ...]]:
    """The ranks and offices that the reports give each entity, those of most reports first."""
    found: dict[str, dict[str, dict[tuple[str, str], dict[str, None]]]] = defaultdict(dict)
    for article in articles:
        for mention in article.names:
            for meaning, words, language in _titles(article, mention):
                wordings = found[mention.entity or ""].setdefault(meaning, {})
                known = next((one for one in wordings if one[0].casefold() == words.casefold()), None)
                wordings.setdefault(known or (words, language), {})[article.id] = None
    return {entity: _sorted(meanings) for entity, meanings in found.items()}


def _titles(article: Article, mention: NameMention) -> Iterable[tuple[str, str, str]]:
    if mention.entity is None or mention.title is None:
        return
    language, start = language_at(article, mention.title.start), mention.title.start
    for hit in lexicon(language, "titles").find(mention.title.of(article.text)):
        if hit.row.meaning.partition(":")[0] in _FAMILIES and hit.row.meaning != _RELATIVE:
            span = Span(start + hit.span.start, start + hit.span.end)
            yield hit.row.meaning, span.of(article.text), language


def _sorted(meanings: Mapping[str, Mapping[tuple[str, str], Mapping[str, None]]]) -> tuple[Held, ...]:
    held = [
        Held(meaning, tuple((*wording, tuple(articles)) for wording, articles in wordings.items()))
        for meaning, wordings in meanings.items()
        if not _says_less(meaning, meanings)
    ]
    return tuple(sorted(held, key=lambda one: (one.meaning[:4] != "rank", -one.reports)))


def _says_less(meaning: str, meanings: Iterable[str]) -> bool:
    """Whether another office says it and more: "minister" beside "defence minister", "head" beside any."""
    family, _, name = meaning.partition(":")
    others = [one for one in meanings if one != meaning and one.startswith(f"{family}:")]
    return (meaning == _LEADS and bool(others)) or any(one.endswith(f"_{name}") for one in others)


def spellings(articles: Iterable[Article]) -> dict[str, dict[str, str]]:
    """The fullest form that each entity has in each language of the reports."""
    counted: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for article in articles:
        for mention in article.names:
            if mention.entity and len(mention.text) <= _LONGEST:
                language = language_at(article, mention.span.start)
                counted[mention.entity][language][" ".join(mention.text.split())] += 1
    return {entity: {code: _fullest(forms) for code, forms in own.items()} for entity, own in counted.items()}


def _fullest(forms: Counter[str]) -> str:
    return max(forms, key=lambda form: (len(form.split()), forms[form]))


def reading(entity: Entity, spelt: Mapping[str, str]) -> Reading | None:
    """The name as the reader of our words reads it; None where it stands so already, or nobody can tell.

    A spelling in the reader's language comes first, then for readers of Latin letters any spelling in them,
    then our own romanisation.
    """
    own = spelt.get(say("language"))
    if own is not None:
        return None if own == entity.name else Reading(own, say("language"))
    if say("script") == LATIN and not is_latin(entity.name):
        return latin_reading(entity)
    return None


def latin_reading(entity: Entity) -> Reading | None:
    """The name in Latin letters: as some report spells it, else as we read it."""
    if is_latin(entity.name):
        return None
    spelt = [form for form in entity.forms if is_latin(form)]
    if spelt:
        return Reading(max(spelt, key=lambda form: len(form.split())), "und-Latn")
    if entity.romanised:
        return Reading(entity.romanised, "und-Latn", True, entity.romanised_certain)
    return None


def is_latin(text: str) -> bool:
    """Whether a name is in Latin letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(letter < "\u0370" or "\u1e00" <= letter < "\u1f00" for letter in letters)
