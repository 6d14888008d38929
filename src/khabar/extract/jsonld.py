"""The JSON-LD of a page: the objects that speak of its report, also out of scripts that are broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Object = dict[str, object]

_MOST = 20_000  # values that are looked at
_LONGEST = 300_000  # characters of one script
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?\s*|\s*(?://\s*)?(?:-->|\]\]>)?\s*;?\s*$")
_COMMA = re.compile(r",(?=\s*[}\]])")
_ARTICLE = re.compile(r"article|posting|report|review|videoobject|audioobject|gallery|clip|podcast", re.I)
_OPENING = ("headline", "datePublished", "articleBody", "isAccessibleForFree")
# What hangs on the report and is none of it; a page also lists other reports there.
_ASIDE = frozenset(
    (
        "liveBlogUpdate",
        "itemListElement",
        "mentions",
        "comment",
        "isPartOf",
        "publisher",
        "author",
        "relatedLink",
        "review",
        "citation",
        "video",
        "image",
        "potentialAction",
        "about",
    )
)
_SAID = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"'
)
_AUTHOR = re.compile(
    r'"author"\s*:[\s\[{]*(?:"@type"\s*:\s*"\w+"\s*,\s*)?"name"\s*:\s*"((?:[^"\\]|\\.){1,200})"'
)


@dataclass(frozen=True, slots=True)
class Scripts:
    """What the scripts say: objects about the report, all objects by their @id, whether one was broken."""

    reports: tuple[Object, ...]
    by_id: dict[str, Object]

    def resolve(self, value: object) -> object:
        """The object that {"@id": ...} stands for; any other value as it is."""
        if isinstance(value, dict) and "name" not in value:
            name = value.get("@id")
            return self.by_id.get(name, value) if isinstance(name, str) else value
        return value


def read_scripts(scripts: Sequence[str]) -> Scripts:
    """The objects of all scripts, in the order in which they stand."""
    reports: list[Object] = []
    by_id: dict[str, Object] = {}
    for script in scripts:
        for value in _objects(_load(script)):
            name = value.get("@id")
            if isinstance(name, str) and len(value) > 1:
                by_id.setdefault(name, value)
            if is_report(value):
                reports.append(value)
    return Scripts(tuple(reports), by_id)


def is_report(value: Object) -> bool:
    """Whether an object speaks of an article, a recording or a gallery."""
    return _ARTICLE.search(type_of(value)) is not None or any(key in value for key in _OPENING)


def type_of(value: Object) -> str:
    """The types of an object, parted by spaces."""
    kind = value.get("@type", "")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def text_of(value: object) -> str:
    """The words of a value: a text, the first of a list, or the name of an object."""
    if isinstance(value, list):
        return next((text for text in map(text_of, value[:20]) if text), "")
    if isinstance(value, dict):
        return text_of(value.get("name", value.get("@value", "")))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _load(script: str) -> object:
    plain = _WRAPPING.sub("", script[:_LONGEST])
    for attempt in (plain, _COMMA.sub("", plain)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(plain)


def _salvaged(script: str) -> object:
    """The plain facts of a script that is no JSON: it was cut short, or a quotation mark is not escaped."""
    found: Object = {}
    for name, text in _SAID.findall(script):
        found.setdefault(name, _unescaped(text))
    author = _AUTHOR.search(script)
    return found | ({"author": _unescaped(author[1])} if author else {})


def _unescaped(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _objects(root: object) -> Iterator[Object]:
    ahead, looked_at = [root], 0
    while ahead and looked_at < _MOST:
        looked_at += 1
        value = ahead.pop()
        if isinstance(value, list):
            ahead += reversed(value)
        elif isinstance(value, dict):
            yield value
            ahead += [v for key, v in value.items() if key not in _ASIDE and isinstance(v, dict | list)]
