"""What a query says: words, phrases, what must not be there, and fields; every text is some query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from khabar.errors import SettingError
from khabar.library.search.days import day_range
from khabar.library.search.types import Filters, Query, Term

MOST_CHARACTERS = 2000  # a query is a line; what follows is left out, and said
_FIELDS = {
    "outlet": "outlet",
    "language": "language",
    "lang": "language",
    "person": "person",
    "place": "place",
    "story": "story",
    "published": "published",
    "date": "published",
    "mentioned": "mentioned",
    "since": "since",
    "until": "until",
}
_QUOTED = r'"[^"]*"|“[^”]*”|«[^»]*»|„[^“”]*[“”]'
# A field with its value, a phrase or a word, each with the minus that may stand before it.
_PART = re.compile(
    rf"(?P<minus>-(?=\S))?(?:(?P<field>[A-Za-z]+):(?P<value>{_QUOTED}|\S+)|(?P<phrase>{_QUOTED})|(?P<word>\S+))"
)
_OR = {"OR", "|"}
_INVISIBLE = re.compile("[\x00-\x1f\x7f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True, slots=True)
class _Part:
    term: Term
    minus: bool
    field: str = ""


def parse_query(text: str) -> Query:
    """The query as it is understood. No text is an error: what means nothing is left out or looked for."""
    notes: list[str] = []
    if len(text) > MOST_CHARACTERS:
        notes.append(f"Only the first {MOST_CHARACTERS:,} of {len(text):,} characters were looked for.")
    said = _INVISIBLE.sub(" ", text[:MOST_CHARACTERS]).encode("utf-8", "replace").decode("utf-8")
    parts = list(_parts(said))
    filters = _read_fields([part for part in parts if part.field], notes)
    return replace(_read_terms([part for part in parts if not part.field]), text=said, filters=filters,
                   notes=tuple(notes))  # fmt: skip


def _parts(text: str) -> Iterator[_Part]:
    for found in _PART.finditer(text):
        field = _FIELDS.get((found["field"] or "").lower(), "")
        if found["field"] and field and not found["minus"]:
            yield _Part(Term(_bare(found["value"])), False, field)
        elif found["phrase"]:
            yield _Part(Term(_bare(found["phrase"]), exact=True), bool(found["minus"]))
        else:
            word = found[0].removeprefix("-") if found["minus"] else found[0]
            yield _Part(Term(word), bool(found["minus"]))


def _bare(quoted: str) -> str:
    return quoted[1:-1] if len(quoted) > 1 and re.fullmatch(_QUOTED, quoted) else quoted


def _read_terms(parts: list[_Part]) -> Query:
    words, phrases, without = list[Term](), list[Term](), list[Term]()
    either: list[list[Term]] = []
    joined, meant = False, list[str]()
    for at, part in enumerate(parts):
        if part.term.text in _OR and not part.term.exact:
            joined = bool(at)
            continue
        if part.minus:
            without.append(part.term)
        elif joined and either and at > 1 and parts[at - 2].term in either[-1]:
            either[-1].append(part.term)
        elif joined or _is_or(parts, at + 1):
            either.append([part.term])
        elif part.term.exact:
            phrases.append(part.term)
        else:
            words.append(part.term)
        if not part.minus:
            meant.append(part.term.text)
        joined = False
    sides = tuple(tuple(group) for group in either)
    return Query("", tuple(words), tuple(phrases), sides, tuple(without), " ".join(meant))


def _is_or(parts: list[_Part], at: int) -> bool:
    return at < len(parts) - 1 and parts[at].term.text in _OR and not parts[at].term.exact


def _read_fields(parts: list[_Part], notes: list[str]) -> Filters:
    values: dict[str, list[str]] = {}
    for part in parts:
        values.setdefault(part.field, []).append(part.term.text)
    since, until = (_day(name, values, notes) for name in ("since", "until"))
    published = _days("published", values, notes)
    if published:
        since, until = published
    return Filters(
        language=tuple(values.get("language", ())),
        outlet=tuple(values.get("outlet", ())),
        person=tuple(values.get("person", ())),
        place=tuple(values.get("place", ())),
        story=tuple(values.get("story", ())),
        since=since,
        until=until,
        mentioned=_days("mentioned", values, notes),
    )


def _day(field: str, values: dict[str, list[str]], notes: list[str]) -> str | None:
    if field not in values:
        return None
    said = values[field][-1]
    if day_range(said):
        return said
    notes.append(f"“{said}” is no day as 2020-07-01; it was left out.")
    return None


def _days(field: str, values: dict[str, list[str]], notes: list[str]) -> tuple[str, str] | None:
    if field not in values:
        return None
    said = values[field][-1]
    found = day_range(said)
    if found is None:
        notes.append(f"“{said}” is no stretch of days as 2020-07..2020-08; it was left out.")
    return found


def narrow(
    query: Query,
    several: Mapping[str, str | Sequence[str] | None],
    since: str | None = None,
    until: str | None = None,
    mentioned: str | None = None,
) -> Query:
    """The query with fields that were given apart from it, in place of its own. Errors: SettingError."""
    for said in filter(None, (since, until, mentioned)):
        if day_range(said) is None:
            raise SettingError(f"{said!r} is no day. Write 2020, 2020-07 or 2020-07-24.")
    filters = query.filters
    for name, values in several.items():
        if values:
            each = (values,) if isinstance(values, str) else tuple(values)
            filters = replace(filters, **{name: each})  # type: ignore[arg-type]
    if since or until:
        filters = replace(filters, since=since or filters.since, until=until or filters.until)
    if mentioned:
        filters = replace(filters, mentioned=day_range(mentioned))
    return replace(query, filters=filters)
