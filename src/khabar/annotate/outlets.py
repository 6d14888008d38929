"""Outlets and agencies known by name, in every script they are met in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from khabar.annotate.names.gazetteer import entries, name_key
from khabar.lang.loader import load_languages

Key = tuple[str, ...]
KINDS = ("agency", "broadcaster", "newspaper", "magazine", "site")
_SHIPPED = "outlets.tsv"


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet: its id, its usual name, what it is, where and in which language, and the forms of its name.

    `domain` and `owner` are empty where they are not known for sure; `kind` is one of `KINDS`, or empty.
    """

    id: str
    name: str
    kind: str = ""
    country: str = ""
    language: str = ""
    domain: str = ""
    owner: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Outlets:
    """The outlets that a run knows. Of two with one form the first has it."""

    rows: tuple[Outlet, ...]

    def id_of(self, name: str, surely: bool = False) -> str | None:
        """The id of an outlet written so, but for spelling and for words like "news agency" beside it.

        A name that is `surely` an outlet's needs no such word: "فارس" is then the agency.
        """
        key, bare = name_key(name), bare_key(name)
        return self._by_key.get(key) or (self._by_bare_key.get(bare) if surely or bare != key else None)

    def knows(self, name: str) -> bool:
        """Whether an outlet is written so."""
        return self.id_of(name) is not None

    def with_own(self, own: Sequence[Outlet]) -> Outlets:
        """These outlets with the user's before them."""
        return Outlets((*own, *self.rows)) if own else self

    def with_mastheads(self, names: Iterable[str]) -> Outlets:
        """These outlets with those that reports name as their own, where none is known by that name."""
        fresh = {bare_key(name): name for name in names if name and name_key(name) and not self.knows(name)}
        rows = [
            Outlet(f"masthead:{' '.join(key)}", name, forms=(name, " ".join(key)))
            for key, name in fresh.items()
        ]
        return Outlets((*self.rows, *rows)) if rows else self

    @cached_property
    def _by_key(self) -> dict[Key, str]:
        table: dict[Key, str] = {}
        for one in self.rows:
            for form in (one.name, *one.forms):
                if key := name_key(form):
                    table.setdefault(key, one.id)
        return table

    @cached_property
    def _by_bare_key(self) -> dict[Key, str]:
        """Forms without "newspaper" and the like; what several outlets would share belongs to none."""
        found: dict[Key, set[str]] = {}
        for one in self.rows:
            for form in (one.name, *one.forms):
                found.setdefault(bare_key(form), set()).add(one.id)
        return {key: next(iter(ids)) for key, ids in found.items() if key and len(ids) == 1}


@cache
def shipped_outlets() -> Outlets:
    """The outlets of khabar's own table, with the forms that the table of organisations has for them."""
    text = files("khabar.annotate").joinpath(_SHIPPED).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith(("#", "id\t"))]
    known = entries()
    return Outlets(tuple(_outlet(line, known[line[0]].forms if line[0] in known else ()) for line in lines))


def _outlet(cells: Sequence[str], others: Iterable[str]) -> Outlet:
    given, name, kind, country, language, domain, owner, forms = cells
    every = tuple(dict.fromkeys((name, *filter(None, forms.split("|")), *others)))
    return Outlet(given, name, kind, country, language, domain, owner, every)


def outlets() -> dict[str, Outlet]:
    """The shipped outlets by id."""
    return {one.id: one for one in shipped_outlets().rows}


def outlet_id(name: str) -> str | None:
    """The id of a shipped outlet written so."""
    return shipped_outlets().id_of(name)


def bare_key(name: str) -> Key:
    """The letters of a name without the words for what kind of outlet it is."""
    key = name_key(name)
    return tuple(word for word in key if word not in _kind_words()) or key


@cache
def _kind_words() -> frozenset[str]:
    rows = (row for pack in load_languages().all() for row in pack.rows("source_words"))
    return frozenset(
        word for row in rows if row.meaning in ("agency", "outlet") for word in name_key(row.form)
    )
