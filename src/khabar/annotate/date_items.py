"""The pieces that date words are made of: numbers, month names, weekdays and what stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from khabar.lang.fold import Fold, Folded, fold
from khabar.lang.loader import Languages, Same
from khabar.lang.match import Lexicon
from khabar.lang.schema import NOTHING, Pack, Row
from khabar.model.mentions import Calendar
from khabar.model.span import Span

TABLES = (
    "months",
    "weekdays",
    "day_words",
    "day_parts",
    "date_marks",
    "zones",
    "ordinal_words",
    "number_words",
    "units",
    "tenses",
)
_NUMERIC = re.compile(
    r"(?<!\d)(?:"
    r"(?<!\d[/.\-])(?P<ymd>(\d{4})(?P<s1>\s{0,2}[/.\-]\s{0,2})(\d{1,2})(?P=s1)(\d{1,2})(?:t(?=\d\d:)|(?!\d))(?![/.\-]\d))"
    r"|(?<!\d[/.\-])(?P<dmy>(\d{1,2})(?P<s2>\s{0,2}[/.\-]\s{0,2})(\d{1,2})(?P=s2)(\d{4}|\d{2})(?!\d)(?![/.\-]\d))"
    r"|(?P<time>(\d{1,2})(?::|\s?h\s?)(\d{2})(?!\d)(?::(\d{2})(?:\.\d{1,6})?)?(?P<zone>z\b|\s?[+-](?:0\d|1[0-4]):?(?:00|30|45)\b)?)"
    # East Asian scripts write the units behind: "2025年3月12日", "2025년 3월 12일", whatever the language.
    r"|(?P<named>(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일号號]?)"
    r"|(?P<number>\d{1,9}))"
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u0640]")
_GAP_CHARS = 8
_ORDINALS_TO = 31
_TRAVELLING = (
    *("months=", "weekdays=", "zones=", "day_parts="),
    *(f"date_marks={kind}" for kind in ("link", "era", "time", "clock", "label")),
)
_KINDS = {
    "weekdays": "weekday",
    "far_weekdays": "far_weekday",
    "day_words": "day",
    "day_parts": "part",
    "zones": "zone",
}
_MARKS = {"day": "day_mark", "clock": "clock_mark", "part": "part_of"}
_TIME_UNITS = frozenset(("minute", "hour", "day", "week", "month", "year"))


@dataclass(frozen=True, slots=True)
class Item:
    """One piece and its place. `meanings` holds every kind that it may be of, with the value.

    Kinds: number, ordinal, count, ymd, dmy, clock, month, weekday, far_weekday (of another language than
    the page's), day, part, zone, unit (of time), and, tense, and the date marks of the packs (link, year,
    era, time, last, label and so on).
    `gap` is what stands between the piece before and this one, None where other words do.
    """

    start: int
    end: int
    meanings: tuple[tuple[str, object], ...]
    gap: str | None = None
    digits: int = 0
    prefix: str = ""

    def get(self, kind: str) -> object | None:
        """The value as that kind, None where the piece is of another."""
        for name, value in self.meanings:
            if name == kind:
                return value
        return None

    def integer(self, kind: str) -> int | None:
        """The value as that kind, where it is a whole number."""
        value = self.get(kind)
        return value if isinstance(value, int) else None

    def behind(self, gap: str | None) -> Item:
        """The piece with what stands between the one before and it."""
        return Item(self.start, self.end, self.meanings, gap, self.digits, self.prefix)

    def months(self) -> list[Month]:
        """Every month that the word may name."""
        return [value for _, value in self.meanings if isinstance(value, Month)]


@dataclass(frozen=True, slots=True)
class Month:
    """A month's name. `leads` where its language may put it before the day: "July 8"."""

    calendar: Calendar
    number: int
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day and how far its zone is from UTC, where that is written with it."""

    hour: int
    minute: int
    zone: int | str | None = None  # minutes, or the name of a zone


def date_lexicon(languages: Languages, codes: Sequence[str]) -> Lexicon:
    """The words of all packs. Where two languages write one form, the page's own comes first."""
    return _lexicon(Same(languages), tuple(codes))


@lru_cache(maxsize=64)
def _lexicon(packs: Same, codes: tuple[str, ...]) -> Lexicon:
    own = [packs.languages.pack(code) for code in codes]
    others = [pack for pack in packs.languages.all() if pack.code not in codes]
    rows = [row for pack in own for row in _tagged(pack)]
    taken = {row.form for row in rows}
    for pack in others:
        mine = [row for row in _tagged(pack) if row.form not in taken and _travels(row.meaning)]
        rows += [replace(row, meaning=row.meaning.replace("weekdays=", "far_weekdays=")) for row in mine]
        taken.update(row.form for row in mine)
    clitics = {clitic for pack in own for clitic in pack.clitics}
    return Lexicon(rows, sorted(clitics))


