"""What an article's words point at: dates, names, quotations, sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from khabar.model.span import Span


class DateStatus(StrEnum):
    """How a publication date was come by."""

    PRINTED = "printed"  # written out in full
    RESOLVED = "resolved"  # completed from other words of the page
    CONFLICT = "conflict"  # printed, but other words of the page contradict it
    INFERRED = "inferred"  # not written; concluded from the text
    UNKNOWN = "unknown"


class Calendar(StrEnum):
    """The calendar that a date was written in."""

    GREGORIAN = "gregorian"
    JALALI = "jalali"
    HIJRI = "hijri"


class Precision(StrEnum):
    """The smallest unit that a date names."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """One thing that open date words may mean: a day, or the first and the last of a stretch."""

    value: str
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class DateMention:
    """Date words in the text. `value` is ISO 8601 Gregorian at its precision, None when it stays open.

    A stretch, and a month or a year of another calendar, is "first day/last day"; `end` is that last day.
    """

    span: Span
    text: str
    value: str | None
    precision: Precision | None
    calendar: Calendar | None
    weekday: int | None = None  # ISO: Monday 1 to Sunday 7, when the words name one
    relative: bool = False  # "today", "yesterday", a bare weekday: value holds only beside an anchor
    anchor: str | None = None  # the ISO day, or moment, that `value` was counted from
    end: str | None = None
    part: str | None = None  # "early", "mid" or "late" in the month or the year
    candidates: tuple[DateCandidate, ...] = ()  # where `value` is None: what the words may mean


@dataclass(frozen=True, slots=True)
class TimeClaim:
    """One thing said about when an article came out, and where: "date line", "json-ld datePublished", "feed".

    `value` is what the words mean, None where they cannot be read. `agrees`: with the conclusion, to the day
    (a Hijri day and two zones may differ by one); None where it cannot be said. `span` where the text has it.
    """

    origin: str
    text: str
    value: str | None = None
    agrees: bool | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class TimeConstraint:
    """What is known of the day of publication though it may not be known itself, and why.

    `kind` is "weekday" (`value` 1 Monday to 7 Sunday), "not_before" or "not_after" (`value` an ISO day).
    """

    kind: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """When an article came out, as far as it says. `conflicts` are the spans that contradict `span`.

    It lies between `earliest` and `latest`, instants in UTC: apart by the hours of all zones where no zone is
    told, by a day more for a Hijri day, which may have been sighted a day off. None where no day is known.
    """

    value: str | None = None
    precision: Precision | None = None
    calendar: Calendar | None = None
    text: str | None = None
    span: Span | None = None
    status: DateStatus = DateStatus.UNKNOWN
    note: str = "The page names no date."
    conflicts: tuple[Span, ...] = ()
    earliest: str | None = None
    latest: str | None = None
    claims: tuple[TimeClaim, ...] = ()
    constraints: tuple[TimeConstraint, ...] = ()


class NameKind(StrEnum):
    """What a name names. An outlet is a newspaper, a broadcaster or an agency; a law may be a treaty."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    PLACE = "place"
    LAW = "law"
    OTHER = "other"

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation, an outlet or another."""
        return self in (NameKind.ORGANISATION, NameKind.OUTLET)


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in the text; `title` is the rank or office beside it; `reason` says how it was found."""

    span: Span
    text: str
    kind: NameKind
    entity: str | None = None
    title: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Whom or what several mentions name, with every form they use.

    `romanised`: a reading in plain Latin letters where no form has them; not `certain` where short vowels are
    left out because nothing says which they are. None: nobody can read it, or a form is in Latin letters.
    """

    id: str
    kind: NameKind
    name: str
    forms: tuple[str, ...]
    romanised: str | None = None
    romanised_certain: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """Words given to a speaker. `speaker` is an entity id, None when the text does not say."""

    span: Span
    text: str
    kind: str  # "direct", "indirect" or "mixed"
    speaker: str | None = None
    cue: Span | None = None
    speaker_span: Span | None = None
    reason: str = ""


class Reaches(StrEnum):
    """How far a credit holds."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    REPORT = "report"  # from there to the end of the report, or all of it
    PICTURE = "picture"  # a photograph; no words of the report


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that credit another outlet or agency. `source` is an entity id, None when unknown.

    `reach` is the stretch that is taken from the source, as far as the words tell; `confidence` (0 to 1) and
    `reach_reason` say how sure that is. A photo credit reaches no words: None.
    """

    span: Span
    text: str
    source: str | None = None
    reason: str = ""
    reach: Span | None = None
    reaches: Reaches | None = None
    confidence: float = 0.0
    reach_reason: str = ""


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A quantity in the text: its value, and its unit under the name that all languages share."""

    span: Span
    text: str
    value: float
    unit: str | None = None
