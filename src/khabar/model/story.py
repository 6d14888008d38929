"""What comes out of comparing reports: stories, statements, differences, and the reasons for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.article import Article
from khabar.model.mentions import Entity
from khabar.model.outcome import Dropped
from khabar.model.span import Excerpt, Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence behind a decision: what was compared, how close, and a sentence for the reader.

    `score` runs from 0 (speaks against) to 1 (speaks for); `a` and `b` are the two values compared.
    """

    name: str
    score: float
    a: str
    b: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A report that resembles a story and was kept apart from it, with what speaks against."""

    article: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class StoryPassage:
    """A stretch of a report that tells of another story than the report itself, with what speaks for it."""

    article: str
    span: Span
    reasons: tuple[Reason, ...] = ()


class Coverage(StrEnum):
    """How much of a statement an attestation gives."""

    WHOLE = "whole"
    PART = "part"


class VoteKind(StrEnum):
    """What spoke for a report's making a statement."""

    VECTORS = "vectors"  # the two clauses as wholes mean nearly the same
    WORDS = "words"  # word by word the one finds partners in the other
    NAMES = "names"
    NUMBERS = "numbers"
    DATES = "dates"
    SPEAKERS = "speakers"
    NEIGHBOURS = "neighbours"  # what stands before or behind them corresponds too


@dataclass(frozen=True, slots=True)
class Vote:
    """One thing that spoke for a place making a statement: what both this report and another have.

    Each pair is words of this report and of the other. `score` runs from 0 to 1: how near the clauses, the
    share of words that found a near one, for names, numbers, dates and speakers how rare in the story the
    rarest of them is. It is inferred, never a proof.
    """

    kind: VoteKind
    score: float
    pairs: tuple[tuple[Excerpt, Excerpt], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Attestation:
    """One place where one report makes a statement; `votes` say what showed it, none where it is alone."""

    excerpt: Excerpt
    language: str
    coverage: Coverage = Coverage.WHOLE
    score: float = 1.0
    reason: str = ""
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """The same assertion in every report that makes it. `text` is the words of one attestation."""

    id: str
    text: str
    attestations: tuple[Attestation, ...]


class DifferenceKind(StrEnum):
    """In which respect two tellings differ."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    TITLE = "title"
    ATTRIBUTION = "attribution"
    POLARITY = "polarity"
    STRENGTH = "strength"
    OMISSION = "omission"
    DETAIL = "detail"
    WORDING = "wording"


class Weight(StrEnum):
    """Whether a difference shifts the meaning or only the words."""

    MEANING = "meaning"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Difference:
    """Two tellings side by side. `b` is None for an omission, `statement` where the page itself differs.

    `left_out_by` is the article that leaves an omission's words out. `opinion` is what a learned check says
    of the two clauses, in a sentence: evidence beside the reason, never the ground of a difference.
    """

    kind: DifferenceKind
    weight: Weight
    statement: str | None
    a: Excerpt
    b: Excerpt | None
    reason: str
    left_out_by: str | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's words of a saying: whom it gives them to, and whether as direct, indirect or mixed speech.

    `named` are the words that stand for the speaker; `speaker` is None where they name nobody known.
    """

    excerpt: Excerpt
    kind: str
    language: str
    speaker: str | None
    named: Excerpt | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said, in every report that tells it.

    `speaker` is whom most tellings give it to, None where none names a speaker. `conflict` says in a
    sentence that a report gives it to somebody else, `forms` that one has it as direct speech and another
    does not; both are empty where that is not so. `reason` says why the tellings are taken for one.
    """

    id: str
    speaker: str | None
    tellings: tuple[Telling, ...]
    statements: tuple[str, ...] = ()
    conflict: str = ""
    forms: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One report took from another: from the origin (`origin`) to the one that took (`taker`).

    "shares_source" has no direction. `evidence` are the words that show it, in the taker and in the origin.
    `certainty`, 0 to 1, grades how much speaks for it; it is no probability. None: not graded.
    """

    origin: str
    taker: str
    kind: str  # "cites", "copies", "translates" or "shares_source"
    reason: str
    evidence: tuple[Excerpt, ...] = ()
    certainty: float | None = None

    @property
    def held(self) -> str:
        """The certainty in a word: "firm", "likely" or "possible", "" where there is none."""
        if self.certainty is None:
            return ""
        return "firm" if self.certainty >= 0.9 else "likely" if self.certainty >= 0.7 else "possible"


@dataclass(frozen=True, slots=True)
class Origin:
    """Reports that go back to one telling."""

    id: str
    articles: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of a story's head: words of its reports, never words of ours.

    `tellings` has one excerpt for each language in which a report makes the statement as a whole, with that
    language; the first is the statement's own. `disputed` are the numbers of the story's differences that
    shift the meaning of this statement.
    """

    statement: str
    tellings: tuple[tuple[str, Excerpt], ...]
    origins: int
    reports: int
    disputed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One event and the reports of it."""

    id: str
    title: str
    articles: tuple[str, ...]
    when: str | None
    where: str | None
    who: tuple[str, ...]
    reasons: tuple[Reason, ...]
    lookalikes: tuple[Lookalike, ...]
    statements: tuple[Statement, ...]
    differences: tuple[Difference, ...]
    origins: tuple[Origin, ...] = ()
    relations: tuple[Relation, ...] = ()
    sayings: tuple[Saying, ...] = ()
    head: tuple[HeadLine, ...] = ()
    passages: tuple[StoryPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What made a result: enough to make it again."""

    version: str
    encoder: str
    settings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of one call: every input is in `articles` or in `dropped`."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...]
    made_by: MadeBy
