"""Outlets and agencies known by name, in every script they are met in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khabar.annotate.names.gazetteer import entries, name_key
from khabar.lang.loader import load_languages


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its id, its usual name, what it is, its country, and the forms of its name."""

    id: str
    name: str
    kind: str  # "agency", "broadcaster" or "newspaper"
    country: str
    forms: tuple[str, ...]


@cache
def outlets() -> dict[str, Outlet]:
    """The outlets by id. Forms are those of the organisations' table and those of the outlets' own."""
    lines = files("khabar.annotate").joinpath("outlets.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "id\t"))]
    known = entries()
    return {
        given: Outlet(
            given, name, kind, country, _forms(name, forms, known[given].forms if given in known else ())
        )
        for given, name, kind, country, forms in rows
    }


def _forms(name: str, own: str, others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, *filter(None, own.split("|")), *others)))


@cache
def _by_key() -> dict[tuple[str, ...], str]:
    return {name_key(form): one.id for one in outlets().values() for form in one.forms if name_key(form)}


@cache
def _by_bare_key() -> dict[tuple[str, ...], str]:
    return {bare_key(form): one.id for one in outlets().values() for form in one.forms if bare_key(form)}


def outlet_id(name: str) -> str | None:
    """The id of an outlet written so, but for spelling and for words like "news agency" beside it."""
    key, bare = name_key(name), bare_key(name)
    return _by_key().get(key) or (_by_bare_key().get(bare) if bare != key else None)


def is_outlet_name(name: str) -> bool:
    """Whether an outlet is written so."""
    return outlet_id(name) is not None


def bare_key(name: str) -> tuple[str, ...]:
    """The letters of a name without the words for what kind of outlet it is."""
    key = name_key(name)
    return tuple(word for word in key if word not in _kind_words()) or key


@cache
def _kind_words() -> frozenset[str]:
    rows = (row for pack in load_languages().all() for row in pack.rows("source_words"))
    return frozenset(
        word for row in rows if row.meaning in ("agency", "outlet") for word in name_key(row.form)
    )
