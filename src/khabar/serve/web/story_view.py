"""Everything that the page of a story shows, whether it is kept in the library or was compared just now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from khabar.model.mentions import Entity
from khabar.model.story import Comparison, Story
from khabar.serve.web.board import Wanted, lay_out
from khabar.show.evidence import Card
from khabar.show.html import story_view, words_of_page
from khabar.show.marks import one_line
from khabar.show.naming import language_at
from khabar.show.table import Catalogue, Row, catalogue
from khabar.show.wording import number

_MOST_NAMES = 150
_MOST_DAYS = 60
_MOST_AT_DAY = 12


class Shown:
    """A story to be shown; `base` is the address of its page. What takes long is worked out once."""

    def __init__(self, base: str, story: Story, comparison: Comparison) -> None:
        self.base, self.story, self.comparison = base, story, comparison
        self.known: Catalogue = catalogue(comparison)

    @cached_property
    def view(self) -> dict[str, Any]:
        """The story arranged for the templates of the report."""
        return story_view(self.story, self.known)

    @cached_property
    def names(self) -> list[Spelling]:
        """Whom and what its reports name."""
        return names_of(self)

    @cached_property
    def days(self) -> list[Day]:
        """Its timeline."""
        return days_of(self)


def shown(base: str, story: Story, comparison: Comparison) -> Shown:
    """The story with what its ids stand for; its reports are numbered from one."""
    ids = [*story.articles, *(other.article for other in story.lookalikes)]
    by_id = {article.id: article for article in comparison.articles}
    own = tuple(by_id[name] for name in dict.fromkeys(ids) if name in by_id)
    return Shown(base, story, Comparison(own, comparison.entities, (story,), (), comparison.made_by))


def values_of(one: Shown, wanted: Wanted) -> dict[str, Any]:
    """What the template of the page needs."""
    return {
        "view": one.view,
        "story": one.story,
        "base": one.base,
        "board": lay_out(one.story, one.known, wanted, one.view["rows"]),
        "names": one.names,
        "days": one.days,
        "comparison": one.comparison,
    }


def tools_of(one: Shown) -> dict[str, Any]:
    """What the templates of the report call."""
    return words_of_page(one.known) | {"short": lambda article: _short(one.known, article)}


def _short(known: Catalogue, article: str) -> Markup:
    """The number of a report; its outlet on hover."""
    outlet = one_line(known.articles[article].outlet or "")
    return Markup('<b class="report" title="{}">{}</b>').format(outlet, number(known.numbers[article]))


def row_of(one: Shown, number: int) -> Row | None:
    """The statement of that number with its cells, None where there is none."""
    table = one.view["rows"]
    return table[number - 1] if 0 < number <= len(table) else None


@dataclass(frozen=True, slots=True)
class Spelling:
    """A person, place or body of a story with all forms, by language."""

    entity: Entity
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    reports: int


def names_of(one: Shown) -> list[Spelling]:
    """Whom and what several reports name, or one names often, with every spelling; most named first."""
    forms: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for article in (one.known.articles[name] for name in one.story.articles):
        for mention in article.names:
            if mention.entity:
                forms[mention.entity][language_at(article, mention.span.start)][mention.text] = None
                told[mention.entity][article.id] = None
    found = [
        Spelling(
            entity,
            tuple((code, tuple(some)) for code, some in forms[entity.id].items()),
            len(told[entity.id]),
        )
        for entity in one.comparison.entities
        if entity.id in told
    ]
    return sorted(found, key=lambda each: (-each.reports, each.entity.kind, each.entity.name))[:_MOST_NAMES]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the story: the reports that came out, and what reports tell of it."""

    value: str
    published: tuple[str, ...]
    told: tuple[tuple[str, str, str], ...]  # article, words, language


def days_of(one: Shown) -> list[Day]:
    """The days on which reports came out and those that several words in them mean, in order."""
    published: dict[str, list[str]] = defaultdict(list)
    told: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for article in (one.known.articles[name] for name in one.story.articles):
        value = article.published.value
        if value and len(value) >= 10:
            published[value[:10]].append(article.id)
        for mention in article.dates:
            if mention.value and len(mention.value) >= 10 and "/" not in mention.value:
                words = " ".join(mention.text.split())
                told[mention.value[:10]].setdefault(
                    (article.id, words), language_at(article, mention.span.start)
                )
    return [_day(value, published[value], told[value]) for value in sorted({*published, *told})[:_MOST_DAYS]]


def _day(value: str, published: list[str], told: dict[tuple[str, str], str]) -> Day:
    words = tuple((article, said, code) for (article, said), code in list(told.items())[:_MOST_AT_DAY])
    return Day(value, tuple(published), words)


def read_names(card: Card, known: Catalogue) -> list[tuple[str, str]]:
    """The names in a card's words with how they are read in Latin letters, each once."""
    article, span = known.articles[card.articles[0]], card.attestation.excerpt.span
    inside = [name for name in article.names if name.entity and span.overlap(name.span)]
    found = {name.text: known.readings.get(name.entity or "") for name in inside}
    return [(text, reading) for text, reading in found.items() if reading]
