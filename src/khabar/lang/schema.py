"""What a language pack may hold: its fields, its tables, and which meanings a row of each table may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from khabar.model.article import BoilerplateKind
from khabar.model.mentions import Calendar

HEADER = ("form", "meaning", "example", "source")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: a form as it is written, what it means, a sentence that holds it, where it is from.

    Write a form as dictionaries do: small letters where a text may have either, the half space where it is
    usual. "وـ" or "un-" is the front of a word, "-madı" its tail. A form of one or two letters is found only
    where nothing is written onto it. The meaning `none` hides what would be found inside the form.
    """

    form: str
    meaning: str
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What is known about one language. A table that is missing is an ability that is absent.

    `clitics` are the strings that may be written onto the front of a word ("و", "وال"); `quote_pairs` open
    and close quotations; `known` is False for a pack that stands in for a language without one.
    """

    code: str
    name: str
    own_name: str
    iso3: str  # ISO 639-3; "und" for a language that has no pack
    direction: str
    script: str
    calendars: tuple[Calendar, ...]
    has_case: bool
    sentence_ends: tuple[str, ...]
    digits: tuple[str, ...]
    clitics: tuple[str, ...] = ()
    known: bool = True
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def has(self, table: str) -> bool:
        """Whether the pack holds that table."""
        return table in self.tables

    def rows(self, *tables: str) -> tuple[Row, ...]:
        """The rows of those tables in their order; nothing for a table that is missing."""
        return tuple(row for table in tables for row in self.tables.get(table, ()))

    @property
    def quote_pairs(self) -> tuple[tuple[str, str], ...]:
        """Opening and closing quotation marks; marks that do both stand twice."""
        pairs = []
        for row in self.rows("quote_marks"):
            side, _, other = row.meaning.partition(":")
            if side in ("open", "both"):
                pairs.append((row.form, other))
        return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which meanings a table allows, as a pattern and in words for the one who mends the file."""

    pattern: re.Pattern[str]
    allowed: str

    def accepts(self, meaning: str) -> bool:
        """Whether a row may have that meaning."""
        return self.pattern.fullmatch(meaning) is not None


def _pattern(pattern: str, allowed: str) -> Rule:
    return Rule(re.compile(pattern), allowed)


def _one_of(words: str) -> Rule:
    each = words.split()
    return _pattern("|".join(map(re.escape, each)), "one of " + ", ".join(each))


SPEECH = (
    "accuses adds admits agrees announces asks believes calls claims condemns confirms denies describes "
    "explains hopes orders points_out praises promises rejects replies reports reveals says stresses "
    "suggests threatens warns writes"
)
# A row that means nothing hides what would be found inside it: "not only" is no negation.
NOTHING = "none"
NEGATION = f"not no never without non neither {NOTHING}"
POLARITY = f"denies refuses fails prevents lacks stops opposes agrees continues limits {NOTHING}"
STRENGTH = (
    "will must should may can likely reported alleged promised plans tries hopes if certain ready indicated "
    f"threatens urges forces near {NOTHING}"
)
ATTRIBUTION = "according_to quoting reported_by citing told"
SOURCE_KINDS = (
    "ministry government local_authority army security police medical witnesses residents farmers family "
    "media experts court lawyer company union rescuers investigation opposition centre"
)
# "closing" marks end in the word that joins: "کرده و" closes a clause by its verb, the cut lies before "و".
# "instead" puts one thing for another inside one assertion: "not by force but through talks".
CUTS = "saying adding and but while reason purpose result relative stop closing instead"
UNITS = (
    "percent percentage_point kilometre metre centimetre millimetre mile inch foot square_kilometre hectare "
    "kilogram tonne litre "
    "barrel kilometre_per_hour degree_celsius megawatt magnitude second minute hour day week month year "
    "person family child soldier dollar euro pound rial toman lira dinar dirham ruble shekel yuan yen rupee"
)

