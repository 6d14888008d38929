"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from khabar.library.types import ArticleLine, StoryLine
from khabar.model.span import Excerpt, Span


class Mode(StrEnum):
    """What decides: words and meaning together, or one of them alone."""

    BOTH = "both"
    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A sentence of the report, or a part of it, unaltered.

    `marks` lie in the text of the article, not in `excerpt.text`. They are the words that answer the query;
    without marks the sentence answers it by its meaning.
    """

    excerpt: Excerpt
    language: str
    marks: tuple[Span, ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The words of the excerpt in order, each piece with whether it is marked: for showing."""
        text, start = self.excerpt.text, self.excerpt.span.start
        pieces, at = list[tuple[str, bool]](), 0
        for mark in self.marks:
            first, last = mark.start - start, mark.end - start
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
        return tuple((words, marked) for words, marked in [*pieces, (text[at:], False)] if words)


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """A report that answers the query.

    `words` is the share of the query's words that it holds, each weighed by how rare it is; `meaning` how
    near its nearest sentence is, None where that was not looked at. Both from 0 to 1. `names` are the
    spellings in other words than the query's by which it was found.
    """

    article: ArticleLine
    score: float
    words: float
    meaning: float | None
    snippets: tuple[Snippet, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryHit:
    """A story with its reports that answer the query, the best first; `matching` counts all of them.

    `origins` counts the tellings that depend on no other report of the story; None until the story is first
    opened, which is when that is found out.
    """

    story: StoryLine
    score: float
    hits: tuple[ArticleHit, ...]
    matching: int
    origins: int | None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that narrows the search: `value` is what its filter takes, `label` what a reader sees."""

    value: str
    label: str
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What the reports that were found have in common, the most frequent first; months newest first."""

    languages: tuple[FacetValue, ...] = ()
    outlets: tuple[FacetValue, ...] = ()
    months: tuple[FacetValue, ...] = ()
    people: tuple[FacetValue, ...] = ()
    places: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What every report found must satisfy, besides the words; those in the query and those given apart.

    Days are ISO: a year, a month or a day ("2020-07"). `person` and `place` are names in any script, or ids
    of entities ("e12"); several values of one field mean any of them.
    """

    language: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    mentioned: tuple[str, str] | None = None  # first and last day


@dataclass(frozen=True, slots=True)
class Term:
    """Words of the query; `exact` for those in quotation marks."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood.

    `words` and `meant` (the same as they were written) say what is looked for; a report must hold all of
    `phrases`, one of each of `either`, and none of `without`.
    """

    text: str
    words: tuple[Term, ...] = ()
    phrases: tuple[Term, ...] = ()
    either: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    meant: str = ""
    filters: Filters = field(default_factory=Filters)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a query is to be answered, besides what it says.

    `hits_each` is how many reports of a story are shown; `newer_than` the number of an article, of which only
    later arrivals are found; `sure` is for lists that nobody ranks: less is found, and more of it answers.
    """

    mode: Mode = Mode.BOTH
    match_names: bool = True
    limit: int = 10
    after: str | None = None
    hits_each: int = 3
    newer_than: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query, by story.

    `articles` is how many reports were found, at least where `more` is set; facets count them. `next` is
    what `after` takes for the next page, None on the last one. `notes` tell the reader what was left out of
    the query, and why. `took_ms` is the time in this process.
    """

    query: Query
    stories: tuple[StoryHit, ...]
    articles: int
    more: bool
    facets: Facets
    next: str | None
    notes: tuple[str, ...]
    took_ms: float
