"""Which field of a JSON record is the text, the title, the date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khabar.errors import SettingError
from khabar.model.claims import ClaimField

TEXT = "text"
ID = "id"
# Names that crawlers, press archives and data sets use, the likeliest first.
_KNOWN: Mapping[str, tuple[str, ...]] = {
    TEXT: (
        "text", "body", "maintext", "articleBody", "article_body", "content", "full_text", "fulltext",
        "fullText", "article_text", "article", "plain_text", "content_text", "html", "content_html", "story",
        "description",
    ),
    "title": ("title", "headline", "heading", "name"),
    "published": (
        "published", "date_published", "datePublished", "publish_date", "published_at", "publishedAt",
        "pub_date", "pubDate", "publication_date", "published_time", "date_publish", "date",
        "datetime", "timestamp",
    ),
    "modified": ("modified", "date_modified", "dateModified", "updated", "updated_at", "date_modify"),
    "captured": ("captured", "crawled", "crawl_date", "date_download", "fetched", "fetched_at"),
    "outlet": ("outlet", "source", "publisher", "source_name", "site", "site_name", "source_domain"),
    "byline": ("byline", "author", "authors", "creator", "writer"),
    "section": ("section", "category", "articleSection", "rubric"),
    "address": ("address", "url", "link", "canonical_url", "uri", "source_url", "permalink"),
    "language": ("language", "lang", "inLanguage"),
    "description": ("summary", "abstract", "lead", "excerpt", "description"),
    ID: ("id", "_id", "uuid", "guid"),
}  # fmt: skip
WANTED = tuple(_KNOWN)


@dataclass(frozen=True, slots=True)
class FieldMap:
    """The user's own map, `(wanted, field)` each; what it does not name is found by well-known names."""

    pairs: tuple[tuple[str, str], ...] = ()

    def find(self, record: Mapping[str, object]) -> dict[str, Value]:
        """What the record holds for each thing wanted, as words, and where it was found."""
        own = dict(self.pairs)
        found: dict[str, Value] = {}
        for wanted, names in _KNOWN.items():
            chosen = (own[wanted],) if wanted in own else names
            value = _first(record, chosen, wanted in own)
            if value is not None and (
                wanted in own or value.name not in {one.name for one in found.values()}
            ):
                found[wanted] = value
        return found


@dataclass(frozen=True, slots=True)
class Value:
    """A field's words, its name, and whether the user named it."""

    text: str
    name: str
    mapped: bool

    @property
    def origin(self) -> str:
        """Where the value stands, as a claim says it."""
        return f'json field "{self.name}"' + ("" if self.mapped else ", found by its name")


def parse_fields(written: str | None) -> FieldMap:
    """The map in `text=body,title=headline`. Errors: SettingError names what is wrong in it."""
    pairs = []
    for part in (written or "").split(","):
        wanted, sign, name = (piece.strip() for piece in part.partition("="))
        if not part.strip():
            continue
        if not sign or not name or wanted not in WANTED:
            raise SettingError(
                f"fields has {part.strip()!r}; it must be WANTED=FIELD, WANTED one of {', '.join(WANTED)}."
            )
        pairs.append((wanted, name))
    return FieldMap(tuple(pairs))


def claim_field(wanted: str) -> ClaimField | None:
    """The field of a claim that this is said of; None for text and id."""
    return None if wanted in (TEXT, ID) else ClaimField(wanted)


def _first(record: Mapping[str, object], names: tuple[str, ...], mapped: bool) -> Value | None:
    for name in names:
        words = _words(_at(record, name))
        if words.strip():
            return Value(words, name, mapped)
    return None


def _at(record: Mapping[str, object], name: str) -> object:
    """The value of a field; `a.b` goes into objects where there is no field of that very name."""
    if name in record or "." not in name:
        return record.get(name)
    value: object = record
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _words(value: object) -> str:
    """A value as words: names of people and outlets often stand in objects and lists."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, dict):
        return next(
            (value[key] for key in ("name", "title", "rendered", "uri") if isinstance(value.get(key), str)),
            "",
        )
    if isinstance(value, list):
        parted = "\n\n" if any(isinstance(one, str) and len(one) > 100 for one in value) else ", "
        return parted.join(_plain(value))
    return ""


def _plain(values: list[object]) -> Iterator[str]:
    for value in values:
        words = _words(value) if not isinstance(value, list) else ""
        if words:
            yield words