def _tagged(pack: Pack) -> Iterator[Row]:
    """The rows with their table in front of the meaning: 3 is a weekday in one and a number in another."""
    first = any(row.meaning == "order:month_first" for row in pack.rows("date_marks"))
    for table in TABLES:
        for row in pack.rows(table):
            if not row.meaning.startswith("order:"):
                ending = ":first" if first and table == "months" else ""
                yield replace(row, meaning=f"{table}={row.meaning}{ending}")


def _travels(tagged: str) -> bool:
    """Whether words mean this on a page in another language too: "July 8th" does, a lone "on" does not."""
    return tagged.startswith(_TRAVELLING)


def read_items(text: str, lexicon: Lexicon) -> list[Item]:
    """The pieces in `text`, in order; offsets are into `text` as given."""
    folded = fold(text, Fold.LEXICON)
    found = [*_numbers(folded), *_words(text, lexicon)]
    found.sort(key=lambda item: (item.start, -item.end))
    items: list[Item] = []
    for item in found:
        if not items:
            items.append(item)
        elif item.start >= items[-1].end:
            # A month's name or a day in words may carry a preposition: "8 ביולי", "للثامن".
            carries = item.months() or item.get("ordinal") is not None
            start = item.start - len(item.prefix) if carries else item.start
            gap = _gap(text, items[-1].end, max(start, items[-1].end))
            items.append(item.behind(gap))
    return items


def _stretched(text: str, item: Item) -> Item:
    """The item with the stretching that belongs to its last letter: "هـ"."""
    end = item.end
    while text[end : end + 1] == "ـ":
        end += 1
    return replace(item, end=end) if end != item.end else item


def _gap(text: str, start: int, end: int) -> str | None:
    if end - start > 3 * _GAP_CHARS:
        return None
    gap = _HIDDEN.sub("", text[start:end])
    if len(gap) > _GAP_CHARS or "\n" in gap or any(char.isalnum() for char in gap):
        return None
    return gap


def _numbers(folded: Folded) -> Iterator[Item]:
    for match in _NUMERIC.finditer(folded.text):
        span = folded.to_original(Span(*match.span()))
        yield Item(span.start, span.end, (_meaning(match),), digits=len(match.group()))


def _meaning(match: re.Match[str]) -> tuple[str, object]:
    kind = match.lastgroup if match.lastgroup not in ("zone", "s1", "s2") else "time"
    if match.group("ymd"):
        return "ymd", tuple(map(int, match.group(2, 4, 5)))
    if match.group("named"):
        return "ymd", tuple(map(int, match.group("y", "m", "d")))
    if match.group("dmy"):
        return "dmy", (int(match.group(7)), int(match.group(9)), match.group(10), match.group(8).strip())
    if match.group("time"):
        return _clock(int(match.group(12)), int(match.group(13)), match.group("zone"))
    return str(kind), int(match.group())


def _clock(hour: int, minute: int, zone: str | None) -> tuple[str, object]:
    if hour > 24 or minute > 59:
        return "ratio", (hour, minute)
    return "clock", Clock(hour, minute, _offset(zone))


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    zone = zone.strip()
    if zone == "z":
        return 0
    sign = -1 if zone[0] == "-" else 1
    return sign * (int(zone[1:3]) * 60 + int(zone[-2:]))


def _words(text: str, lexicon: Lexicon) -> Iterator[Item]:
    for span, hits in groupby(lexicon.find(text), key=lambda hit: hit.span):
        each = list(hits)
        meanings = [_read(hit.row.meaning) for hit in each]
        kept = tuple(dict.fromkeys(meaning for meaning in meanings if meaning))
        if kept:
            yield _stretched(text, Item(span.start, span.end, kept, prefix=each[0].prefix))


@lru_cache(maxsize=4096)
def _read(tagged: str) -> tuple[str, object] | None:
    """What a tagged meaning says: "weekdays=3" is ("weekday", 3)."""
    table, _, meaning = tagged.partition("=")
    kind, _, value = meaning.partition(":")
    if table == "months":
        number, _, first = value.partition(":")
        return "month", Month(Calendar(kind), int(number), bool(first))
    if table == "date_marks":
        shift = f"{kind}_shift" if value and kind in ("week", "month", "year") else _MARKS.get(kind, kind)
        return shift, Calendar(value) if kind == "era" else _int(value)
    if table in ("tenses", "units"):
        kept = meaning in _TIME_UNITS if table == "units" else meaning != NOTHING
        return (table.removesuffix("s"), meaning) if kept else None
    if table in ("ordinal_words", "number_words"):
        return _number_word(table, meaning)
    return _KINDS[table], _int(meaning)


def _number_word(table: str, meaning: str) -> tuple[str, object] | None:
    if meaning == "+":
        return "and", True
    small = meaning.isdecimal() and 1 <= int(meaning) <= _ORDINALS_TO
    return ("ordinal" if table == "ordinal_words" else "count", int(meaning)) if small else None


def _int(value: str) -> object:
    return int(value) if value.lstrip("-").isdecimal() else value