TABLES: Mapping[str, Rule] = MappingProxyType(
    {
        "months": _pattern(
            r"(gregorian|jalali|hijri):([1-9]|1[0-2])", "gregorian:N, jalali:N or hijri:N with N from 1 to 12"
        ),
        "weekdays": _pattern(r"[1-7]", "1 (Monday) to 7 (Sunday)"),
        "day_words": _pattern(r"0|-?[1-9]\d{0,2}", "days from today, as 0, -1 or 2"),
        # Words that tell whether a clause looks back or ahead, for a weekday in it that says neither.
        "tenses": _pattern(
            rf"(past|future)(:behind)?|{NOTHING}",
            f"past, future, past:behind or future:behind (for the days that stand before it) or {NOTHING}",
        ),
        "day_parts": _one_of("am pm noon midnight"),
        "number_words": _pattern(
            r"\*?\d+(\.\d+)?|\+|-",
            "the number, as 3 or 0.5, *N for a word that multiplies the one before, + for an and between, "
            "or - for what only looks like a number",
        ),
        "decimal_marks": _one_of("decimal group"),
        "ordinal_words": _pattern(r"[1-9]\d*", "the number that the word stands for, as 1"),
        "reporting_verbs": _one_of(SPEECH),
        "quote_marks": _pattern(
            r"(open|close|both):\S", "open:MARK or close:MARK with the mark of the other side, or both:MARK"
        ),
        "titles": _pattern(
            r"(rank|office|honorific):[a-z_]+", "rank:NAME, office:NAME or honorific:NAME in small letters"
        ),
        "negation": _one_of(NEGATION),
        "polarity": _one_of(POLARITY),
        "hedges": _one_of(STRENGTH),
        "attribution": _one_of(ATTRIBUTION),
        # How a number is meant, by words right before or behind it.
        "number_qualifiers": _one_of(f"at_least more_than at_most less_than about almost {NOTHING}"),
        # What is counted where persons are: the dead and the injured are two numbers.
        "number_roles": _one_of(f"dead injured missing arrested displaced rescued {NOTHING}"),
        "multiples": _pattern(r"[1-9]\d*", "how many times, as 2 for twice"),
        # Words of one axis with two poles turn a statement round: "southern", "northern".
        "contrasts": _pattern(rf"[a-z]+:[a-z]+|{NOTHING}", f"AXIS:POLE in small letters, or {NOTHING}"),
        "source_kinds": _one_of(SOURCE_KINDS),
        # A rank that armies or reporters use for several grades; the others have the one of their meaning.
        "rank_grades": _pattern(r"\d{1,2}(-\d{1,2})?", "an officer's grade from 1 to 10, or a range as 8-9"),
        "fractions": _pattern(rf"\d+(\.\d+)?|{NOTHING}", f"a share in percent, as 33.3, or {NOTHING}"),
        # Of how many of the whole a thing is said, and whether of those alone.
        "scope": _one_of(f"all most some few only {NOTHING}"),
        "clause_marks": _one_of(CUTS),
        "complementizers": _one_of("that"),
        "function_words": _one_of("function"),
        "boilerplate": _one_of(" ".join(BoilerplateKind)),
        "page_forms": _one_of("beginning error captcha consent"),
        "places_words": _pattern(
            r"(country|people):[A-Z]{2}|city:[A-Z]{2}/[a-z_]+|region:[a-z_]+",
            "country:ISO, people:ISO (adjective or demonym), city:ISO/name or region:name",
        ),
        "units": _one_of(UNITS),
        "date_marks": _pattern(
            r"link|day|year|time|clock|last|next|until|other|range|between|era:(gregorian|jalali|hijri)"
            r"|(week|month|year):(0|-?[1-9])|minutes:-?(15|20|30)|part:(early|mid|late)"
            r"|(ago|ahead):(before|behind|minute|hour|day|week|month|year)"
            r"|label:(published|updated)|order:(dmy|ymd|month_first)",
            "link, day, year, time, clock, last, next, until, other, range, between, era:CALENDAR, "
            "week:N, month:N or year:N with N from -9 to 9, minutes:N with N 15, 20, 30 or below zero, "
            "part:early, part:mid or part:late (of a month or a year), ago:before or ago:behind (where it "
            "stands beside a count of days), ago:UNIT where it holds the unit too, the same of ahead, "
            "label:published, label:updated, order:dmy, order:ymd (with a year in two digits) or "
            "order:month_first",
        ),
        "zones": _pattern(
            r"0|-?[1-9]\d{0,2}|[A-Z]\w+/\w+", "minutes from UTC, as 0 or -300, or an IANA name"
        ),
        "abbreviations": _one_of("title word ordinal"),  # title: no sentence ends here; ordinal: "8."
        "sentence_openers": _one_of("opener"),
        "speech_forms": _pattern(
            r"(finite|weak|marked|document):(m|f|p|any)|participle|noun|tail|other",
            "finite:G, weak:G (needs its that, colon or marks), marked:G (needs marks), "
            "document:G with G m, f, p or any, participle, noun, tail (stands behind what was said) or "
            "other (only looks like speech)",
        ),
        "speech_words": _pattern(
            r"pronoun:(m|f|n|p|i|any)|aside|time|from|onto|listener|counterpart|impersonal|object|joint|topic"
            r"|turn|same|statement|front|also|passive|agent|article|work|definite",
            "pronoun:G with G m, f, n, p, i or any, aside, time, from, onto, listener, counterpart, "
            "impersonal, object, joint, topic, turn, same, statement, front, also, passive, agent (who did "
            "what is told in the passive), article, work or definite",
        ),
        "source_words": _one_of("agency outlet generic credit photo own people"),
        "law_words": _one_of(f"before before_city after number between {NOTHING}"),
        "place_nouns": _one_of("before after"),
        # What names a ministry or an assembly: all its words, or one that a word with the article follows.
        "body_words": _one_of(f"whole definite {NOTHING}"),
        "common_names": _pattern(
            r"(word|person|place):[a-z_]+", "word:WHAT, person:WHO or place:WHERE it means as well"
        ),
    }
)
